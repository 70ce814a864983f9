import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import type { CatchUp, TimerEvents } from './timer.events.js'
import { timerWorkflow, type TimerState } from './timer.workflow.js'

const of = {
  owner: { kind: 'workflow', name: 'task', id: 'CCHC2025-II-5' },
  name: 'first-reminder',
  data: null,
} as const
const event = <Type extends keyof TimerEvents>(type: Type, data: TimerEvents[Type]): Happened => ({
  type,
  data: data as object,
  by: 'system',
})

/** Half a minute before the walk: due, and not late. */
const justNow = '2025-03-20T01:59:30.000Z'
const scheduled = (at: string, catchUp: CatchUp = 'each'): Happened =>
  event('timer.Scheduled', { schedule: 1, occurrence: 1, at, every: null, catchUp, ...of })
const done = { schedule: 1, occurrence: 1, dueAt: justNow, covers: 1, next: null, ...of }
const threeHoursAgo = '2025-03-19T23:00:00.000Z'

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })
const people = {
  operator: person('operator'),
  system: person('system'),
  clerk: person('clerk'),
  auditor: person('auditor'),
  inspectorate: person('inspectorate'),
}

/** The walk of the table of timers. */
export const timerCases: WorkflowCases<TimerState, keyof typeof people> = {
  workflow: timerWorkflow,
  aggregate: 'CCHC2025-II-5:first-reminder',
  people,
  situations: {
    unscheduled: [],
    due: [scheduled(justNow)],
    missed: [scheduled(threeHoursAgo, 'skip')],
    fired: [scheduled(justNow), event('timer.Fired', { ...done, reason: null })],
    skipped: [scheduled(threeHoursAgo, 'skip'), event('timer.Skipped', done)],
    cancelled: [scheduled(justNow), event('timer.Cancelled', { schedule: 1, reason: 'đã nộp' })],
  },
  transitions: {
    Schedule: {
      data: { ...of, data: { step: 1 }, at: '2025-04-01T08:00:00+07:00', every: 'P1DT12H', catchUp: 'once' },
      by: ['operator', 'system'],
      answers: '✓ – – ✓ ✓ ✓',
    },
    Reschedule: {
      data: { at: '2025-04-01T01:00:00Z', reason: 'đã gia hạn' },
      by: ['operator', 'system'],
      answers: '– ✓ ✓ – – –',
    },
    Cancel: { data: { reason: 'đã nộp' }, by: ['operator', 'system'], answers: '– ✓ ✓ – – –' },
    Fire: {
      data: { schedule: 1, occurrence: 1, reason: 'không chờ' },
      by: ['operator', 'system'],
      answers: '– ✓ ✓ – – –',
    },
    Skip: {
      data: { schedule: 1, occurrence: 1 },
      by: ['system'],
      answers: '– timer-not-missed ✓ – – –',
    },
  },
}
