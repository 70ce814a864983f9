import { IsOptional, IsString, Matches, MaxLength } from 'class-validator'
import { reached, type Asking, type Query } from '#engine'
import { localDateOf, type LocalDate } from '#calendar'
import type { TaskState } from '../../domain/task.state.js'
import { asText, boardProjection } from '../board/board.projection.js'
import { deliverableRows, everyAgency, taskRow } from '../board/board.rows.js'
import { AsOf } from '../board/find-board.params.js'
import { presentTask } from '../present-task.js'
import { judged, withinScope } from '../verdict.sql.js'
import { assertPlan } from '../plans/assert-plan.js'
import { taskReaders } from '../who-may-read.js'
import { tasksAt } from './tasks-at.js'

export class LateParams extends AsOf {
  @IsOptional() @IsString() @MaxLength(32) plan?: string
  /** Id of an agency that leads. */
  @IsOptional() @IsString() @MaxLength(120) agency?: string
  /** By what was on record at this position of the log; default: all. */
  @IsOptional() @Matches(/^\d{1,18}$/) at?: string
}

/** A deliverable that was completed late (`late`), or is not completed past its due date (`open`). */
export interface LateItem {
  /** Of the deliverable. */
  readonly code: string
  readonly title: string
  readonly product: string
  readonly lead: readonly string[]
  readonly deadlineRaw: string | null
  readonly due: LocalDate
  /** The document that the verdict was reached by; null for what is not completed. */
  readonly evidence: { readonly number: string | null; readonly date: LocalDate | null } | null
  /** Calendar days after the due date: until the document, or until the as-of date. */
  readonly daysLate: number
  readonly verdict: 'late' | 'open'
  /** Whether an explanation was accepted. */
  readonly explained: boolean
  /** Whether an explanation waits for its acceptance. */
  readonly explanationOpen: boolean
}

/**
 * What is late, the longest first: nothing leaves the list but by a recorded fact. As of an older position it is what it
 * was, whatever came since.
 */
export const late: Query<LateParams, readonly LateItem[]> = {
  name: 'tasks.late',
  text: { vi: 'Sản phẩm chậm, muộn', en: 'Late deliverables' },
  input: LateParams,
  roles: taskReaders,
  view: boardProjection,
  async answer(asking: Asking<LateParams>): Promise<readonly LateItem[]> {
    const { params, actor, database, now } = asking
    await assertPlan(database, params.plan)
    const asOf = params.asOf ?? localDateOf(now)
    const basis = params.basis ?? 'extended'
    const scope = actor.scope === 'all' ? 'all' : [...actor.scope, everyAgency]
    const values: unknown[] = [asOf, params.plan ?? null, params.agency ?? null]
    if (scope !== 'all') values.push(scope)
    const rows = await rowsOf(asking, values)
    const found = await database.query<{
      task: string
      id: string
      due: LocalDate
      days: number
      explained: boolean
      state: TaskState
    }>(
      `SELECT j.task, j.id, j.due, coalesce(CASE WHEN done THEN evidence_on END, $1::date) - due AS days, explained, t.state
         FROM (${judged(basis, rows.deliverables)}) j JOIN ${rows.tasks} t ON t.code = j.task
        WHERE (verdict = 'late' OR overdue) AND NOT withdrawn
          AND ($2::text IS NULL OR j.plan = $2) AND ($3::text IS NULL OR $3 = ANY (lead_keys))
          AND ${withinScope(scope, 4)}
        ORDER BY days DESC, t.plan, t.section_order, t.stt_order, t.code, j.id`,
      values,
    )
    return found.rows.map((row) => {
      const view = presentTask(row.task, row.state, asOf, basis)
      const deliverable = view.deliverables.find((one) => one.code === `${row.task}.${row.id}`)!
      const document =
        deliverable.verdict === 'late' ? deliverable.evidence.find((one) => one.date !== null) : undefined
      return {
        code: deliverable.code,
        title: view.title,
        product: deliverable.product,
        lead: view.lead,
        deadlineRaw: deliverable.deadline.raw,
        due: row.due,
        evidence: document === undefined ? null : { number: document.number, date: document.date },
        daysLate: row.days,
        verdict: deliverable.verdict === 'late' ? 'late' : 'open',
        explained: row.explained,
        explanationOpen: row.state.deliverables.some(
          ({ id, explanation }) => id === row.id && explanation?.outcome === 'open',
        ),
      }
    })
  },
}

interface Rows {
  readonly tasks: string
  readonly deliverables: string
}

/**
 * Where to read: the view, or the same rows made of the log up to a position.
 *
 * @throws RoviecError `view-behind` where the view has not got to the position yet.
 */
async function rowsOf({ params, database, store }: Asking<LateParams>, values: unknown[]): Promise<Rows> {
  if (params.at === undefined) return { tasks: tasksTable, deliverables: deliverablesTable }
  const at = BigInt(params.at)
  await reached(database, boardProjection, at, 0)
  const tasks = await tasksAt(store, at)
  const rows = (table: string, made: readonly object[]): string =>
    `json_populate_recordset(null::${table}, $${values.push(asText(made))})`
  return {
    tasks: rows(tasksTable, tasks.map(taskRow)),
    deliverables: rows(deliverablesTable, tasks.flatMap(deliverableRows)),
  }
}

const tasksTable = 'view.task_board_task'
const deliverablesTable = 'view.task_board_deliverable'
