import {
  announcedOn,
  datedReminders,
  ifReckoned,
  isBeyondCalendar,
  ruleOn,
  startOf,
  type OwedDuty,
  type RuleInForce,
} from '#accountability'
import { accountabilityRules } from '#accountability/record'
import { addDays, parseMoment, type LocalDate } from '#calendar'
import type { Lookup } from '#engine'
import { responsibleOf, type RegisterEntry } from '../domain/accountability.js'
import { assess, type Assessment } from '../domain/assessment.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { messagesOf } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import type { Rulebook } from '../domain/rulebook.js'
import { settleMessages } from '../domain/settle-messages.js'
import { rulebooksOf } from '../record/rulebooks.js'
import type { Sight } from './sight.js'

/**
 * The dossier as it stands in the log, judged at a moment by the calendar and the procedure that it has pinned, and by
 * the accountability rule of the day.
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
  const rules = await accountabilityRules(store)
  const of = { key, source: state.source, dossier: state.code, at, fired }
  const versions = { calendar: rulebook.calendar.version, rule: ruleOn(rules, date).version }
  const shown = { ...of, ...nothingSeen, ...versions, nextFactAt: nextFact(settled, date) }
  if (settled.length === 0) return shown
  try {
    const assessment = assess(rulebook, settled, { date, time: null })
    return assessment === null
      ? { ...shown, unreckoned: 'procedure-unknown' }
      : { ...shown, ...seen(rulebook, rules, assessment, date) }
  } catch (error) {
    if (!isBeyondCalendar(error)) throw error
    return { ...shown, unreckoned: error.code }
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

function seen(rulebook: Rulebook, rules: readonly RuleInForce[], assessment: Assessment, today: LocalDate) {
  const { clock, lateness, register, events, life, steps } = assessment
  const isRunning = clock.due !== null && life.end === null && !lateness.late
  return {
    due: clock.due,
    late: lateness.late,
    expectedAt: isRunning ? expectedAt(rulebook, rules, assessment, clock.due) : null,
    overdueAt: isRunning ? startOf(addDays(clock.due, 1)) : null,
    unit: responsibleOf(events, life, steps).unit,
    since: register?.since ?? null,
    missing: register === null ? [] : owed(register),
    reminders: lateness.late ? datedReminders(rulebook.calendar, ruleOn(rules, today), today) : [],
    supplement: supplementOf(rulebook, assessment),
  }
}

function expectedAt(
  { calendar }: Rulebook,
  rules: readonly RuleInForce[],
  { life: { accepted } }: Assessment,
  due: LocalDate,
): string | null {
  const day = accepted && announcedOn(calendar, rules, due, accepted.occurredAt.date)
  return day && startOf(day)
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
