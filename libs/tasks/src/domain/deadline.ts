import type { LocalDate } from '#calendar'

/** What the record needs of a parsed deadline; the rest of the parse is kept with it untouched. */
export interface Deadline {
  readonly raw: string
  readonly type: string
  readonly due: LocalDate | null
  /** The last day that meets the wording: the day before `due` for "trước ngày", else `due`. */
  readonly lastCompliantDay: LocalDate | null
  /** The condition verbatim, where the deadline has one: "sau khi Chính phủ ban hành Nghị quyết". */
  readonly condition: string | null
}
