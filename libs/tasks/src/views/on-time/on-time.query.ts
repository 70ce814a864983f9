import { IsOptional, IsString, MaxLength } from 'class-validator'
import type { Asking, Query } from '#engine'
import { localDateOf, type LocalDate } from '#calendar'
import { boardProjection } from '../board/board.projection.js'
import { everyAgency } from '../board/board.rows.js'
import { AsOf } from '../board/find-board.params.js'
import { judged, withinScope, type Basis } from '../verdict.sql.js'
import { assertPlan } from '../plans/assert-plan.js'
import { taskReaders } from '../who-may-read.js'

export class OnTimeParams extends AsOf {
  /** Default: all plans together. */
  @IsOptional() @IsString() @MaxLength(32) plan?: string
}

export interface OnTimeCounts {
  readonly tasks: number
  readonly deliverables: number
  readonly completed: number
  readonly onTime: number
  readonly late: number
  readonly undeterminable: number
  readonly open: number
  /** Of the open ones, those whose due date has passed. */
  readonly overdue: number
}

export interface OnTimeTable {
  readonly plan: string | null
  readonly asOf: LocalDate
  readonly totals: OnTimeCounts
  /** A deliverable with several leads counts under each of them, and once in the totals. */
  readonly byAgency: readonly (OnTimeCounts & { readonly agency: string; readonly agencyId: string | null })[]
  readonly bySection: readonly (OnTimeCounts & { readonly plan: string; readonly section: string })[]
  readonly byPlan: readonly (OnTimeCounts & { readonly plan: string })[]
  readonly formula: { readonly name: string; readonly version: number; readonly basis: Basis }
}

/**
 * Deliverables whose first listed dated document is not after the due date, over those completed with both dates.
 * Withdrawn tasks do not count. A change of this rule is a new version.
 */
const formula = { name: 'deliverable-on-time', version: 1 } as const

type Row = Record<keyof OnTimeCounts, string> & {
  grouping: string
  plan: string
  section: string
  key: string
  name: string
}

export const onTime: Query<OnTimeParams, OnTimeTable> = {
  name: 'tasks.on-time',
  text: { vi: 'Tỷ lệ đúng hạn', en: 'On-time table' },
  input: OnTimeParams,
  roles: taskReaders,
  view: boardProjection,
  async answer({ params, actor, database, now }: Asking<OnTimeParams>): Promise<OnTimeTable> {
    await assertPlan(database, params.plan)
    const asOf = params.asOf ?? localDateOf(now)
    const basis = params.basis ?? 'extended'
    const scope = actor.scope === 'all' ? 'all' : [...actor.scope, everyAgency]
    const values: unknown[] = [asOf, params.plan ?? null, ...(scope === 'all' ? [] : [scope])]
    const found = await database.query<Row>(countSql(basis, withinScope(scope, 3)), values)
    const rows = (grouping: string): Row[] => found.rows.filter((row) => row.grouping === grouping)
    return {
      plan: params.plan ?? null,
      asOf,
      totals: counts(rows('total')[0]),
      byAgency: rows('agency').map((row) => ({
        agency: row.name,
        agencyId: row.key.startsWith('name:') ? null : row.key,
        ...counts(row),
      })),
      bySection: rows('section').map((row) => ({ plan: row.plan, section: row.section, ...counts(row) })),
      byPlan: rows('plan').map((row) => ({ plan: row.plan, ...counts(row) })),
      formula: { ...formula, basis },
    }
  },
}

const countColumns = `
  count(DISTINCT task) AS tasks, count(*) AS deliverables, count(*) FILTER (WHERE done) AS completed,
  count(*) FILTER (WHERE verdict = 'on-time') AS "onTime", count(*) FILTER (WHERE verdict = 'late') AS late,
  count(*) FILTER (WHERE verdict = 'undeterminable') AS undeterminable,
  count(*) FILTER (WHERE verdict = 'open') AS open, count(*) FILTER (WHERE overdue) AS overdue`

function countSql(basis: Basis, scope: string): string {
  return `
    WITH counted AS (
      SELECT j.*, t.section_order FROM (${judged(basis)}) j JOIN view.task_board_task t ON t.code = j.task
       WHERE NOT withdrawn AND ($2::text IS NULL OR j.plan = $2) AND ${scope}
    ), grouped AS (
      SELECT 'total' AS grouping, '' AS plan, '' AS section, '' AS key, '' AS name, 0 AS place, ${countColumns}
        FROM counted
      UNION ALL
      SELECT 'plan', plan, '', '', '', 0, ${countColumns} FROM counted GROUP BY plan
      UNION ALL
      SELECT 'section', plan, section, '', '', section_order, ${countColumns}
        FROM counted GROUP BY plan, section, section_order
      UNION ALL
      SELECT 'agency', '', '', key, min(name), 0, ${countColumns}
        FROM counted, unnest(lead_keys, lead_names) AS lead (key, name) GROUP BY key
    )
    SELECT * FROM grouped ORDER BY grouping, plan, place, name COLLATE "vi-x-icu", key`
}

function counts(row: Row | undefined): OnTimeCounts {
  const of = (name: keyof OnTimeCounts): number => Number(row?.[name] ?? 0)
  return {
    tasks: of('tasks'),
    deliverables: of('deliverables'),
    completed: of('completed'),
    onTime: of('onTime'),
    late: of('late'),
    undeterminable: of('undeterminable'),
    open: of('open'),
    overdue: of('overdue'),
  }
}
