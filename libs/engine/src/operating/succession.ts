import { deriveId, type JsonValue } from '#kernel'
import type { Database } from '#database'
import type { Command } from '../commanding/command.js'
import type { Build, Standing } from '../projecting/build.js'
import type { Actor } from '../workflow/actor.js'
import { selectSuccession } from './operation.sql.js'
import { projectionWorkflow } from './projection.workflow.js'

/** The program itself. */
const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

export type Send = (command: Command) => Promise<unknown>

/**
 * Orders the promotion of a newer version that has come up to the end of the log, when this program cannot work with
 * the live one: nobody would keep that up to date. On record like any other order.
 *
 * @param knows whether the program has the code of a version.
 * @returns whether there is nothing left to look for.
 */
export async function succeed(
  database: Database,
  build: Build,
  knows: (version: number) => boolean,
  send: Send,
): Promise<boolean> {
  const { name, version } = build
  const { rows } = await database.query<{ id: string; standing: Standing; live: number | null }>(
    selectSuccession,
    [name, build.build],
  )
  const own = rows[0]
  if (own?.standing !== 'building') return true
  if (own.live === null || own.live >= version || knows(own.live)) return false
  const data: JsonValue = {
    version,
    reason: `Phiên bản ${version} đã cập nhật xong; chương trình không còn dùng phiên bản cũ.`,
  }
  await send({
    // One order a build, however many workers and restarts.
    id: deriveId('projection.promote', own.id),
    workflow: projectionWorkflow.name,
    aggregate: name,
    transition: 'Promote',
    data,
    actor: system,
  })
  return true
}
