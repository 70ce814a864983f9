import { addDays, parseMoment, type LocalDate } from '#calendar'
import type { Lookup } from '#engine'
import { RoviecError } from '#kernel'
import { responsibleOf, type RegisterEntry } from '../domain/accountability.js'
import type { OwedDuty } from '../domain/accountability.events.js'
import { currentAccountabilityRule, type AccountabilityRule } from '../domain/accountability.rule.js'
import { assess, type Assessment } from '../domain/assessment.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { messagesOf } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import type { Rulebook } from '../domain/rulebook.js'
import { settleMessages } from '../domain/settle-messages.js'
import { rulebooksOf } from '../record/rulebooks.js'
import type { Sight } from './sight.js'

/**
 * The dossier as it stands in the log, judged at a moment by the calendar and the procedure that it has pinned.
 *
 * @param at ISO instant. Its whole day counts, since clocks of sources and servers differ.
 */
export async function seeDossier(
  { store, load }: Lookup,
  key: string,
  { at, fired }: Pick<Sight, 'at' | 'fired'>,
): Promise<Sight> {
  const { state } = await load(dossierWorkflow, key)
  const messages = messagesOf(state)
  const rulebook = await rulebooksOf(store).of(state, messages)
  const settled = settleMessages(messages).events
  const { date } = parseMoment(at)
  const of = { key, source: state.source, dossier: state.code, at, fired }
  const shown = { ...of, ...nothingSeen, ...versionsOf(rulebook), nextFactAt: nextFact(settled, date) }
  if (settled.length === 0) return shown
  try {
    const assessment = assess(rulebook, settled, { date, time: null })
    return assessment === null
      ? { ...shown, unreckoned: 'procedure-unknown' }
      : { ...shown, ...seen(rulebook, assessment, date) }
  } catch (error) {
    if (!isBeyondCalendar(error)) throw error
    return { ...shown, unreckoned: error.code }
  }
}

function isBeyondCalendar(error: unknown): error is RoviecError {
  return error instanceof RoviecError && error.code === 'calendar-year-unknown'
}

/** Null beyond the calendar: what else is known of the dossier is acted on all the same. */
function ifReckoned(reckon: () => LocalDate): LocalDate | null {
  try {
    return reckon()
  } catch (error) {
    if (isBeyondCalendar(error)) return null
    throw error
  }
}

const nothingSeen = {
  due: null,
  late: false,
  expectedAt: null,
  overdueAt: null,
  unit: null,
  since: null,
  missing: [],
  reminders: [],
  supplement: null,
  unreckoned: null,
} as const

function versionsOf({ calendar }: Rulebook): Pick<Sight, 'calendar' | 'rule'> {
  return { calendar: calendar.version, rule: currentAccountabilityRule.version }
}

function seen(rulebook: Rulebook, assessment: Assessment, today: LocalDate) {
  const { clock, lateness, register, events, life, steps } = assessment
  const isRunning = clock.due !== null && life.end === null && !lateness.late
  return {
    due: clock.due,
    late: lateness.late,
    expectedAt: isRunning ? expectedAt(rulebook, assessment, clock.due) : null,
    overdueAt: isRunning ? startOf(addDays(clock.due, 1)) : null,
    unit: responsibleOf(events, life, steps).unit,
    since: register?.since ?? null,
    missing: register === null ? [] : owed(register),
    reminders: lateness.late ? reminders(rulebook, currentAccountabilityRule, today) : [],
    supplement: supplementOf(rulebook, assessment),
  }
}

/** Null where that day is over when the clock begins: a dossier of one day is not announced at its acceptance. */
function expectedAt(
  { calendar }: Rulebook,
  { life }: Assessment,
  due: LocalDate,
  { expectedDaysBefore }: AccountabilityRule = currentAccountabilityRule,
): string | null {
  let day = addDays(due, -expectedDaysBefore)
  while (!calendar.isWorkingDay(day)) day = addDays(day, -1)
  return life.accepted !== null && day > life.accepted.occurredAt.date ? startOf(day) : null
}

function reminders(
  { calendar }: Rulebook,
  rule: AccountabilityRule,
  today: LocalDate,
): Sight['reminders'][number][] {
  return rule.reminders.flatMap((reminder) => {
    const day = ifReckoned(() => calendar.addWorkingDays(today, reminder.afterDays))
    return day === null ? [] : [{ ...reminder, at: startOf(day) }]
  })
}

function owed({ missing, owedBy }: RegisterEntry): OwedDuty[] {
  return missing.map((duty) => ({ duty, owedBy: owedBy[duty] ?? null }))
}

function supplementOf({ calendar, law }: Rulebook, { clock, life }: Assessment): Sight['supplement'] {
  const wait = clock.waits.at(-1)
  if (wait === undefined || wait.to !== null || life.end !== null) return null
  const due = ifReckoned(() => calendar.addWorkingDays(wait.from, law.supplementDays))
  return due === null ? null : { due, over: startOf(addDays(due, 1)) }
}

function nextFact(settled: readonly DossierMessage[], today: LocalDate): string | null {
  const later = settled.find(({ occurredAt }) => occurredAt.date > today)
  return later === undefined ? null : startOf(later.occurredAt.date)
}

/** Of a day in Vietnam, as timers write instants. */
function startOf(day: LocalDate): string {
  return new Date(`${day}T00:00:00+07:00`).toISOString()
}
