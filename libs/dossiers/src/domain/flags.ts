import type { LocalDate } from '#calendar'
import type { AcceptanceClock } from './acceptance-clock.js'
import type { Responsible } from './accountability.js'
import type { DossierMessage } from './dossier.message.js'
import { isWrongSigner } from './head-of-agency.js'
import { isResultBeforeAcceptance, type Life } from './life.js'
import { isBefore } from './moments.js'
import type { ProcedureVersion } from './procedure.js'
import { hasImpossibleAppointment, type ResultClock } from './result-clock.js'
import type { Rulebook } from './rulebook.js'

/** A fact that breaks a rule is recorded with one of these, and stands in a list until someone accounts for it. */
export const dossierFlags = [
  'untimely-apology',
  'second-reappointment',
  'second-supplement-request',
  'wrong-signer',
  'accepted-late',
  'supplement-expired',
  'late-by-synchronisation',
  'backdated',
  'appointment-beyond-statutory',
  'appointment-before-acceptance',
  'returned-without-resolved',
  'returned-before-resolved',
  'result-before-acceptance',
] as const

export type DossierFlag = (typeof dossierFlags)[number]

/** What the flags are judged by. */
export interface FlagBasis {
  readonly rulebook: Rulebook
  readonly procedure: ProcedureVersion
  readonly events: readonly DossierMessage[]
  readonly life: Life
  readonly clock: ResultClock
  readonly acceptance: AcceptanceClock | null
  readonly responsible: Responsible
  readonly asOf: LocalDate
}

type Rule = (basis: FlagBasis) => boolean

const rules: Readonly<Record<DossierFlag, Rule>> = {
  'untimely-apology': isApologyUntimely,
  'second-reappointment': ({ events }) =>
    events.filter(({ type, data }) => type === 'ApologyIssued' && data.newDate !== null).length > 1,
  'second-supplement-request': ({ events, procedure }) =>
    countOf(events, 'SupplementRequested') > procedure.maxSupplements,
  'wrong-signer': ({ rulebook: { agencies = {} }, events, responsible }) =>
    events.some(
      ({ type, data }) =>
        type === 'ApologyIssued' && isWrongSigner(agencies, data.signer, responsible.causing),
    ),
  'accepted-late': ({ acceptance }) => acceptance?.verdict === 'missed',
  'supplement-expired': hasSupplementExpired,
  'late-by-synchronisation': isLateBySynchronisation,
  backdated: ({ events }) => events.some((event) => daysBackdated(event) > 0),
  'appointment-beyond-statutory': ({ clock }) =>
    clock.first !== null && clock.statutory !== null && clock.first.date > clock.statutory.date,
  'appointment-before-acceptance': ({ life }) =>
    life.accepted !== null && hasImpossibleAppointment(life.accepted),
  'returned-without-resolved': ({ life }) => life.returned !== null && life.resolved === null,
  'returned-before-resolved': ({ life }) =>
    life.returned !== null &&
    life.resolved !== null &&
    isBefore(life.returned.occurredAt, life.resolved.occurredAt),
  'result-before-acceptance': ({ life }) => isResultBeforeAcceptance(life),
}

export function flagsOf(basis: FlagBasis): DossierFlag[] {
  return dossierFlags.filter((flag) => rules[flag](basis))
}

/** Calendar days from what happened to its receipt here. Normal, and shown. */
export function daysBackdated({ occurredAt, received }: DossierMessage): number {
  return Math.max(0, (Date.parse(received.date) - Date.parse(occurredAt.date)) / 86_400_000)
}

/** Measured on the first apology, against the legal due date. */
function isApologyUntimely({ rulebook, events, clock }: FlagBasis): boolean {
  const apology = events.find(({ type }) => type === 'ApologyIssued')
  if (apology === undefined || clock.due === null) return false
  const rule =
    apology.apologyRule ??
    events.findLast(({ apologyRule }) => apologyRule !== null)?.apologyRule ??
    rulebook.law.apologyRule
  return rule === 'day-before' ? apology.occurredAt.date >= clock.due : apology.occurredAt.date > clock.due
}

/**
 * Nothing came within the time, whether or not something came later; or the timer's own event says so. On a day off
 * after the last working day the time is over.
 */
function hasSupplementExpired({ rulebook, events, life, clock, asOf }: FlagBasis): boolean {
  if (countOf(events, 'SupplementExpired') > 0) return true
  const { calendar, law } = rulebook
  return clock.waits.some(({ from, to }) => {
    const until = to ?? life.end?.occurredAt.date ?? asOf
    const days = calendar.workingDaysBetween(from, until)
    return days > law.supplementDays || (days === law.supplementDays && !calendar.isWorkingDay(until))
  })
}

/** The result was there in time; only the news of it came late. */
function isLateBySynchronisation({ life, clock }: FlagBasis): boolean {
  if (!life.hasResult || life.end === null || clock.due === null) return false
  return life.end.occurredAt.date <= clock.due && life.end.received.date > clock.due
}

function countOf(events: readonly DossierMessage[], type: DossierMessage['type']): number {
  return events.filter((event) => event.type === type).length
}
