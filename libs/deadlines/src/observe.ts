import { readCalendarPhrase, type CalendarPhrase } from './calendar-phrase.js'
import { readCitation } from './citation.js'
import { isDeadline } from './context.js'
import { readFrequencyPhrase, type FrequencyPhrase } from './frequency-phrase.js'
import { excerpt, isMark, says } from './matching.js'
import type { Segment } from './segment.js'
import { continuousEnd, startsEvent, startsProviso, startsRule } from './side-phrase.js'
import type { Reading, Token } from './token.js'
import { warn, type Warning } from './warning.js'

interface Span {
  readonly start: number
  readonly end: number
}

/** Everything in one segment that speaks of time, before it is decided which of it is the deadline. */
export interface Observations {
  /** In order of writing; dates that are no deadlines are gone. */
  readonly calendar: readonly CalendarPhrase[]
  readonly frequencies: readonly FrequencyPhrase[]
  readonly continuous: Span | null
  readonly event: Span | null
  readonly rule: Span | null
  readonly proviso: Span | null
  /** A start without an end ("từ 01/7/2025"): no deadline, but worth saying where there is no other. */
  readonly start: Span | null
  readonly warnings: readonly Warning[]
}

interface Collected {
  readonly phrases: CalendarPhrase[]
  readonly frequencies: FrequencyPhrase[]
  readonly warnings: Warning[]
  continuous: Span | null
  event: number
  rule: number
  proviso: number
}

export function observe(reading: Reading, segment: Segment): Observations {
  const { tokens } = reading
  // "Đã hoàn thành", "Đã ban hành …": what has been done is no deadline.
  const isDone =
    says(tokens, segment.head, 'đã', 'hoàn', 'thành') || says(tokens, segment.head, 'đã', 'ban', 'hành')
  const found = isDone ? nothing() : collect(reading, segment)
  const event = spanFrom(tokens, found.event, segment.to)
  const clause = {
    tokens,
    head: segment.head,
    to: segment.to,
    conditionStart: event?.start ?? segment.to,
    conditionEnd: event?.end ?? segment.to,
  }
  const accepted = found.phrases.filter((phrase) => phrase.end <= segment.to && isDeadline(clause, phrase))
  const calendar = preferLimited(tokens, preferNarrower(tokens, withDayInMonth(accepted)))
  const others = [...calendar, ...found.frequencies, ...(found.continuous === null ? [] : [found.continuous])]
  const cut = (span: Span | null): Span | null => cutAt(tokens, span, others)
  return {
    calendar,
    frequencies: found.frequencies,
    continuous: found.continuous,
    event: cut(event),
    rule: cut(spanFrom(tokens, found.rule, segment.to)),
    proviso: cut(spanFrom(tokens, found.proviso, segment.to)),
    start: found.phrases.find(({ limit, terms }) => limit === 'from' && terms[0]!.year !== null) ?? null,
    warnings: [...found.warnings, ...phraseWarnings(reading, calendar)],
  }
}

function nothing(): Collected {
  return { phrases: [], frequencies: [], warnings: [], continuous: null, event: -1, rule: -1, proviso: -1 }
}

/** No Thời gian cell of the sources that says "theo quy định" has more words. */
const longestCell = 14

function collect(reading: Reading, segment: Segment): Collected {
  const { head, to } = segment
  const found = nothing()
  for (let i = head; i < to;) i = step(reading, i, segment, found)
  return isTarget(reading.tokens, head)
    ? { ...nothing(), phrases: found.phrases, warnings: found.warnings }
    : found
}

/** "100% văn bản được kiểm tra theo quy định": a target; "định kỳ" and the like say how, not when. */
function isTarget(tokens: readonly Token[], head: number): boolean {
  const start = says(tokens, head, 'phấn', 'đấu') ? head + 2 : head
  return tokens[start]?.kind === 'number' && isMark(tokens, start + 1, '%')
}

/** Takes what stands at `i` and returns where to go on: always further. */
function step(reading: Reading, i: number, segment: Segment, found: Collected): number {
  const { tokens } = reading
  const isCell = segment.to - segment.head <= longestCell
  const { kind, syllable } = tokens[i]!
  const isAbbreviation = kind === 'word' && /^(T|Q[IV]*)$/u.test(tokens[i]!.text)
  if (syllable === null && kind !== 'number' && !isAbbreviation) return i + 1
  const citation = readCitation(tokens, i)
  if (citation !== null) {
    if (citation.isImplausible)
      found.warnings.push(warn('implausible-citation-date', excerpt(reading, i, citation.end)))
    return citation.end
  }
  const isAfterLabel = i === segment.head || isMark(tokens, i - 1, '(')
  if (found.event < 0 && startsEvent(tokens, i, isAfterLabel)) {
    found.event = i
    return i + 1
  }
  const frequency = readFrequencyPhrase(tokens, i, i === segment.head)
  if (frequency !== null) {
    found.frequencies.push(frequency)
    if (frequency.isOutsideScale)
      found.warnings.push(warn('frequency-not-modelled', excerpt(reading, i, frequency.end)))
    return frequency.end
  }
  const phrase = readCalendarPhrase(tokens, i)
  if (phrase !== null) {
    found.phrases.push(phrase)
    return phrase.end
  }
  const endOfContinuous = continuousEnd(tokens, i)
  if (endOfContinuous !== null) {
    found.continuous ??= { start: i, end: endOfContinuous }
    return endOfContinuous
  }
  if (found.rule < 0 && startsRule(tokens, i, segment.head, isCell || isBesideTime(found, i))) found.rule = i
  else if (found.proviso < 0 && startsProviso(tokens, i)) found.proviso = i
  return i + 1
}

/** "hằng quý theo quy định": right after a time the words qualify it. */
function isBesideTime({ frequencies, phrases }: Collected, i: number): boolean {
  return frequencies.at(-1)?.end === i || phrases.at(-1)?.end === i
}

/** From `start` to the end of its brackets or of the segment. */
function spanFrom(tokens: readonly Token[], start: number, to: number): Span | null {
  if (start < 0) return null
  const { depth } = tokens[start]!
  let end = start
  while (end < to && tokens[end]!.depth >= depth) end += 1
  return { start, end }
}

/** A condition ends where the deadline beside it begins. */
function cutAt(tokens: readonly Token[], span: Span | null, others: readonly Span[]): Span | null {
  if (span === null) return null
  let { end } = span
  for (const { start } of others) if (start > span.start && start < end) end = start
  // "(dự kiến tháng 9/2025)": a bracket that holds the deadline is not of the condition.
  for (let k = span.start; k < end; k += 1) if (tokens[k]!.mark === '(' && tokens[k]!.partner >= end) end = k
  while (end > span.start && tokens[end - 1]!.mark !== null && tokens[end - 1]!.mark !== ')') end -= 1
  return { start: span.start, end }
}

/**
 * "Báo cáo quý III … trước ngày 12": a phrase with a limit is the deadline, a plain one beside it a name,
 * except where both are joined by "và".
 */
function preferLimited(
  tokens: readonly Token[],
  accepted: readonly CalendarPhrase[],
): readonly CalendarPhrase[] {
  const isLimited = ({ limit, isRange, start }: CalendarPhrase): boolean =>
    limit !== 'plain' || (isRange && says(tokens, start, 'từ'))
  if (!accepted.some(isLimited)) return accepted
  return accepted.filter(
    (phrase) => isLimited(phrase) || says(tokens, phrase.end, 'và') || says(tokens, phrase.start - 1, 'và'),
  )
}

/** "Kế hoạch năm 2026 (tháng 12/2025)": the years before the brackets are of the name, the time inside is the deadline. */
function preferNarrower(
  tokens: readonly Token[],
  accepted: readonly CalendarPhrase[],
): readonly CalendarPhrase[] {
  return accepted.filter((phrase, k) => {
    const next = accepted[k + 1]
    const isOfYears = phrase.limit === 'plain' && phrase.terms.every(({ unit }) => unit === 'year')
    if (!isOfYears || next === undefined || next.terms[0]!.unit === 'year') return true
    return !isMark(tokens, phrase.end, '(') || tokens[phrase.end]!.partner < next.end
  })
}

/** "Tháng 11 hằng năm (trước ngày 15)": a day alone is of the month named before it. */
function withDayInMonth(accepted: readonly CalendarPhrase[]): readonly CalendarPhrase[] {
  const [one, two] = accepted
  if (accepted.length !== 2 || one!.terms.length !== 1 || two!.terms.length !== 1) return accepted
  const [month, day] = [one!.terms[0]!, two!.terms[0]!]
  const isAlone = day.unit === 'day' && day.month === null && day.year === null && month.unit === 'month'
  if (!isAlone) return accepted
  return [{ ...two!, start: one!.start, terms: [{ ...month, unit: 'day', day: day.day, end: day.end }] }]
}

function phraseWarnings(reading: Reading, accepted: readonly CalendarPhrase[]): Warning[] {
  const warnings: Warning[] = []
  for (const phrase of accepted) {
    const { start, end } = phrase
    for (let k = start - 1; k >= 0 && k >= start - 4; k -= 1) {
      if (says(reading.tokens, k, 'số', 'liệu'))
        warnings.push(warn('reporting-window', excerpt(reading, start, end)))
    }
  }
  return warnings
}
