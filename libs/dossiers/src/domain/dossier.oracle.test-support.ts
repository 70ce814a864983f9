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
  const notes = life.notes
    .filter(({ day }) => day <= life.asOf)
    .sort((a, b) => {
      if (a.day !== b.day) return a.day < b.day ? -1 : 1
      const kinds = sameDayOrder.indexOf(a.type) - sameDayOrder.indexOf(b.type)
      return kinds !== 0 ? kinds : a.id < b.id ? -1 : 1
    })
  const accepted = notes.find(({ type }) => type === 'Accepted')
  const resolved = notes.find(({ type }) => type === 'Resolved')
  const returned = notes.find(({ type }) => type === 'ResultReturned')
  const given = notes.find(
    (note) =>
      ['Stopped', 'Withdrawn', 'Refused'].includes(note.type) &&
      (accepted === undefined || notes.indexOf(note) > notes.indexOf(accepted)),
  )
  const end = resolved ?? returned ?? given
  const inCalendarDays = life.unit === 'calendar-day'

  // The base date, the days added to it, and whether the base was promised rather than counted.
  const whole = (from: string): string => (inCalendarDays ? step(from, life.days) : walk(from, life.days))
  let base = accepted === undefined ? null : (life.appointment ?? whole(accepted.day))
  let promised = life.appointment !== null
  let added = 0
  const dueNow = (): string | null => {
    if (base === null) return null
    if (!inCalendarDays) return walk(base, added)
    return promised && added === 0 ? base : roll(step(base, added))
  }
  const firstDue = dueNow()
  const firstBase = base
  let movedDays = 0
  let movedBeforeWait = 0
  let supplementWait = false
  let feeWait = false
  let running = false
  let ended = false
  let waitSince: string | null = null
  let waitedWorkingDays = 0
  let waitCounts = false
  let expired = false
  const today = notes[0]?.day ?? life.asOf
  for (let day = today; day <= life.asOf; day = nextDay(day)) {
    const counts = inCalendarDays || works(day)
    if (!ended) {
      if ((supplementWait || feeWait) && counts) added++
      if (waitSince !== null && waitCounts && counts) movedDays++
      if (waitSince !== null && works(day)) waitedWorkingDays++
      if (waitSince !== null && waitedWorkingDays > 15) expired = true
    }
    for (const note of notes) {
      if (note.day !== day || ended) continue
      if (note === end) {
        ended = true
        continue
      }
      const stopped = supplementWait || feeWait
      const canStop = running && (stopped || day <= dueNow()!)
      if (note === accepted) {
        running = true
        waitSince = null
      }
      if (note.type === 'SupplementRequested') {
        if (waitSince === null) {
          waitSince = day
          waitedWorkingDays = 0
          waitCounts = running
          movedBeforeWait = movedDays
        }
        if (canStop) supplementWait = true
      }
      if (note.type === 'FeeRequested' && life.feeStops && canStop) feeWait = true
      if (note.type === 'FeePaid') feeWait = false
      if (note.type === 'Supplemented') {
        waitSince = null
        if (supplementWait && life.restart) {
          base = whole(day)
          added = 0
          promised = false
        }
        supplementWait = false
      }
    }
  }
  const stopped = supplementWait || feeWait
  const due = stopped ? null : dueNow()
  const judged = end?.day ?? life.asOf
  const late = due !== null && judged > due
  let workingDays = 0
  let calendarDays = 0
  if (late)
    for (let day = nextDay(due); day <= judged; day = nextDay(day)) {
      calendarDays++
      if (works(day)) workingDays++
    }
  const hasResult = resolved !== undefined || returned !== undefined
  const count = (kind: string): number => notes.filter(({ type }) => type === kind).length
  const verdicts = notes.filter(({ type }) =>
    ['Explained', 'ExplanationAccepted', 'ExplanationRejected'].includes(type),
  )
  const lastRejected = verdicts.findLastIndex(({ type }) => type === 'ExplanationRejected')
  const standing = verdicts.slice(lastRejected + 1).map(({ type }) => type)
  const missing = [
    ...(standing.includes('Explained') ? [] : ['explanation']),
    ...(standing.includes('ExplanationAccepted') ? [] : ['acceptance']),
    ...(count('ApologyIssued') > 0 ? [] : ['apology']),
    ...(count('ApologyDelivered') > 0 ? [] : ['delivery']),
  ]
  const owed = late ? missing.filter((duty) => duty !== 'delivery') : []
  const openSince = end === undefined && waitCounts ? waitSince : null
  const moved = openSince === null ? movedDays : movedBeforeWait
  const movedFirst = (): string | null => {
    if (firstBase === null || moved === 0) return firstDue
    return inCalendarDays ? roll(step(firstBase, moved)) : walk(firstBase, moved)
  }
  return {
    status:
      end !== undefined ? 'ended' : accepted === undefined ? 'not-started' : stopped ? 'stopped' : 'running',
    firstDue,
    due,
    late,
    workingDays,
    calendarDays,
    early: due !== null && hasResult && judged < due,
    missing: late && missing.length > 0 ? missing : null,
    closeMissing: end === undefined ? ['end', ...owed] : owed,
    expired: expired || count('SupplementExpired') > 0,
    tooManySupplements: count('SupplementRequested') > life.maxSupplements,
    accepted: accepted?.day ?? null,
    end: end?.day ?? null,
    hasResult,
    movedFirstDue: movedFirst(),
    openSince,
    requests: count('SupplementRequested'),
  }
}
