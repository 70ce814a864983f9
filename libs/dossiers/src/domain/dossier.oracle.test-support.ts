import { testDaysOff, testSaturdays } from './dossier.test-support.js'

/**
 * The rules once more, as slowly and plainly as possible: a clerk who turns the calendar page by page. It shares nothing
 * with the code it judges but the list of days off.
 */
export interface OracleLife {
  readonly days: number
  readonly unit: 'working-day' | 'calendar-day'
  readonly restart: boolean
  readonly feeStops: boolean
  readonly maxSupplements: number
  readonly appointment: string | null
  /** In any order; without hours. */
  readonly notes: readonly { readonly id: string; readonly type: string; readonly day: string }[]
  readonly asOf: string
}

export interface OracleVerdict {
  readonly status: string
  readonly firstDue: string | null
  readonly due: string | null
  readonly late: boolean
  readonly workingDays: number
  readonly calendarDays: number
  readonly early: boolean
  readonly missing: readonly string[] | null
  readonly closeMissing: readonly string[]
  readonly expired: boolean
  readonly tooManySupplements: boolean
  readonly accepted: string | null
  readonly end: string | null
  readonly hasResult: boolean
  /** Days of firstDue moved by the waits for supplements alone, and the open wait, for the formula of QĐ 766. */
  readonly movedFirstDue: string | null
  readonly openSince: string | null
  readonly requests: number
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function works(day: string): boolean {
  if (testDaysOff.has(day)) return false
  const weekday = new Date(day).getUTCDay()
  return testSaturdays.has(day) || (weekday !== 0 && weekday !== 6)
}

function walk(from: string, count: number): string {
  let day = from
  for (let left = count; left > 0;) {
    day = nextDay(day)
    if (works(day)) left--
  }
  return day
}

function step(from: string, count: number): string {
  let day = from
  for (let left = count; left > 0; left--) day = nextDay(day)
  return day
}

function roll(from: string): string {
  let day = from
  while (!works(day)) day = nextDay(day)
  return day
}

const sameDayOrder = [
  'Submitted',
  'Accepted',
  'FeeRequested',
  'FeePaid',
  'SupplementRequested',
  'Supplemented',
  'SupplementExpired',
  'HandedOver',
  'Resolved',
  'ResultReturned',
  'Stopped',
  'Withdrawn',
  'Refused',
  'Overdue',
  'ApologyIssued',
  'ApologyDelivered',
  'Explained',
  'ExplanationRejected',
  'ExplanationAccepted',
  'Closed',
]

export function oracle(life: OracleLife): OracleVerdict {
  const notes = inTurn(life)
  const accepted = notes.find(({ type }) => type === 'Accepted')
  const end = endOf(notes, accepted)
  const desk = new Desk(life, accepted)
  for (let day = notes[0]?.day ?? life.asOf; day <= life.asOf; day = nextDay(day)) {
    if (end !== undefined && desk.ended) break
    desk.turnTo(day)
    for (const note of notes) {
      if (note === end && note.day === day) desk.ended = true
      if (note.day === day && !desk.ended) desk.take(note)
    }
  }
  const due = desk.stopped ? null : desk.due()
  const judged = end?.day ?? life.asOf
  const late = due !== null && judged > due
  const hasResult = notes.some(({ type }) => type === 'Resolved' || type === 'ResultReturned')
  const missing = missingOf(notes)
  const forgiven = missing.includes('acceptance') ? ['delivery'] : ['delivery', 'explanation']
  const owed = late ? missing.filter((duty) => !forgiven.includes(duty)) : []
  const openSince = end === undefined && desk.waitCounts ? desk.waitSince : null
  const requests = notes.filter(({ type }) => type === 'SupplementRequested').length
  return {
    status: statusOf(end, accepted, desk),
    firstDue: desk.firstDue,
    due,
    late,
    workingDays: late ? countDays(due, judged, works) : 0,
    calendarDays: late ? countDays(due, judged, () => true) : 0,
    early: due !== null && hasResult && judged < due && !(accepted !== undefined && judged < accepted.day),
    missing: late && missing.length > 0 ? missing : null,
    closeMissing: end === undefined ? ['end', ...owed] : owed,
    expired: desk.expired || notes.some(({ type }) => type === 'SupplementExpired'),
    tooManySupplements: requests > life.maxSupplements,
    accepted: accepted?.day ?? null,
    end: end?.day ?? null,
    hasResult,
    movedFirstDue: desk.firstDueMovedBy(openSince === null ? desk.daysWaited : desk.daysWaitedBefore),
    openSince,
    requests,
  }
}

type Note = OracleLife['notes'][number]

function inTurn({ notes, asOf }: OracleLife): Note[] {
  return notes
    .filter(({ day }) => day <= asOf)
    .sort((a, b) => {
      if (a.day !== b.day) return a.day < b.day ? -1 : 1
      const kinds = sameDayOrder.indexOf(a.type) - sameDayOrder.indexOf(b.type)
      return kinds !== 0 ? kinds : a.id < b.id ? -1 : 1
    })
}

function endOf(notes: readonly Note[], accepted: Note | undefined): Note | undefined {
  const given = notes.find(
    (note) =>
      ['Stopped', 'Withdrawn', 'Refused'].includes(note.type) &&
      (accepted === undefined || notes.indexOf(note) > notes.indexOf(accepted)),
  )
  return (
    notes.find(({ type }) => type === 'Resolved') ??
    notes.find(({ type }) => type === 'ResultReturned') ??
    given
  )
}

function statusOf(end: Note | undefined, accepted: Note | undefined, { stopped }: Desk): string {
  if (end !== undefined) return 'ended'
  if (accepted === undefined) return 'not-started'
  return stopped ? 'stopped' : 'running'
}

function countDays(after: string, upTo: string, counts: (day: string) => boolean): number {
  let count = 0
  for (let day = nextDay(after); day <= upTo; day = nextDay(day)) if (counts(day)) count++
  return count
}

function missingOf(notes: readonly Note[]): string[] {
  const has = (type: string): boolean => notes.some((note) => note.type === type)
  const rejected = notes.findLastIndex(({ type }) => type === 'ExplanationRejected')
  const standing = notes.slice(rejected + 1).map(({ type }) => type)
  return [
    ...(standing.includes('Explained') ? [] : ['explanation']),
    ...(standing.includes('ExplanationAccepted') ? [] : ['acceptance']),
    ...(has('ApologyIssued') ? [] : ['apology']),
    ...(has('ApologyDelivered') ? [] : ['delivery']),
  ]
}

/** The file on the clerk's desk, and what is pencilled on its cover. */
class Desk {
  ended = false
  expired = false
  waitSince: string | null = null
  /** Whether the wait began after acceptance. */
  waitCounts = false
  daysWaited = 0
  daysWaitedBefore = 0
  readonly firstDue: string | null
  readonly #firstBase: string | null
  #base: string | null
  /** The base was promised, not counted: it is not rolled until it moves. */
  #promised: boolean
  #added = 0
  #running = false
  #supplementWait = false
  #feeWait = false
  #workingDaysOfWait = 0

  constructor(
    private readonly life: OracleLife,
    private readonly accepted: Note | undefined,
  ) {
    const appointment = accepted === undefined || life.appointment === null ? '' : life.appointment
    this.#promised = accepted !== undefined && appointment >= accepted.day
    if (accepted === undefined) this.#base = null
    else this.#base = this.#promised ? appointment : this.#whole(accepted.day)
    this.#firstBase = this.#base
    this.firstDue = this.due()
  }

  get stopped(): boolean {
    return this.#supplementWait || this.#feeWait
  }

  due(): string | null {
    return this.#base === null ? null : this.#moved(this.#base, this.#added)
  }

  firstDueMovedBy(days: number): string | null {
    if (this.#firstBase === null || days === 0) return this.firstDue
    return this.#moved(this.#firstBase, days)
  }

  /** A new page: yesterday's waits cost the day. */
  turnTo(day: string): void {
    const counts = this.#inCalendarDays || works(day)
    if (this.stopped && counts) this.#added++
    if (this.waitSince === null) return
    if (this.waitCounts && counts) this.daysWaited++
    if (works(day)) this.#workingDaysOfWait++
    if (this.#workingDaysOfWait > 15 || (this.#workingDaysOfWait === 15 && !works(day))) this.expired = true
  }

  take(note: Note): void {
    const { type, day } = note
    const canStop = this.#running && (this.stopped || day <= this.due()!)
    if (note === this.accepted) {
      this.#running = true
      this.waitSince = null
    }
    if (type === 'SupplementRequested') {
      if (this.waitSince === null) {
        this.waitSince = day
        this.waitCounts = this.#running
        this.#workingDaysOfWait = 0
        this.daysWaitedBefore = this.daysWaited
      }
      if (canStop) this.#supplementWait = true
    }
    if (type === 'FeeRequested' && this.life.feeStops && canStop) this.#feeWait = true
    if (type === 'FeePaid') this.#feeWait = false
    if (type === 'Supplemented') this.#supplemented(day)
  }

  #supplemented(day: string): void {
    this.waitSince = null
    if (this.#supplementWait && this.life.restart) {
      this.#base = this.#whole(day)
      this.#added = 0
      this.#promised = false
    }
    this.#supplementWait = false
  }

  get #inCalendarDays(): boolean {
    return this.life.unit === 'calendar-day'
  }

  #whole(from: string): string {
    return this.#inCalendarDays ? step(from, this.life.days) : walk(from, this.life.days)
  }

  #moved(base: string, days: number): string {
    if (!this.#inCalendarDays) return walk(base, days)
    return this.#promised && days === 0 ? base : roll(step(base, days))
  }
}
