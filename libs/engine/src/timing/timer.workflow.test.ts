import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isRefusal } from '#kernel'
import { decide, type Actor } from '#engine/workflow'
import { uncovered, walkWorkflow, type WorkflowCases } from '#testing/workflow'
import { timerCases } from './timer.cases.test-support.js'
import type { CatchUp, TimerFired, TimerSkipped } from './timer.events.js'
import { missed, periodOf } from './timer.rule.js'
import { timerWorkflow, type TimerState } from './timer.workflow.js'

const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }
const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: 'all' }
const cases = timerCases as unknown as WorkflowCases

describe('the table of timers', () => {
  it('is covered', () => {
    expect(uncovered(cases)).toEqual([])
  })

  it.each(walkWorkflow(cases))('%s, in every situation by everyone', (_name, findings) => {
    expect(findings).toEqual([])
  })
})

const start = Date.parse('2025-03-20T03:00:00.000Z')
const hour = 3_600_000
const iso = (time: number): string => new Date(time).toISOString()

function send(state: TimerState, transition: string, command: object, now: number, actor = system) {
  const decided = decide(timerWorkflow, transition, {
    aggregate: 't',
    state,
    command,
    actor,
    now: iso(now),
    occurredAt: iso(now),
    hasEvent: () => false,
  })
  if (isRefusal(decided)) return { refusal: decided.code, state, events: [] }
  const context = { actor: actor.id, agency: null, occurredAt: iso(now), commandId: 'c' }
  const after = decided.reduce((folded, event) => timerWorkflow.evolve(folded, event, context), state)
  return { refusal: null, state: after, events: decided }
}

function scheduled(catchUp: CatchUp, every?: string, at = start): TimerState {
  const owner = { kind: 'process', name: 'p', id: 'i' }
  const command = { owner, name: 'n', at: iso(at), catchUp, ...(every !== undefined && { every }) }
  return send(timerWorkflow.initial, 'Schedule', command, at - hour).state
}

interface Told {
  readonly type: string
  readonly dueAt: string
  readonly covers: number
}

/** What the runner does at one moment until nothing is due. */
function catchUpAt(state: TimerState, now: number): { told: Told[]; state: TimerState } {
  const told: Told[] = []
  let current = state
  while (current.at !== null && Date.parse(current.at) <= now) {
    const transition = missed({ ...current.set!, at: current.at }, now) > 0 ? 'Skip' : 'Fire'
    const { schedule, occurrence } = current
    const sent = send(current, transition, { schedule, occurrence }, now)
    expect(sent.refusal).toBeNull()
    const { dueAt, covers } = sent.events[0]!.data as TimerFired | TimerSkipped
    told.push({ type: sent.events[0]!.type, dueAt, covers })
    current = sent.state
  }
  return { told, state: current }
}

describe('three hours in which nothing ran, with a timer of every hour', () => {
  const back = start + 3 * hour + 10 * 60_000

  it('each: all missed are fired in order', () => {
    const { told, state } = catchUpAt(scheduled('each', 'PT1H'), back)
    expect(told).toEqual(
      [0, 1, 2, 3].map((n) => ({ type: 'timer.Fired', dueAt: iso(start + n * hour), covers: 1 })),
    )
    expect(state).toMatchObject({ status: 'pending', at: iso(start + 4 * hour), occurrence: 5 })
  })

  it('once: one fire stands for all', () => {
    const { told, state } = catchUpAt(scheduled('once', 'PT1H'), back)
    expect(told).toEqual([{ type: 'timer.Fired', dueAt: iso(start), covers: 4 }])
    expect(state).toMatchObject({ status: 'pending', at: iso(start + 4 * hour), occurrence: 5 })
  })

  it('skip: none is fired, one event tells how many were given up', () => {
    const { told, state } = catchUpAt(scheduled('skip', 'PT1H'), back)
    expect(told).toEqual([{ type: 'timer.Skipped', dueAt: iso(start), covers: 4 }])
    expect(state).toMatchObject({ status: 'pending', at: iso(start + 4 * hour), occurrence: 5 })
  })

  it('skip: what is due this minute is fired, after what was missed is given up', () => {
    const { told } = catchUpAt(scheduled('skip', 'PT1H'), start + 3 * hour + 30_000)
    expect(told).toEqual([
      { type: 'timer.Skipped', dueAt: iso(start), covers: 3 },
      { type: 'timer.Fired', dueAt: iso(start + 3 * hour), covers: 1 },
    ])
  })
})

describe('a timer of one time that is late', () => {
  it.each([
    ['each', 'timer.Fired', 'fired'],
    ['once', 'timer.Fired', 'fired'],
    ['skip', 'timer.Skipped', 'skipped'],
  ] as const)('%s: %s', (catchUp, type, status) => {
    const { told, state } = catchUpAt(scheduled(catchUp), start + 3 * hour)
    expect(told).toEqual([{ type, dueAt: iso(start), covers: 1 }])
    expect(state).toMatchObject({ status, at: null })
  })
})

/** Events at most for one look at a timer, however long nobody looked. */
const atOnce: Readonly<Record<CatchUp, number>> = { each: Infinity, once: 1, skip: 3 }

describe('catching up', () => {
  const period = fc.integer({ min: 1, max: 4_000 })
  const looks = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { minLength: 1, maxLength: 8 })

  it.each(['each', 'once', 'skip'] as const)(
    '%s: every due time is dealt with once and none before its time, whenever the runner looks',
    (catchUp) => {
      fc.assert(
        fc.property(period, looks, (seconds, gaps) => {
          let state = scheduled(catchUp, `PT${seconds}S`)
          let now = start
          let covered = 0
          for (const gap of gaps) {
            now += gap % (seconds * 20_000)
            const { told, state: after } = catchUpAt(state, now)
            for (const one of told) {
              expect(Date.parse(one.dueAt)).toBe(start + covered * seconds * 1_000)
              covered += one.covers
            }
            // All that has passed, counted one by one, and nothing else.
            expect(covered).toBe(Math.floor((now - start) / (seconds * 1_000)) + 1)
            expect(Date.parse(after.at!)).toBeGreaterThan(now)
            expect(told.length).toBeLessThanOrEqual(atOnce[catchUp])
            state = after
          }
        }),
        { numRuns: 200 },
      )
    },
  )
})

describe('the same moment', () => {
  const state = scheduled('each', 'PT1H')
  const named = { schedule: 1, occurrence: 1 }

  it('is not fired before it comes, nor under a number that has passed', () => {
    expect(send(state, 'Fire', named, start - 1).refusal).toBe('timer-not-due')
    const fired = send(state, 'Fire', named, start)
    expect(fired.refusal).toBeNull()
    expect(send(fired.state, 'Fire', named, start + 2 * hour).refusal).toBe('timer-moved')
    const later = { at: iso(start + hour), reason: 'r' }
    const dayLater = send(state, 'Reschedule', later, start - hour).state
    expect(send(dayLater, 'Fire', named, start + 2 * hour).refusal).toBe('timer-moved')
    expect(dayLater).toMatchObject({ schedule: 2, occurrence: 1, at: iso(start + hour) })
  })

  it('is fired or given up as the rule says, not as the sender likes', () => {
    const late = start + 3 * hour
    expect(send(scheduled('skip'), 'Fire', named, late).refusal).toBe('timer-missed')
    expect(send(scheduled('once'), 'Skip', named, late).refusal).toBe('timer-not-missed')
  })

  it('may be brought about by an operator who says why; the rhythm stays', () => {
    expect(send(state, 'Fire', {}, start - hour, operator).refusal).toBe('reason-missing')
    expect(send(state, 'Fire', named, start, operator).refusal).toBe('reason-missing')
    const fired = send(state, 'Fire', { reason: 'tập huấn' }, start - hour, operator)
    expect(fired.events[0]!.data).toMatchObject({ dueAt: iso(start), covers: 1, reason: 'tập huấn' })
    expect(fired.state.at).toBe(iso(start + hour))
    const moved = { ...named, occurrence: 2, reason: 'tập huấn' }
    expect(send(state, 'Fire', moved, start, operator).refusal).toBe('timer-moved')
  })
})

describe('what cannot be set', () => {
  const of = { owner: { kind: 'process', name: 'p', id: 'i' }, name: 'n', catchUp: 'once', at: iso(start) }

  it.each([
    ['a day that does not exist', { at: '2025-02-30T00:00:00Z' }, 'timer-time-invalid'],
    ['no time between two fires', { every: 'PT0S' }, 'timer-period-too-short'],
    ['a document', { data: { text: 'x'.repeat(5_000) } }, 'timer-data-too-large'],
  ])('%s', (_what, part, code) => {
    expect(send(timerWorkflow.initial, 'Schedule', { ...of, ...part }, start).refusal).toBe(code)
  })

  it('durations are read as ISO 8601 has them', () => {
    const read = ['PT1S', 'PT90M', 'P1D', 'P2W', 'P1DT2H3M4S'].map((every) => periodOf(every) / 1_000)
    expect(read).toEqual([1, 5_400, 86_400, 1_209_600, 93_784])
  })
})
