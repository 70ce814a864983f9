import { describe, expect, it } from '@jest/globals'
import { assertIJson, isRefusal, type JsonValue, type Refusal } from '#kernel'
import { validateInput } from '#engine'
import { decide, type DecidedEvent } from '#engine/workflow'
import { uncovered, walkWorkflow } from '#testing/workflow'
import { planCases } from './plan.cases.test-support.js'
import type { PlanState } from './plan.state.js'
import { planWorkflow } from './plan.workflow.js'
import { contextOf, now, people } from './task.test-support.js'

const plan = {
  number: '1500/QĐ-UBND',
  date: '2025-07-18',
  issuer: 'UBND tỉnh Sơn La',
  year: 2025,
  declaredTasks: 72,
  sections: [{ id: 'I', title: 'CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CCHC' }],
}
const imported = {
  fileDigest: 'a'.repeat(64),
  fileName: 'phu-luc-2025.csv',
  sections: [{ id: 'II', title: 'CẢI CÁCH THỂ CHẾ' }],
  tasks: 71,
  deliverables: 100,
  evidence: 30,
  warnings: [{ row: null, code: 'declared-tasks-differ', message: { vi: 'Khác số khai.', en: 'Differs.' } }],
}
const correction = { eventId: '0197a1b2-0000-7000-8000-000000000001', reason: 'Nhập sai ngày' }

function attempt(
  state: PlanState,
  name: string,
  data: JsonValue,
  by = people.clerk as (typeof people)[keyof typeof people],
) {
  const command = validateInput(planWorkflow.transitions.get(name)!.input, data)
  const decision = decide(planWorkflow, name, {
    aggregate: 'CCHC2025',
    state,
    command,
    actor: by,
    now,
    occurredAt: now,
    hasEvent: (id) => id === correction.eventId,
  })
  if (!isRefusal(decision)) assertIJson(decision.map((event) => event.data))
  return decision
}

function after(state: PlanState, decision: readonly DecidedEvent[] | Refusal): PlanState {
  if (isRefusal(decision)) throw new Error(decision.code)
  return decision.reduce((folded, event) => planWorkflow.evolve(folded, event, contextOf('clerk')), state)
}

const absent = planWorkflow.initial
const registered = after(absent, attempt(absent, 'RegisterPlan', plan))

describe('the table of a plan', () => {
  it.each(walkWorkflow(planCases))(
    '%s: each situation and each role gets the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(planCases)).toEqual([])
  })
})

describe('a plan', () => {
  it('is registered once, by a clerk whose scope is all agencies', () => {
    expect(registered).toEqual({
      status: 'registered',
      details: { ...plan, title: null, period: null },
      imported: [],
    })
    expect(attempt(registered, 'RegisterPlan', plan)).toMatchObject({ code: 'transition-not-allowed' })
    for (const by of Object.values(people).filter((person) => person !== people.clerk))
      for (const [name, data] of [
        ['RegisterPlan', plan],
        ['RecordImport', imported],
        ['CorrectPlan', { ...correction, changes: { year: 2026 } }],
      ] as const)
        for (const state of [absent, registered])
          expect(attempt(state, name, data as never, by)).toMatchObject({ code: 'not-permitted' })
    expect(
      attempt(absent, 'RegisterPlan', plan, { ...people.clerk, scope: ['xa-a'] } as never),
    ).toMatchObject({
      code: 'not-permitted',
    })
  })

  it('cannot be imported into or corrected before it is registered', () => {
    expect(attempt(absent, 'RecordImport', imported)).toMatchObject({ code: 'transition-not-allowed' })
    expect(attempt(absent, 'CorrectPlan', { ...correction, changes: { year: 2026 } })).toMatchObject({
      code: 'transition-not-allowed',
    })
  })

  it('takes each file once, and its sections from the latest', () => {
    const decision = attempt(registered, 'RecordImport', imported)
    expect(decision).toEqual([{ type: 'plan.ImportRecorded', data: { ...imported, warningCount: 1 } }])
    const state = after(registered, decision)
    expect(state.details?.sections).toEqual(imported.sections)
    expect(attempt(state, 'RecordImport', imported)).toMatchObject({ code: 'import-already-recorded' })
    expect(isRefusal(attempt(state, 'RecordImport', { ...imported, fileDigest: 'b'.repeat(64) }))).toBe(false)
  })

  it('keeps a bounded number of warnings and the count of all', () => {
    const warnings = Array.from({ length: 501 }, () => imported.warnings[0]!)
    expect(() => attempt(registered, 'RecordImport', { ...imported, warnings })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
    expect(
      attempt(registered, 'RecordImport', { ...imported, warnings: warnings.slice(1), warningCount: 501 }),
    ).toMatchObject([{ data: { warningCount: 501 } }])
  })

  it('is corrected field by field, before and after', () => {
    const changes = { date: '2025-07-19', title: 'Kế hoạch CCHC năm 2025', issuer: plan.issuer }
    const decision = attempt(registered, 'CorrectPlan', { ...correction, changes })
    expect(decision).toEqual([
      {
        type: 'plan.Corrected',
        data: {
          corrects: correction.eventId,
          reason: correction.reason,
          changes: [
            { field: 'date', before: '2025-07-18', after: '2025-07-19' },
            { field: 'title', before: null, after: 'Kế hoạch CCHC năm 2025' },
          ],
        },
      },
    ])
    expect(after(registered, decision).details).toMatchObject({ date: '2025-07-19', year: 2025 })
    expect(attempt(registered, 'CorrectPlan', { ...correction, changes: { year: 2025 } })).toMatchObject({
      code: 'nothing-to-correct',
    })
  })

  it('is not corrected for an event that the history does not have', () => {
    const other = { ...correction, eventId: '0197a1b2-0000-7000-8000-0000000000ff' }
    expect(attempt(registered, 'CorrectPlan', { ...other, changes: { year: 2026 } })).toMatchObject({
      code: 'event-unknown',
    })
  })

  it('may leave blank the number and day its document leaves blank, until a correction fills them in', () => {
    const { number: _number, date: _date, ...blank } = plan
    const state = after(absent, attempt(absent, 'RegisterPlan', blank))
    expect(state.details).toMatchObject({ number: null, date: null })
    const changes = { number: plan.number, date: plan.date }
    expect(after(state, attempt(state, 'CorrectPlan', { ...correction, changes })).details).toMatchObject(
      changes,
    )
  })

  it('has a period that does not end before it begins', () => {
    const period = { from: '2025-12-31', to: '2025-01-01' }
    expect(attempt(absent, 'RegisterPlan', { ...plan, period })).toMatchObject({ code: 'period-reversed' })
    expect(attempt(registered, 'CorrectPlan', { ...correction, changes: { period } })).toMatchObject({
      code: 'period-reversed',
    })
  })

  it('folds any event on any state', () => {
    const events = [
      {
        type: 'plan.Corrected',
        data: { corrects: 'x', reason: 'x', changes: [{ field: 'year', before: 1, after: 2 }] },
      },
      { type: 'plan.ImportRecorded', data: imported },
      { type: 'plan.Registered', data: plan },
    ]
    for (const state of [absent, registered])
      for (const event of events)
        expect(Object.keys(planWorkflow.statuses)).toContain(
          planWorkflow.evolve(state, event, contextOf('clerk')).status,
        )
  })
})
