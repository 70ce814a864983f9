import type { CalendarPhrase } from './calendar-phrase.js'
import {
  emptyDeadline,
  orderedFrequencies,
  type Deadline,
  type Frequency,
  type Recurrence,
} from './deadline.js'
import { excerpt, isMark, says } from './matching.js'
import type { Observations } from './observe.js'
import { recurringFrom, type RecurringTerm } from './recurring.js'
import { lastCompliantDayOf, resolvePhrases, type ResolvedTerm } from './resolve.js'
import type { Reading, Token } from './token.js'
import { warn, type Warning } from './warning.js'

/** One segment in which something was observed. */
export interface Judged {
  readonly reading: Reading
  readonly seen: Observations
  readonly raw: string
  /** First token after the bullet. */
  readonly head: number
  readonly planYear: number | null
}

/**
 * Decides which of the things observed is the deadline: a named day, month, quarter or year wins over a
 * frequency, that over "thường xuyên", that over an event, that over another text's rule. The losers are kept
 * as recurrence and condition.
 */
export function decide(judged: Judged): Deadline {
  const { seen, raw } = judged
  if (seen.calendar.length > 0) return decideCalendar(judged)
  const deadline = { ...emptyDeadline(raw, 'none'), condition: conditionOf(judged), warnings: seen.warnings }
  const isOnlyAdHoc = seen.frequencies.every(({ frequencies }) =>
    frequencies.every((frequency) => frequency === 'ad-hoc'),
  )
  if (seen.frequencies.length > 0 && !(isOnlyAdHoc && seen.continuous !== null)) {
    return { ...deadline, type: 'recurring', recurrence: recurrenceOf(seen) }
  }
  if (seen.continuous !== null) return { ...deadline, type: 'continuous' }
  if (seen.event !== null) return { ...deadline, type: 'event', condition: words(judged, seen.event) }
  if (seen.rule !== null) return { ...deadline, type: 'rule', condition: words(judged, seen.rule) }
  return { ...deadline, condition: null }
}

function recurrenceOf({ frequencies }: Observations): Recurrence | null {
  if (frequencies.length === 0) return null
  const named = orderedFrequencies(frequencies.flatMap(({ frequencies: own }): readonly Frequency[] => own))
  const timesPerYear = frequencies.find((phrase) => phrase.timesPerYear !== null)?.timesPerYear ?? null
  return { frequencies: named, timesPerYear, month: null, quarter: null, day: null }
}

function decideCalendar(judged: Judged): Deadline {
  const { seen } = judged
  const recurrence = recurrenceOf(seen)
  const recurring = recurringFrom(seen.calendar, recurrence)
  if (recurring !== null) return decideRecurring(judged, recurring)
  const resolved = resolvePhrases(seen.calendar, judged.planYear)
  const flawsOf = (terms: readonly ResolvedTerm[], phrase: CalendarPhrase): Warning[] =>
    terms.flatMap(({ flaws }) => flaws.map((flaw) => warnAt(judged, flaw, phrase)))
  const days = asDates(judged, resolved)
  if (days !== null) {
    const warnings = resolved.flatMap((terms, k) => flawsOf(terms, seen.calendar[k]!))
    return gathered(judged, [{ ...days, condition: conditionOf(judged), recurrence, warnings }])
  }
  const parts = seen.calendar.flatMap((phrase, k): Deadline[] => {
    const terms = resolved[k]!
    const shared = { condition: conditionOf(judged, k), recurrence }
    if (phrase.isRange) {
      return [{ ...rangeDeadline(partText(judged, k), terms), ...shared, warnings: flawsOf(terms, phrase) }]
    }
    return terms.map((term) => {
      const text =
        terms.length === 1 ? partText(judged, k) : excerpt(judged.reading, term.term.start, term.term.end)
      return { ...termDeadline(text, phrase, term), ...shared, warnings: flawsOf([term], phrase) }
    })
  })
  return gathered(judged, parts)
}

function decideRecurring(judged: Judged, recurring: readonly RecurringTerm[]): Deadline {
  const parts = recurring.map(({ phrase, term, recurrence, inclusive, flaws }): Deadline => {
    const text = excerpt(judged.reading, term.start, term.end)
    const warnings = flaws.map((flaw) => warnAt(judged, flaw, phrase))
    const condition = conditionOf(judged, judged.seen.calendar.indexOf(phrase))
    return { ...emptyDeadline(text, 'recurring'), recurrence, inclusive, condition, warnings }
  })
  return gathered(judged, parts)
}

/** The words from the deadline before to the end of the phrase: "Kế hoạch tháng 01/2025", "Báo cáo tháng 12/2025". */
function partText({ reading, seen, head }: Judged, k: number): string {
  const { tokens } = reading
  const { end: phraseEnd } = seen.calendar[k]!
  let start = k === 0 ? head : seen.calendar[k - 1]!.end
  while (k > 0 && (isJoint(tokens, start) || isMark(tokens, start, ')'))) start += 1
  const end =
    isMark(tokens, phraseEnd, ')') && tokens[phraseEnd]!.partner >= start ? phraseEnd + 1 : phraseEnd
  return excerpt(reading, Math.min(start, seen.calendar[k]!.start), end)
}

function isJoint(tokens: readonly Token[], i: number): boolean {
  return (
    isMark(tokens, i, ',') ||
    isMark(tokens, i, '&') ||
    isMark(tokens, i, '+') ||
    says(tokens, i, 'và') ||
    says(tokens, i, 'hoặc')
  )
}

function warnAt({ reading }: Judged, code: Warning['code'], { start, end }: CalendarPhrase): Warning {
  return warn(code, excerpt(reading, start, end))
}

function distinct(warnings: readonly Warning[]): Warning[] {
  const seen = new Set<string>()
  return warnings.filter(({ code, message }) => {
    const key = `${code} ${message.en}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Each part keeps the warnings about itself; the whole has all of them. */
function gathered({ raw, seen }: Judged, parts: readonly Deadline[]): Deadline {
  const [only] = parts
  const warnings = distinct([...seen.warnings, ...parts.flatMap((part) => part.warnings)])
  if (parts.length === 1) return { ...only!, raw, warnings }
  return { ...emptyDeadline(raw, 'several'), parts, warnings }
}

/** Several days side by side under one limit are one deadline of type `dates`, due on the last of them. */
function asDates({ raw, seen, reading }: Judged, resolved: readonly ResolvedTerm[][]): Deadline | null {
  const terms = resolved.flat()
  const isDays = terms.length > 1 && terms.every(({ term }) => term.unit === 'day')
  if (!isDays || seen.calendar.some(({ isRange }) => isRange)) return null
  const strict = seen.calendar.map(({ limit }) => limit === 'before')
  if (strict.some((value) => value !== strict[0])) return null
  const areJoined = seen.calendar.every(
    ({ start }, k) => k === 0 || afterJoints(reading.tokens, seen.calendar[k - 1]!.end) === start,
  )
  if (!areJoined) return null
  const dates = terms.map(({ first }) => first)
  const known = dates.filter((date) => date !== null)
  const due = known.length === dates.length ? known.toSorted().at(-1)! : null
  return { ...emptyDeadline(raw, 'dates'), ...dueOn(due, strict[0] !== true), dates: known }
}

/** The index after any "," and "và" from `i`. */
function afterJoints(tokens: readonly Token[], i: number): number {
  let end = i
  while (isJoint(tokens, end)) end += 1
  return end
}

function dueOn(
  due: string | null,
  inclusive: boolean,
): Pick<Deadline, 'due' | 'inclusive' | 'lastCompliantDay'> {
  if (due === null) return { due: null, inclusive: null, lastCompliantDay: null }
  return { due, inclusive, lastCompliantDay: lastCompliantDayOf(due, inclusive) }
}

function rangeDeadline(raw: string, [start, end]: readonly ResolvedTerm[]): Deadline {
  const due = start!.first === null ? null : end!.last
  return {
    ...emptyDeadline(raw, 'range'),
    ...dueOn(due, true),
    from: due === null ? null : start!.first,
    to: due,
  }
}

function termDeadline(raw: string, { limit }: CalendarPhrase, { term, first, last }: ResolvedTerm): Deadline {
  // "trước tháng 6" is before June begins: the first day of June is named and is late.
  if (limit === 'before')
    return { ...emptyDeadline(raw, term.unit === 'day' ? 'date' : 'until'), ...dueOn(first, false) }
  if (term.unit === 'span')
    return { ...emptyDeadline(raw, 'range'), ...dueOn(last, true), from: first, to: last }
  if (term.unit === 'day' || term.unit === 'cycle')
    return { ...emptyDeadline(raw, 'date'), ...dueOn(last, true) }
  const type = limit === 'by' || limit === 'at' ? 'until' : term.unit
  return { ...emptyDeadline(raw, type), ...dueOn(last, true) }
}

/** A remark in brackets right after the deadline (`k` of several), else the event, rule or proviso beside it. */
function conditionOf({ reading, seen }: Judged, k = 0): string | null {
  const { tokens } = reading
  const main = seen.calendar[k] ?? seen.frequencies[0] ?? seen.continuous
  if (main !== null && main !== undefined && isMark(tokens, main.end, '(')) {
    const { partner } = tokens[main.end]!
    const inside = [...seen.calendar, ...seen.frequencies].some(
      ({ start }) => start > main.end && start < partner,
    )
    if (partner > main.end + 1 && !inside) return tidy(excerpt(reading, main.end + 1, partner))
  }
  const beside = main === seen.continuous ? null : seen.continuous
  const side = seen.event ?? seen.proviso ?? seen.rule ?? beside
  return side === null ? null : words({ reading }, side)
}

function words({ reading }: Pick<Judged, 'reading'>, { start, end }: { start: number; end: number }): string {
  return tidy(excerpt(reading, start, end))
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ')
}
