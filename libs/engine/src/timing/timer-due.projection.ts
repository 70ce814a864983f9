import type { RecordedEvent } from '#event-store'
import type { EventMetadata } from '../commanding/command.js'
import type { Projection, Transaction } from '../projecting/projection.js'
import { createTimerDue, deleteTimers, moveTimers, upsertTimers } from './timer-due.sql.js'
import type { TimerEvents } from './timer.events.js'
import { timerWorkflow } from './timer.workflow.js'

/** A row as JSON; without members that stay as they are. */
type Row = Readonly<Record<string, string | number | null>>

/** What an event makes of the row: the whole of it, a part, or nothing of it. */
type Change = { readonly whole: Row } | { readonly part: Row } | null

/** The timers to come, by due time. Every event tells its row by itself: what ended may be forgotten. */
export const timerDue: Projection = {
  name: 'timer_due',
  version: 1,
  events: timerWorkflow.eventTypes,
  create: createTimerDue,
  rules: [upsertTimers, moveTimers, deleteTimers, changeBy, combined, timerWorkflow],
  async apply(transaction, events) {
    const changes = new Map<string, Change>()
    for (const event of events) {
      const timer = event.stream.slice(timerWorkflow.name.length + 1)
      changes.set(timer, combined(changes.get(timer), changeBy(timer, event)))
    }
    await write(transaction, changes)
  },
}

function changeBy(timer: string, event: RecordedEvent): Change {
  const metadata = event.metadata as unknown as EventMetadata
  const data = timerWorkflow.upcast(event.type, event.data, metadata.schema)
  const set = { cause: event.id, correlation: metadata.correlationId }
  switch (event.type as keyof TimerEvents) {
    case 'timer.Scheduled': {
      const { schedule, occurrence, at, every, catchUp, name, owner } = data as TimerEvents['timer.Scheduled']
      const due = { timer, due_at: at, schedule, occurrence, every, catch_up: catchUp, name, ...set }
      return { whole: { ...due, owner_kind: owner.kind, owner_name: owner.name, owner_id: owner.id } }
    }
    case 'timer.Rescheduled': {
      const { schedule, occurrence, at } = data as TimerEvents['timer.Rescheduled']
      return { part: { timer, due_at: at, schedule, occurrence, ...set } }
    }
    case 'timer.Fired':
    case 'timer.Skipped': {
      const { schedule, occurrence, covers, next } = data as TimerEvents['timer.Fired']
      return next === null
        ? null
        : { part: { timer, due_at: next, schedule, occurrence: occurrence + covers } }
    }
    case 'timer.Cancelled':
      return null
  }
}

/** Several events of a timer in one page leave what the last of them says. */
function combined(before: Change | undefined, now: Change): Change {
  if (before === undefined || before === null || now === null || 'whole' in now) return now
  return 'whole' in before
    ? { whole: { ...before.whole, ...now.part } }
    : { part: { ...before.part, ...now.part } }
}

async function write(transaction: Transaction, changes: ReadonlyMap<string, Change>): Promise<void> {
  const [whole, parts, gone]: [Row[], Row[], string[]] = [[], [], []]
  for (const [timer, change] of changes)
    if (change === null) gone.push(timer)
    else if ('whole' in change) whole.push(change.whole)
    else parts.push(change.part)
  if (gone.length > 0) await transaction.query(deleteTimers, [gone])
  if (whole.length > 0) await transaction.query(upsertTimers, [JSON.stringify(whole)])
  if (parts.length > 0) await transaction.query(moveTimers, [JSON.stringify(parts)])
}
