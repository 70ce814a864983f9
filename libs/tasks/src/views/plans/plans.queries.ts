import { IsString, MaxLength } from 'class-validator'
import { backdatedDays } from '#calendar'
import { recordQueries, type Asking, type Query } from '#engine'
import { NoData } from '#engine/workflow'
import type { PlanState } from '../../domain/plan.state.js'
import type { PlanRegistered } from '../../domain/plan.events.js'
import { planWorkflow } from '../../domain/plan.workflow.js'
import { boardProjection } from '../board/board.projection.js'
import { taskReaders } from '../who-may-read.js'
import { planUnknown } from './assert-plan.js'

export interface PlanView extends PlanRegistered {
  readonly code: string
  readonly tasks: number
}

interface PlanRow {
  readonly code: string
  readonly state: PlanState
  readonly tasks: string
}

const selectPlans = `
  SELECT code, state, (SELECT count(*) FROM view.task_board_task t WHERE t.plan = p.code) AS tasks
    FROM view.task_board_plan p WHERE $1::text IS NULL OR code = $1 ORDER BY code`

export const listPlans: Query<NoData, readonly PlanView[]> = {
  name: 'tasks.plans',
  text: { vi: 'Danh sách kế hoạch', en: 'Plans' },
  input: NoData,
  roles: taskReaders,
  view: boardProjection,
  async answer({ database }: Asking<NoData>): Promise<readonly PlanView[]> {
    const found = await database.query<PlanRow>(selectPlans, [null])
    return found.rows.flatMap(present)
  },
}

export class PlanCode {
  @IsString() @MaxLength(32) code!: string
}

export const findPlan: Query<PlanCode, PlanView> = {
  name: 'tasks.plan',
  text: { vi: 'Kế hoạch', en: 'Plan' },
  input: PlanCode,
  roles: taskReaders,
  view: boardProjection,
  async answer({ params, database }: Asking<PlanCode>): Promise<PlanView> {
    const found = await database.query<PlanRow>(selectPlans, [params.code])
    const [plan] = found.rows.flatMap(present)
    if (plan !== undefined) return plan
    throw planUnknown(params.code)
  },
}

/** What happened to a plan and what may be done with it, from the log. */
export const planRecord = recordQueries(planWorkflow, {
  name: 'tasks.plan',
  text: { vi: 'kế hoạch', en: 'a plan' },
  roles: taskReaders,
  backdatedDays,
})

function present({ code, state, tasks }: PlanRow): PlanView[] {
  return state.details === null ? [] : [{ code, ...state.details, tasks: Number(tasks) }]
}
