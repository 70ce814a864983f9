import type { LocalDate, Moment } from '#calendar'
import { pinnedProcedure } from './assessment.js'
import type { DossierMessage } from './dossier.message.js'
import { latenessOf } from './lateness.js'
import { lifeOf } from './life.js'
import { happenedBy } from './moments.js'
import { resultClock } from './result-clock.js'
import type { Rulebook } from './rulebook.js'
import { settleMessages } from './settle-messages.js'

/**
 * The legal due dates for which `Overdue` was raised by the moment: those its own messages name, and those for which
 * the timer fires at the start of the next day, by what was known then. A message that arrives later and shows that
 * there was no delay takes nothing back. In order, each once.
 *
 * @param messages all that are known, not settled, each id once.
 */
export function overdueRaisedFor(
  rulebook: Rulebook,
  messages: readonly DossierMessage[],
  asOf: Moment,
): LocalDate[] {
  const raised = new Set<LocalDate>()
  const days = [...new Set(messages.map(({ received }) => received.date))].sort()
  for (const [at, day] of days.entries()) {
    const next = days[at + 1]
    if (next === undefined || day > asOf.date) break
    const known = messages.filter(({ received }) => received.date <= day)
    addIfLate(raised, rulebook, known, next > asOf.date ? asOf : { date: next, time: 0 })
  }
  addIfLate(raised, rulebook, messages, asOf)
  for (const due of reported(rulebook, messages, asOf)) raised.add(due)
  return [...raised].sort()
}

function addIfLate(
  raised: Set<LocalDate>,
  rulebook: Rulebook,
  known: readonly DossierMessage[],
  asOf: Moment,
): void {
  const { due, late } = dueAt(rulebook, settleMessages(known).events, asOf)
  if (late && due !== null) raised.add(due)
}

function dueAt(
  rulebook: Rulebook,
  settled: readonly DossierMessage[],
  asOf: Moment,
): { readonly due: LocalDate | null; readonly late: boolean } {
  const procedure = pinnedProcedure(rulebook, settled)
  if (procedure === null) return { due: null, late: false }
  const events = settled.filter(({ occurredAt }) => happenedBy(occurredAt, asOf))
  const life = lifeOf(events)
  const clock = resultClock(rulebook, procedure, events, life)
  return { due: clock.due, late: latenessOf(rulebook, clock, life, asOf).late }
}

/** A message that does not name the due date means the one that stood when it was raised. */
function* reported(
  rulebook: Rulebook,
  messages: readonly DossierMessage[],
  asOf: Moment,
): Generator<LocalDate> {
  if (!messages.some(({ type }) => type === 'Overdue')) return
  const { events } = settleMessages(messages)
  for (const { type, occurredAt, data } of events) {
    if (type !== 'Overdue' || !happenedBy(occurredAt, asOf)) continue
    const due = data.due ?? dueAt(rulebook, events, occurredAt).due
    if (due !== null) yield due
  }
}
