import type { Database } from '#database'
import { createDirectory, type AgencyDirectory } from '../../domain/agency-directory.js'
import type { AgencyRecord } from '../../domain/agency.js'
import type { AgencyState } from '../../domain/agency.workflow.js'
import { selectAgencies } from './agencies.sql.js'

/** The records of all agencies: some hundreds, so they are read whole. */
export async function readAgencies(database: Database): Promise<readonly AgencyRecord[]> {
  const found = await database.query<{ id: string; state: AgencyState }>(selectAgencies)
  return found.rows.flatMap(({ id, state }) => (state.agency === null ? [] : [{ ...state.agency, id }]))
}

export async function readDirectory(database: Database): Promise<AgencyDirectory> {
  return createDirectory(await readAgencies(database))
}
