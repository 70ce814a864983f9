import type { LocalDate } from '../local-date.js'

/**
 * How a day differs from what its weekday says: `holiday` (nghỉ lễ, Tết), `compensatory` (nghỉ bù for a holiday that
 * fell on a day off), `swap` (nghỉ hoán đổi, worked on another day) or `working-saturday` (làm bù).
 */
export type SpecialDayKind = (typeof specialDayKinds)[number]

export const specialDayKinds = ['holiday', 'compensatory', 'swap', 'working-saturday'] as const

/** How far a source goes: the document itself was read, somebody reports it, or it still has to be compared. */
export type SourceConfidence = (typeof sourceConfidences)[number]

export const sourceConfidences = ['document', 'secondary', 'unverified'] as const

/** What an entry of the calendar stands on. */
export interface CalendarSource {
  /** Kind, number and symbol of the announcement, or what is known instead of it. */
  readonly document: string
  /** The day of the announcement; null where not known. */
  readonly announcedOn: LocalDate | null
  readonly confidence: SourceConfidence
}

export interface SpecialDay {
  readonly date: LocalDate
  readonly kind: SpecialDayKind
  /** What is celebrated or made up for, in the words of officials: "Giỗ Tổ Hùng Vương". */
  readonly name: string
  /** Of a swap the Saturday worked for it, of a working Saturday the day off it stands for; null where not known. */
  readonly pairedWith: LocalDate | null
  readonly source: CalendarSource
}

/** `provisional` until the days off of the year have been announced for good. */
export type YearStatus = (typeof yearStatuses)[number]

export const yearStatuses = ['confirmed', 'provisional'] as const

export interface CalendarYear {
  readonly year: number
  readonly status: YearStatus
  readonly source: CalendarSource
  /** In order of date; days not listed are worked from Monday to Friday. */
  readonly days: readonly SpecialDay[]
}

/** One version of a calendar: `vn` number 3 is the version `vn/3`. Plain data, as it is folded from the record. */
export interface CalendarData {
  readonly name: string
  readonly number: number
  /** Without gaps, in order. */
  readonly years: readonly CalendarYear[]
}
