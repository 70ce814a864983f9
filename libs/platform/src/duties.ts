import type { LocalDate } from '#calendar'
import { findDuties, type DutyLine } from '#dossiers'
import type { Query } from '#engine'
import { late, type LateItem } from '#tasks'
import { ofTask, type AccountabilityLine } from './accountability.js'

/** Asks in the name of somebody. */
export type Ask = <Params, Answer>(query: Query<Params, Answer>, params: object) => Promise<Answer>

/** What an agency has to do now about what is late, dossiers and tasks of plans. */
export interface DutiesShown {
  readonly asOf: LocalDate
  /** Ids of the agencies; null: all. */
  readonly of: readonly string[] | null
  readonly dossiers: { readonly items: readonly DutyLine[]; readonly next: string | null }
  /** Null on later pages. Nobody is reminded of tasks: their register is read. */
  readonly tasks: readonly AccountabilityLine[] | null
}

/** What the two contexts tell of one agency, that of the actor where none is named. */
export async function askForDuties(
  ask: Ask,
  params: { readonly cursor?: unknown; readonly [name: string]: unknown },
): Promise<DutiesShown> {
  const { items, next, asOf, of } = await ask(findDuties, params)
  const dossiers = { items, next }
  if (params.cursor !== undefined) return { asOf, of, dossiers, tasks: null }
  const found: (readonly LateItem[])[] = []
  for (const agency of of ?? [undefined])
    found.push(await ask(late, { asOf, ...(agency !== undefined && { agency }) }))
  const tasks = new Map(found.flat().map((item) => [item.code, item]))
  const owed = [...tasks.values()].filter(({ explained }) => !explained)
  return { asOf, of, dossiers, tasks: owed.map(ofTask) }
}
