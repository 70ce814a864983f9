/* oxlint-disable jest/no-standalone-expect -- asserts for the tests that call it */
import { expect } from '@jest/globals'
import { assertIJson, isRefusal, type JsonValue, type Refusal } from '#kernel'
import { validateInput } from '#engine'
import { decide, type Actor, type DecidedEvent, type EventContext } from '#engine/workflow'
import type { Deadline } from '#deadlines'
import type { TaskCommands } from './task.commands.js'
import type { TaskAssigned, TaskEvents } from './task.events.js'
import type { TaskState } from './task.state.js'
import { taskWorkflow } from './task.workflow.js'
import { verdictOf, type Verdict } from './verdict.js'

const actor = (id: string, agency: string | null, role: string, scope: Actor['scope']): Actor => ({
  id,
  agency,
  roles: [role],
  scope,
})

/** One actor of each role, with the agencies of the plan of 2025: Sở Tư pháp leads unless a test says otherwise. */
export const people = {
  clerk: actor('official-clerk', 'vp-ubnd', 'clerk', 'all'),
  assigner: actor('official-chairman', 'ubnd-tinh', 'assigner', 'all'),
  officer: actor('official-officer', 'so-tu-phap', 'lead-officer', ['so-tu-phap']),
  head: actor('official-head', 'so-tu-phap', 'head', ['so-tu-phap']),
  otherOfficer: actor('official-other', 'so-noi-vu', 'lead-officer', ['so-noi-vu']),
  otherHead: actor('official-other-head', 'so-noi-vu', 'head', ['so-noi-vu']),
  homeAffairs: actor('official-home-affairs', 'so-noi-vu', 'home-affairs', 'all'),
  inspectorate: actor('official-inspector', 'thanh-tra', 'inspectorate', 'all'),
  auditor: actor('official-auditor', null, 'auditor', 'all'),
  operator: actor('operator', null, 'operator', 'all'),
  connector: actor('connector', null, 'connector', 'all'),
  system: actor('system', null, 'system', 'all'),
} as const

export const now = '2025-03-20T02:00:00.000Z'

export function deadline(due: string | null, over: Partial<Deadline> = {}): Deadline {
  return {
    raw: due ?? 'theo quy định',
    type: due === null ? 'rule' : 'date',
    due,
    inclusive: due === null ? null : true,
    lastCompliantDay: due,
    from: null,
    to: null,
    recurrence: null,
    condition: null,
    parts: [],
    dates: [],
    warnings: [],
    ...over,
  }
}

interface Given {
  readonly due?: string | null
  readonly deadlines?: readonly Deadline[]
  readonly product?: string
  readonly lead?: TaskAssigned['lead']
  readonly planDate?: string
}

/** II-5 of the plan of 2025, one deliverable for each deadline. */
export function assignment(given: Given = {}): TaskAssigned {
  const deadlines = given.deadlines ?? [deadline(given.due === undefined ? '2025-01-31' : given.due)]
  return {
    plan: { code: 'CCHC2025', number: '3025/QĐ-UBND', date: given.planDate ?? '2025-01-02', year: 2025 },
    section: 'II',
    stt: '5',
    title: 'Ban hành Kế hoạch theo dõi tình hình thi hành pháp luật',
    assigner: { agencyId: 'ubnd-tinh', name: 'UBND tỉnh' },
    lead: given.lead ?? [{ agencyId: 'so-tu-phap', name: 'Sở Tư pháp', collective: false }],
    leadCell: 'Sở Tư pháp',
    coordinate: [{ agencyId: null, name: 'Các sở, ban, ngành', collective: true }],
    coordinateCell: 'Các sở, ban, ngành; UBND các xã, phường',
    responsible: null,
    deliverables: deadlines.map((one, index) => ({
      id: String(index + 1),
      product: given.product ?? 'Kế hoạch của UBND tỉnh',
      deadlineRaw: one.raw,
      deadline: one,
      ruleDue: null,
      note: null,
      row: index + 2,
    })),
    cells: [{ STT: '5', 'Cơ quan chủ trì': 'Sở Tư pháp' }],
  }
}

export interface Happened {
  readonly type: string
  readonly data: object
  readonly by: string
}

export function happened<Type extends keyof TaskEvents>(
  type: Type,
  data: TaskEvents[Type],
  by = 'official-officer',
): Happened {
  return { type, data: data as object, by }
}

export const assigned = (given: Given = {}): Happened =>
  happened('task.Assigned', assignment(given), 'official-clerk')

export const issuedKh71 = (deliverableId = '1', date: string | null = '2025-03-14'): Happened =>
  happened('task.Issued', {
    deliverableId,
    evidenceId: '1',
    document: {
      kind: 'Kế hoạch',
      typeCode: 'KH',
      number: '71/KH-UBND',
      date,
      issuer: 'UBND tỉnh',
      raw: null,
    },
    flags: [],
  })

export function stateAfter(...events: readonly Happened[]): TaskState {
  return events.reduce(
    (state, event) => taskWorkflow.evolve(state, event, contextOf(event.by)),
    taskWorkflow.initial,
  )
}

export function contextOf(by: string): EventContext {
  return {
    actor: by,
    agency: null,
    occurredAt: now,
    commandId: '0197a1b2-0000-7000-8000-000000000000',
  }
}

export interface Circumstances {
  readonly by?: Actor
  readonly now?: string
  readonly occurredAt?: string
  readonly aggregate?: string
}

/** The event that corrections name. */
export const knownEventId = '0197a1b2-0000-7000-8000-000000000001'

/** As the engine does it: the data validated by its input class, then decided; events must be storable as they are. */
export function attempt<Name extends keyof TaskCommands>(
  state: TaskState,
  name: Name,
  data: JsonValue,
  { by = people.clerk, now: at = now, occurredAt, aggregate = 'CCHC2025-II-5' }: Circumstances = {},
): readonly DecidedEvent[] | Refusal {
  const { input } = taskWorkflow.transitions.get(name)!
  const context = {
    aggregate,
    state,
    actor: by,
    now: at,
    occurredAt: occurredAt ?? at,
    hasEvent: (id: string) => id === knownEventId,
  }
  const decision = decide(taskWorkflow, name, { ...context, command: validateInput(input, data) })
  if (!isRefusal(decision)) assertIJson(decision.map((event) => event.data))
  return decision
}

export function given(...events: readonly Happened[]): {
  when<Name extends keyof TaskCommands>(name: Name, data: JsonValue, circumstances?: Circumstances): When
} {
  const state = stateAfter(...events)
  return { when: (name, data, how = {}) => new When(state, attempt(state, name, data, how), how.by) }
}

class When {
  constructor(
    private readonly before: TaskState,
    private readonly decision: readonly DecidedEvent[] | Refusal,
    private readonly by: Actor = people.clerk,
  ) {}

  /** Exactly one event, whose data holds at least this. */
  thenRecorded<Type extends keyof TaskEvents>(type: Type, data: Partial<TaskEvents[Type]> = {}): this {
    expect(this.decision).toEqual([{ type, data: expect.objectContaining(data as object) }])
    return this
  }

  thenRefused(code: string, details: object = {}): void {
    expect(this.decision).toMatchObject({ refused: true, code, details })
  }

  andStatus(status: TaskState['status']): this {
    expect(this.after().status).toBe(status)
    return this
  }

  /** Of the first deliverable as of the end of 2025, by the extended due date. */
  andVerdict(verdict: Verdict['verdict'], expected: { days?: number; asOf?: string } = {}): this {
    const actual = verdictOf(this.after().deliverables[0]!, expected.asOf ?? '2025-12-31', 'extended')
    expect(actual).toMatchObject({ verdict, daysLate: expected.days ?? null })
    return this
  }

  after(): TaskState {
    if (isRefusal(this.decision)) throw new Error(`refused: ${this.decision.code}`)
    return this.decision.reduce(
      (state, event) => taskWorkflow.evolve(state, event, contextOf(this.by.id)),
      this.before,
    )
  }
}
