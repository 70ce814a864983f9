import type { LocalDate } from '#calendar'

/** How sure the registry is of a name. */
export type NameStatus = 'found' | 'collective' | 'unknown' | 'ambiguous'

/** What a plan table must be told that it does not say itself. */
export interface PlanReading {
  /** Short code of the plan, "CCHC2025": the beginning of every task's id. */
  readonly plan: string
  /** The plan's year, or the first of its period: where a deadline names none. */
  readonly year: number
  /** Day of the decision that issued the plan; null while it is unknown ("ngày    tháng 7 năm 2025"). */
  readonly planDate: LocalDate | null
  /** Number of tasks the document says it has ("Phụ lục này có 72 nhiệm vụ"). */
  readonly declared?: number
  /** Looks an agency up as of the plan; without it names are not checked. */
  readonly resolve?: (name: string) => { readonly status: NameStatus }
}
