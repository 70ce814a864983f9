import type { Database } from '#database'
import type { Actor } from '#engine/workflow'
import { everyAgency } from './board.rows.js'

/** The tasks of a plan on the board, without those withdrawn. */
export async function taskCodesOfPlan(database: Database, plan: string): Promise<readonly string[]> {
  const found = await database.query<{ code: string }>(
    `SELECT code FROM view.task_board_task WHERE plan = $1 AND status <> 'withdrawn'`,
    [plan],
  )
  return found.rows.map((row) => row.code)
}

/** Which of these tasks concern the actor, by the board. */
export async function taskCodesWithin(
  database: Database,
  actor: Actor,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (actor.scope === 'all') return new Set(codes)
  const found = await database.query<{ code: string }>(
    `SELECT code FROM view.task_board_task WHERE code = ANY ($1) AND parties && $2::text[]`,
    [[...new Set(codes)], [...actor.scope, everyAgency]],
  )
  return new Set(found.rows.map((row) => row.code))
}
