import type { EventStore } from '#event-store'
import type { AccountabilityEvents } from '../domain/accountability.events.js'
import type { ReminderLevel } from '../domain/accountability-rule.js'
import { accountabilityWorkflow } from '../domain/accountability.workflow.js'

/** A reminder that the system has given: a record, and no message that anybody was sent. */
export interface ReminderGiven {
  readonly to: ReminderLevel
  readonly afterDays: number
  readonly at: string
}

/** What was done about duties since they were opened the last time. */
export interface RemindersOf {
  /** In order. */
  readonly reminders: readonly ReminderGiven[]
  /** How high it has been carried: the head, then the provincial office; null where it has not. */
  readonly escalatedTo: Exclude<ReminderLevel, 'owing'> | null
  /** Version of the rule that they were opened by; null where they are not yet. */
  readonly rule: string | null
}

/** From the log itself: a handful of events for each line of a page. */
export async function remindersGiven(
  store: Pick<EventStore, 'readStream'>,
  aggregate: string,
): Promise<RemindersOf> {
  const events = await store.readStream(`${accountabilityWorkflow.name}-${aggregate}`)
  const at = events.findLastIndex(({ type }) => type === 'accountability.DutiesOpened')
  const opened = events[at]?.data as AccountabilityEvents['accountability.DutiesOpened'] | undefined
  const reminders = events.slice(at + 1).flatMap(({ type, data, recordedAt }) => {
    if (type !== 'accountability.Reminded') return []
    const { to, afterDays } = data as unknown as AccountabilityEvents['accountability.Reminded']
    return [{ to, afterDays, at: recordedAt.toISOString() }]
  })
  const carried = reminders.map(({ to }) => to).filter((to) => to !== 'owing')
  return { reminders, escalatedTo: carried.at(-1) ?? null, rule: opened?.rule ?? null }
}
