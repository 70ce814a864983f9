import { decodeCursor, encodeCursor, type Asking, type Query } from '#engine'
import { foldVietnamese } from '#kernel'
import { localDateOf } from '#calendar'
import type { TaskState } from '../../domain/task.state.js'
import { presentTask, type TaskView } from '../present-task.js'
import { judged, withinScope } from '../verdict.sql.js'
import { assertPlan } from '../plans/assert-plan.js'
import { taskReaders } from '../who-may-read.js'
import { boardProjection } from './board.projection.js'
import { everyAgency } from './board.rows.js'
import { FindBoard, type BoardSort } from './find-board.params.js'

export interface BoardPage {
  readonly items: readonly TaskView[]
  readonly total: number
  /** For the next page; null on the last. */
  readonly next: string | null
  readonly asOf: string
}

const defaultLimit = 100

/** Characters of a text; cursors carry them and have to be short enough for an address. */
const sortedBy = 200

/** Sort keys as text, so that one cursor serves them all; the code makes each unique. */
const sortKeys = (judgedRows: string): Readonly<Record<BoardSort, string>> => ({
  code: `t.plan || lpad(t.section_order::text, 4, '0') || lpad(t.stt_order::text, 6, '0')`,
  due: `coalesce((SELECT min(due)::text FROM (${judgedRows}) j WHERE j.task = t.code AND NOT done), '9999')`,
  title: `left(t.title, ${sortedBy}) COLLATE "vi-x-icu"`,
  lead: `left(t.lead_name, ${sortedBy}) COLLATE "vi-x-icu"`,
  updated: `to_char(t.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
})

/** The tasks an actor may see, filtered, sorted, a page at a time. */
export const findBoard: Query<FindBoard, BoardPage> = {
  name: 'tasks.board',
  text: { vi: 'Danh sách nhiệm vụ', en: 'Task board' },
  input: FindBoard,
  roles: taskReaders,
  view: boardProjection,
  async answer({ params, actor, database, now }: Asking<FindBoard>): Promise<BoardPage> {
    await assertPlan(database, params.plan)
    const asOf = params.asOf ?? localDateOf(now)
    const basis = params.basis ?? 'extended'
    const sort = params.sort ?? 'code'
    const limit = params.limit ?? defaultLimit
    const values: unknown[] = [asOf]
    const bind = (value: unknown): string => `$${values.push(value)}`
    const scope = actor.scope === 'all' ? 'all' : [...actor.scope, everyAgency]
    const where = [
      // Not every list judges verdicts; PostgreSQL refuses a parameter that stands nowhere.
      '$1::date IS NOT NULL',
      withinScope(scope, scope === 'all' ? 0 : values.push(scope)),
      ...taskFilters(params, bind),
      ...deliverableFilters(params, judged(basis), bind),
    ].join(' AND ')
    const descending = params.order === 'desc' || (params.order === undefined && sort === 'updated')
    const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>']
    const order = `${sort} ${direction}`
    const cursor = params.cursor === undefined ? null : decodeCursor(order, params.cursor)
    const after =
      cursor === null ? '' : `WHERE (key, code) ${beyond} (${bind(cursor.value)}, ${bind(cursor.key)})`
    const found = await database.query<{ code: string; key: string; state: TaskState; total: string }>(
      `WITH chosen AS (SELECT t.code, ${sortKeys(judged(basis))[sort]} AS key FROM view.task_board_task t WHERE ${where}),
            page AS (SELECT * FROM chosen ${after} ORDER BY key ${direction}, code ${direction} LIMIT ${bind(limit + 1)})
       SELECT page.code, page.key, state, (SELECT count(*) FROM chosen) AS total
         FROM page JOIN view.task_board_task USING (code)
        ORDER BY key ${direction}, page.code ${direction}`,
      values,
    )
    const rows = found.rows.slice(0, limit)
    const last = rows.at(-1)
    return {
      items: rows.map((row) => presentTask(row.code, row.state, asOf, basis)),
      total: Number(found.rows[0]?.total ?? 0),
      next:
        found.rows.length > limit && last ? encodeCursor(order, { value: last.key, key: last.code }) : null,
      asOf,
    }
  },
}

type Bind = (value: unknown) => string

function taskFilters(params: FindBoard, bind: Bind): string[] {
  const filters: string[] = []
  if (params.plan !== undefined) filters.push(`t.plan = ${bind(params.plan)}`)
  if (params.section !== undefined) filters.push(`t.section = ${bind(params.section)}`)
  if (params.status !== undefined) filters.push(`t.status = ${bind(params.status)}`)
  for (const word of foldVietnamese(params.text ?? '')
    .split(' ')
    .filter(Boolean))
    filters.push(`t.search LIKE ${bind(`%${word.replace(/[\\%_]/g, '\\$&')}%`)}`)
  return filters
}

/** One deliverable has to pass all of them. */
function deliverableFilters(params: FindBoard, judgedRows: string, bind: Bind): string[] {
  const filters: string[] = []
  if (params.agency !== undefined) filters.push(`${bind(params.agency)} = ANY (j.lead_keys)`)
  if (params.verdict === 'overdue') filters.push('j.overdue')
  else if (params.verdict !== undefined) filters.push(`j.verdict = ${bind(params.verdict)}`)
  if (params.dueFrom !== undefined) filters.push(`j.due >= ${bind(params.dueFrom)}`)
  if (params.dueTo !== undefined) filters.push(`j.due <= ${bind(params.dueTo)}`)
  if (filters.length === 0) return []
  return [`EXISTS (SELECT FROM (${judgedRows}) j WHERE j.task = t.code AND ${filters.join(' AND ')})`]
}
