import { formatVietnameseDate, parseMoment, type LocalDate } from '#calendar'
import { printableLine } from './printable-text.js'
import { figureInvalid } from './writing-errors.js'

/** Two counts of which the percentage is shown. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** Twenty thousand times this is still a whole number that a double holds exactly. */
const largestCount = 100_000_000_000

/**
 * Hundredths of a percent, half up, in whole numbers to the last step: 1 of 800 is 13. Null where the denominator
 * is 0: a share of nothing is none, not 0 %.
 *
 * @throws RoviecError `figure-invalid` for counts that are no whole numbers from 0 to 10^11.
 */
export function hundredthsOfPercent({ numerator, denominator }: Fraction): number | null {
  for (const count of [numerator, denominator])
    if (!Number.isInteger(count) || count < 0 || count > largestCount) throw figureInvalid(count)
  if (denominator === 0) return null
  return Math.floor((numerator * 20_000 + denominator) / (2 * denominator))
}

/** Shown where a percentage does not exist. */
export const noPercentage = 'không có'

/** `95,24 %`; `không có` where the denominator is 0. */
export function formatPercent(fraction: Fraction): string {
  const hundredths = hundredthsOfPercent(fraction)
  if (hundredths === null) return noPercentage
  return `${formatInteger(Math.floor(hundredths / 100))},${twoDigits(hundredths % 100)} %`
}

/** `1.234.567`. */
export function formatInteger(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, '.')
}

/**
 * `ngày 05 tháng 02 năm 2025`: days below 10 and the months 1 and 2 with a leading zero (Nghị định 30/2020/NĐ-CP, Phụ
 * lục I, Phần I, Mục II, khoản 4 điểm b). Dotted where the day is not known yet.
 */
export function formatLongDate(date: LocalDate | null): string {
  if (date === null) return 'ngày …… tháng …… năm ………'
  const month = Number(date.slice(5, 7))
  return `ngày ${date.slice(8, 10)} tháng ${month < 3 ? `0${month}` : month} năm ${date.slice(0, 4)}`
}

/**
 * A day, or an instant at Vietnam's clock: `16 giờ 30 phút, ngày 15 tháng 4 năm 2026`.
 *
 * @throws RoviecError `moment-invalid`.
 */
export function formatLongMoment(text: string): string {
  const { date, time } = parseMoment(text)
  if (time === null) return formatLongDate(date)
  const minutes = Math.floor(time / 60_000)
  return `${twoDigits(Math.floor(minutes / 60))} giờ ${twoDigits(minutes % 60)} phút, ${formatLongDate(date)}`
}

export interface ReportPeriod {
  readonly from: LocalDate
  readonly to: LocalDate
}

/** How far the log was read for a report, and when: what makes it reproducible. */
export interface CutOff {
  readonly position: string
  /** An instant with its offset, `2025-12-12T07:05:09Z`; shown at Vietnam's clock. */
  readonly at: string
}

/** By which definition a figure was counted. */
export interface FormulaName {
  readonly name: string
  /** Where the name does not contain it. */
  readonly version?: string
  /** The document that defines it. */
  readonly source?: string
}

/** Both end days belong to the period. */
export function periodText({ from, to }: ReportPeriod): string {
  return `Kỳ báo cáo: từ ngày ${formatVietnameseDate(from)} đến hết ngày ${formatVietnameseDate(to)}`
}

/** @throws RoviecError `moment-invalid`. */
export function cutOffText({ position, at }: CutOff): string {
  const { date, time } = parseMoment(at)
  const seconds = Math.floor((time ?? 0) / 1000)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':')
  const moment = `${time === null ? '' : `${clock} `}ngày ${formatVietnameseDate(date)}`
  return `Số liệu tính đến vị trí ${printableLine(position)} của nhật ký sự kiện, chốt lúc ${moment}`
}

export function formulaText({ name, version, source }: FormulaName): string {
  const parts = [
    `Công thức: ${printableLine(name)}`,
    ...(version === undefined ? [] : [`phiên bản ${printableLine(version)}`]),
    ...(source === undefined ? [] : [`nguồn: ${printableLine(source)}`]),
  ]
  return parts.join('; ')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
