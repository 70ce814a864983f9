import {
  BusinessCalendar,
  parseMoment,
  usualOfficeHours,
  type CalendarYear,
  type SpecialDay,
  type SpecialDayKind,
} from '#calendar'
import { assess, type Assessment } from './assessment.js'
import type { DossierMessage, DossierMessageType, MessageData } from './dossier.message.js'
import { periodOf, type ProcedureVersion } from './procedure.js'
import { currentLaw, type Rulebook } from './rulebook.js'
import { settleMessages } from './settle-messages.js'

/** Written down from the announcements, apart from the seeded calendar, so that a slip in one shows in the other. */
const daysOff: Readonly<Record<number, readonly string[]>> = {
  2024: '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03'.split(' '),
  2025: '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02'.split(' '),
  2026: '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24'.split(' '),
  2027: '01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24'.split(' '),
}

const workingSaturdays = ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']

const source = { document: 'thông báo nghỉ lễ, Tết', announcedOn: null, confidence: 'secondary' } as const

function specialDay(date: string, kind: SpecialDayKind): SpecialDay {
  return { date, kind, name: 'ngày nghỉ', pairedWith: null, source }
}

const years = Object.entries(daysOff).map(([year, days]): CalendarYear => {
  const off = days.map((day) => specialDay(`${year}-${day}`, 'holiday'))
  const worked = workingSaturdays.filter((day) => day.startsWith(year))
  const all = [...off, ...worked.map((day) => specialDay(day, 'working-saturday'))]
  return {
    year: Number(year),
    status: year === '2027' ? 'provisional' : 'confirmed',
    source,
    days: all.sort((a, b) => (a.date < b.date ? -1 : 1)),
  }
})

export const testCalendar = new BusinessCalendar({ name: 'vn', number: 1, years })

/** For oracles: days off on weekdays and Saturdays worked, as plain sets. */
export const testDaysOff = new Set(years.flatMap(({ year }) => daysOff[year]!.map((day) => `${year}-${day}`)))
export const testSaturdays: ReadonlySet<string> = new Set(workingSaturdays)

export function procedure(given: Partial<ProcedureVersion> = {}): ProcedureVersion {
  return {
    code: 'TT-10',
    name: null,
    validFrom: null,
    within: { unit: 'working-days', amount: 10 },
    supplement: 'resume',
    maxSupplements: 1,
    feeStopsClock: false,
    lastHourRule: false,
    steps: [],
    ...given,
  }
}

export function within(time: number, unit: Parameters<typeof periodOf>[1] = 'working-day') {
  return periodOf(time, unit)!
}

export function rulebook(...procedures: readonly ProcedureVersion[]): Rulebook {
  const known = procedures.length === 0 ? [procedure()] : procedures
  const byCode = new Map(
    known.map(({ code }) => [code, known.filter((version) => version.code === code)] as const),
  )
  return { calendar: testCalendar, hours: usualOfficeHours, law: currentLaw, procedures: byCode }
}

let lastId = 0

/** A message of the dossier `H52-1`, received when it happened unless said otherwise. */
export function message(
  type: DossierMessageType,
  occurredAt: string,
  given: Partial<Omit<DossierMessage, 'data' | 'received'>> & {
    readonly data?: Partial<MessageData>
    readonly received?: string
  } = {},
): DossierMessage {
  const { data, received, ...members } = given
  lastId += 1
  return {
    source: 'mcdt',
    id: `m-${lastId}`,
    dossier: 'H52-1',
    type,
    occurredAt: parseMoment(occurredAt),
    recordedAtSource: null,
    received: parseMoment(received ?? occurredAt),
    procedure: 'TT-10',
    agency: null,
    channel: null,
    step: null,
    apologyRule: null,
    delayCausedBy: null,
    data: {
      appointment: null,
      newDate: null,
      signer: null,
      by: null,
      reason: null,
      corrects: null,
      change: null,
      due: null,
      ...data,
    },
    ...members,
  }
}

/** Assesses the messages, settled, as of a day or instant. */
export function assessed(
  messages: readonly DossierMessage[],
  asOf: string,
  version: ProcedureVersion = procedure(),
): Assessment {
  const { events } = settleMessages(messages)
  const assessment = assess(rulebook(version), events, parseMoment(asOf))
  if (assessment === null) throw new Error('the procedure is not known')
  return assessment
}
