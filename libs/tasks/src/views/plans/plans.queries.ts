import { IsOptional, IsString, MaxLength } from 'class-validator'
import { backdatedDays, IsLocalDate, localDateOf, type LocalDate } from '#calendar'
import { knownSteps, recordQueries, type Asking, type Query } from '#engine'
import type { EventStore, RecordedEvent } from '#event-store'
import { NoData } from '#engine/workflow'
import type { PlanState } from '../../domain/plan.state.js'
import type { PlanRegistered } from '../../domain/plan.events.js'
import { planWorkflow } from '../../domain/plan.workflow.js'
import type { TaskAssigned } from '../../domain/task.events.js'
import { taskWorkflow } from '../../domain/task.workflow.js'
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

export class PlanAsOf {
  @IsString() @MaxLength(32) code!: string
  /** `2025-09-30`: as it was on record at the end of that day in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
}

/** One plan with its sections and how many tasks it has, now or as they were on record at the end of a day. */
export const findPlan: Query<PlanAsOf, PlanView> = {
  name: 'tasks.plan',
  text: { vi: 'Kế hoạch', en: 'Plan' },
  input: PlanAsOf,
  roles: taskReaders,
  view: boardProjection,
  async answer({ params: { code, asOf }, database, store }: Asking<PlanAsOf>): Promise<PlanView> {
    const plan =
      asOf === undefined
        ? (await database.query<PlanRow>(selectPlans, [code])).rows.flatMap(present)[0]
        : await planAsOf(store, code, asOf)
    if (plan !== undefined) return plan
    throw planUnknown(code)
  },
}

async function planAsOf(store: EventStore, code: string, day: LocalDate): Promise<PlanView | undefined> {
  const isKnown = ({ recordedAt }: RecordedEvent): boolean => localDateOf(recordedAt) <= day
  const [last] = (await knownSteps(store, planWorkflow, code, isKnown)).slice(-1)
  if (last === undefined || last.after.details === null) return undefined
  let tasks = 0
  // Another plan's code may begin with this one's.
  const assigned = { types: ['task.Assigned'], streamPrefix: `${taskWorkflow.name}-${code}-` }
  for await (const page of store.readAll(assigned))
    for (const event of page)
      if (isKnown(event) && (event.data as unknown as TaskAssigned).plan.code === code) tasks++
  return { code, ...last.after.details, tasks }
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
