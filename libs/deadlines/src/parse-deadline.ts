import { decide } from './decide.js'
import { emptyDeadline, type Deadline } from './deadline.js'
import { excerpt } from './matching.js'
import { observe, type Observations } from './observe.js'
import { segmentsOf, type Segment } from './segment.js'
import { tokenise, type Reading } from './token.js'
import { warn, type Warning } from './warning.js'

/**
 * The longest cell of the sources has 180 characters, the longest paragraph 2,400. What is longer is read up
 * to here, with a warning: a bound on the work that one input can ask for.
 */
export const longestText = 10_000

export interface ParseOptions {
  /** Year of the plan: what a deadline without a year means by "tháng 8". */
  readonly year?: number | undefined
}

/**
 * Reads a deadline as Vietnamese officials write it, from a table cell or a sentence.
 *
 * Total: any text gives a value, `none` where there is no deadline in it, and never an error. What is
 * implausible is reported in `warnings` and never repaired. The rules stand in the README.
 */
export function parseDeadline(raw: string, options: ParseOptions = {}): Deadline {
  const planYear = validYear(options.year)
  const source = clean(raw)
  const reading = tokenise(source)
  const judged = segmentsOf(reading.tokens).map((segment) => judge(reading, segment, planYear))
  const truncated = raw.length > longestText ? [warn('input-truncated', source.slice(0, 40))] : []
  return combine(raw, reading, judged, truncated)
}

function validYear(year: number | undefined): number | null {
  return year !== undefined && Number.isInteger(year) && year >= 1900 && year <= 2199 ? year : null
}

/** NFC, without zero-width characters; a half surrogate at the cut is a mark like any other. */
function clean(raw: string): string {
  return raw
    .slice(0, longestText)
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
}

interface JudgedSegment {
  readonly segment: Segment
  readonly seen: Observations
  readonly deadline: Deadline
}

function judge(reading: Reading, segment: Segment, planYear: number | null): JudgedSegment {
  const seen = observe(reading, segment)
  const raw = trimmed(excerpt(reading, segment.head, segment.to))
  return { segment, seen, deadline: decide({ reading, seen, raw, head: segment.head, planYear }) }
}

function trimmed(text: string): string {
  return text.replace(/[\s;.]{1,20}$/u, '')
}

function combine(
  raw: string,
  reading: Reading,
  judged: readonly JudgedSegment[],
  extra: readonly Warning[],
): Deadline {
  const parts = judged.flatMap((item, k) => {
    if (item.deadline.type === 'none') return []
    const deadline = withRest(reading, judged, k)
    return deadline.type === 'several' ? deadline.parts : [deadline]
  })
  const warnings = [...extra, ...judged.flatMap(({ deadline }) => deadline.warnings)]
  const [only] = parts
  if (only === undefined) {
    const start = judged.find(({ seen }) => seen.start !== null)?.seen.start
    if (start) warnings.push(warn('start-without-end', excerpt(reading, start.start, start.end)))
    return { ...emptyDeadline(raw, 'none'), warnings }
  }
  if (parts.length === 1) return { ...only, raw, warnings }
  return { ...emptyDeadline(raw, 'several'), parts, warnings }
}

/**
 * "Báo cáo; Văn bản chấn chỉnh (tháng 11/2025)": what stands before without a time belongs to the part. And
 * an event goes on after a semicolon ("sau khi Trung tâm …; tổ chức UNDP công bố").
 */
function withRest(reading: Reading, judged: readonly JudgedSegment[], k: number): Deadline {
  const { segment, deadline, seen } = judged[k]!
  let { head, to } = segment
  for (let j = k; j > 0 && judged[j]!.segment.continues && judged[j - 1]!.deadline.type === 'none'; j -= 1) {
    head = judged[j - 1]!.segment.head
  }
  for (let j = k + 1; judged[j]?.segment.continues === true && judged[j]!.deadline.type === 'none'; j += 1) {
    if (deadline.type === 'event') to = judged[j]!.segment.to
  }
  const raw = trimmed(excerpt(reading, head, to))
  const isLonger = to > segment.to && seen.event !== null
  return isLonger
    ? { ...deadline, raw, condition: trimmed(excerpt(reading, seen.event!.start, to)).replace(/\s+/gu, ' ') }
    : { ...deadline, raw }
}
