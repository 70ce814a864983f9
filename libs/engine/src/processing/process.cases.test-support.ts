import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import type { EventRef, ProcessEvents } from './process.events.js'
import type { ProcessState } from './process.state.js'
import { processWorkflow } from './process.workflow.js'

const ref = (number: number): EventRef => ({
  id: `0197a1b2-0000-7000-8000-0000000000e${number}`,
  type: 'task.Assigned',
  stream: 'task-CCHC2025-II-5',
  revision: String(number),
  position: `${number}7`,
  correlationId: `0197a1b2-0000-7000-8000-0000000000c${number}`,
})
const event = <Type extends keyof ProcessEvents>(type: Type, data: ProcessEvents[Type]): Happened => ({
  type,
  data: data as object,
  by: 'system',
})

const command = {
  workflow: 'timer',
  aggregate: '8d6f5f9e-0000-8000-8000-000000000001',
  transition: 'Schedule',
  data: {
    owner: { kind: 'process', name: 'task-reminder', id: 'CCHC2025-II-5' },
    name: 'first-reminder',
    at: '2025-03-31T10:00:00Z',
    catchUp: 'once',
  },
}
const place = { event: ref(1).id, index: 0 }
const second = { ...place, index: 1 }
const commandId = '0197a1b2-0000-7000-8000-0000000000d1'
const reacted = (...commands: (typeof command)[]): Happened =>
  event('process.Reacted', { version: 1, event: ref(1), input: { due: '2025-03-31' }, commands })
const delivered = event('process.Delivered', { ...place, commandId, tolerated: null })
const { workflow, aggregate, transition } = command
const refused = event('process.CommandRefused', {
  ...place,
  commandId,
  command: { workflow, aggregate, transition },
  code: 'transition-not-allowed',
})
const held = event('process.Held', { event: ref(2), command: null, code: 'TypeError', message: 'TypeError' })

const settled = 'commands-settled'

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })
const people = {
  operator: person('operator'),
  system: person('system'),
  clerk: person('clerk'),
  auditor: person('auditor'),
  inspectorate: person('inspectorate'),
}

/** The walk of the table of processes: the event of the commands is the second. */
export const processCases: WorkflowCases<ProcessState, keyof typeof people> = {
  workflow: processWorkflow,
  aggregate: 'task-reminder:CCHC2025-II-5',
  people,
  situations: {
    new: [],
    settled: [reacted(command), delivered],
    unsent: [reacted(command, command)],
    refused: [reacted(command), refused],
    known: [reacted(), event('process.Forwarded', { event: ref(2), instance: null })],
    held: [reacted(), held],
    'held-first': [event('process.Held', { ...(held.data as ProcessEvents['process.Held']), event: ref(1) })],
    retried: [reacted(), held, event('process.Retried', { reason: 'đã sửa' })],
    dismissed: [reacted(), held, event('process.Dismissed', { reason: 'trùng' })],
    queued: [reacted(), held, event('process.Queued', { event: ref(3) })],
    ended: [reacted(), event('process.Ended', { version: 1 })],
    newer: [event('process.Reacted', { version: 2, event: ref(1), input: {}, commands: [] })],
  },
  transitions: {
    React: {
      data: {
        version: 1,
        event: { ...ref(2) },
        input: { due: '2025-03-31' },
        commands: [command],
        ended: true,
      },
      by: ['system'],
      answers: '✓ ✓ event-out-of-turn ✓ event-known – – ✓ event-known – – process-outdated',
    },
    Settle: {
      data: {
        results: [
          { ...place, commandId, outcome: 'refused', code: 'transition-not-allowed' },
          { ...second, commandId, outcome: 'accepted' },
        ],
      },
      by: ['system'],
      answers: `– ${settled} ✓ ${settled} ${settled} – – ${settled} ${settled} – ${settled} ${settled}`,
    },
    Hold: {
      data: { event: { ...ref(2) }, code: 'TypeError', message: 'TypeError at due.ts' },
      by: ['system'],
      answers: '✓ ✓ ✓ ✓ ✓ – – ✓ ✓ – ✓ ✓',
    },
    Queue: {
      data: { event: { ...ref(2) } },
      by: ['system'],
      answers: '– – – – – event-known ✓ – – event-known – –',
    },
    Forward: {
      data: { event: { ...ref(2) }, instance: 'CCHC2025-II-6' },
      by: ['system'],
      answers: '– ✓ ✓ ✓ event-known – – ✓ event-known – – ✓',
    },
    Retry: {
      data: { reason: 'đã sửa chương trình' },
      by: ['operator'],
      answers:
        '– no-incident no-incident ✓ no-incident ✓ ✓ no-incident no-incident ✓ no-incident no-incident',
    },
    Dismiss: {
      data: { reason: 'trùng' },
      by: ['operator'],
      answers:
        '– no-incident no-incident ✓ no-incident ✓ ✓ no-incident no-incident ✓ no-incident no-incident',
    },
  },
}
