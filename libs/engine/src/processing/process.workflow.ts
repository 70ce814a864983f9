import { refuse, type Refusal } from '#kernel'
import { party } from '../workflow/actor.js'
import { workflow, type EventOf } from '../workflow/workflow.js'
import { Forward, Hold, Queue, React, ResolveIncidents, Settle } from './process.commands.js'
import type { ProcessEvents } from './process.events.js'
import { evolveProcess, knows, newProcess, type ProcessState } from './process.state.js'

interface ProcessCommands {
  React: React
  Settle: Settle
  Hold: Hold
  Queue: Queue
  Forward: Forward
  Retry: ResolveIncidents
  Dismiss: ResolveIncidents
}

const operator = party<ProcessState>('operator', { vi: 'người vận hành hệ thống', en: 'operator' }, (actor) =>
  actor.roles.includes('operator'),
)
const system = party<ProcessState>('system', { vi: 'hệ thống', en: 'system' }, (actor) =>
  actor.roles.includes('system'),
)

type Events = EventOf<ProcessEvents>[]

const events = <Type extends keyof ProcessEvents>(type: Type, data: ProcessEvents[Type]): Events => [
  { type, data } as EventOf<ProcessEvents>,
]

function known(): Refusal {
  return refuse('event-known', {
    vi: 'Quy trình tự động đã nhận sự kiện này. Không phải làm gì thêm.',
    en: 'The process has this event already. Nothing is left to do.',
  })
}

/** Order is kept: what was decided is delivered first, what waits comes before what is new. */
function outOfTurn({ outbox, queue }: ProcessState, id: string): Refusal | null {
  if (outbox.length === 0 && (queue.length === 0 || queue[0]!.id === id)) return null
  return refuse('event-out-of-turn', {
    vi: 'Quy trình tự động còn lệnh chưa gửi hoặc sự kiện đến trước chưa xử lý. Chờ đến lượt.',
    en: 'Commands or earlier events of the process are open. Wait for the turn.',
  })
}

function outdated({ version: last }: ProcessState, version: number): Refusal | null {
  if (version >= last) return null
  return refuse(
    'process-outdated',
    {
      vi: `Quy trình tự động này đã chạy bằng phiên bản ${last}, chương trình đang chạy mới có phiên bản ${version}. Hãy nâng cấp chương trình.`,
      en: `The process has run with version ${last}; this program has ${version}. Upgrade it.`,
    },
    { last, version },
  )
}

function noIncident({ incidents }: ProcessState): Refusal | null {
  if (incidents.length > 0) return null
  return refuse('no-incident', {
    vi: 'Quy trình tự động này không có sự cố cần xử lý.',
    en: 'The process has no open incident.',
  })
}

function decideReaction({ version, event, input, commands, ended }: React, state: ProcessState) {
  const no = state.reacted.includes(event.id) ? known() : outOfTurn(state, event.id)
  const refusal = no ?? outdated(state, version)
  if (refusal !== null) return refusal
  const reacted = events('process.Reacted', { version, event, input, commands })
  return ended ? [...reacted, ...events('process.Ended', { version })] : reacted
}

function decideSettlement({ results }: Settle, { outbox }: ProcessState): Events | Refusal {
  const settled = results.flatMap(({ event, index, commandId, outcome, code = null }): Events => {
    const command = outbox.find((one) => one.event === event && one.index === index)?.command
    if (command === undefined) return []
    const place = { event, index, commandId }
    if (outcome !== 'refused') return events('process.Delivered', { ...place, tolerated: code })
    const { workflow: of, aggregate, transition } = command
    const told = { workflow: of, aggregate, transition }
    return events('process.CommandRefused', { ...place, command: told, code: code ?? 'unknown' })
  })
  if (settled.length > 0) return settled
  return refuse('commands-settled', {
    vi: 'Kết quả của các lệnh này đã được ghi. Không phải làm gì thêm.',
    en: 'These commands are settled already. Nothing is left to do.',
  })
}

const begun = ['running', 'held', 'ended'] as const

/**
 * An instance of a process: what it has taken in, what it has to send, and what went wrong with either. What it decides
 * is the process's own matter; that each event is taken once and each command sent once is this table's.
 */
export const processWorkflow = workflow<ProcessState, ProcessCommands, ProcessEvents>({
  name: 'process',
  initial: newProcess,
  statuses: {
    new: { vi: 'chưa bắt đầu', en: 'new' },
    running: { vi: 'đang chạy', en: 'running' },
    held: { vi: 'dừng chờ xử lý sự cố', en: 'held' },
    ended: { vi: 'đã kết thúc', en: 'ended' },
  },
  transitions: {
    React: {
      text: { vi: 'Phản ứng với sự kiện', en: 'React' },
      input: React,
      from: ['new', 'running'],
      by: [system],
      to: ['running', 'ended'],
      decide: ({ command, state }) => decideReaction(command, state),
    },
    Settle: {
      text: { vi: 'Ghi kết quả gửi lệnh', en: 'Settle' },
      input: Settle,
      from: ['running', 'ended'],
      by: [system],
      to: ['running', 'ended'],
      decide: ({ command, state }) => decideSettlement(command, state),
    },
    Hold: {
      text: { vi: 'Dừng vì sự cố', en: 'Hold' },
      input: Hold,
      from: ['new', 'running', 'ended'],
      by: [system],
      to: ['held'],
      decide: ({ command: { event = null, command = null, code, message } }) =>
        events('process.Held', { event, command, code, message }),
    },
    Queue: {
      text: { vi: 'Xếp sự kiện vào hàng chờ', en: 'Queue' },
      input: Queue,
      from: ['held'],
      by: [system],
      to: ['held'],
      decide: ({ command: { event }, state }) =>
        knows(state, event.id) ? known() : events('process.Queued', { event }),
    },
    Forward: {
      text: { vi: 'Chuyển sự kiện sang nơi xử lý đúng', en: 'Forward' },
      input: Forward,
      from: ['running'],
      by: [system],
      to: ['running'],
      decide: ({ command: { event, instance = null }, state }) =>
        state.reacted.includes(event.id) ? known() : events('process.Forwarded', { event, instance }),
    },
    Retry: {
      text: { vi: 'Thử lại sau sự cố', en: 'Retry' },
      input: ResolveIncidents,
      from: begun,
      by: [operator],
      to: ['running', 'ended'],
      decide: ({ command: { reason }, state }) => noIncident(state) ?? events('process.Retried', { reason }),
    },
    Dismiss: {
      text: { vi: 'Bỏ qua sự cố', en: 'Dismiss' },
      input: ResolveIncidents,
      from: begun,
      by: [operator],
      to: ['running', 'ended'],
      decide: ({ command: { reason }, state }) =>
        noIncident(state) ?? events('process.Dismissed', { reason }),
    },
  },
  evolve: evolveProcess,
})
