import type { LocalDate } from '#calendar'
import type { SourceDocument } from '#documents/references'

/** Who is reminded: the unit or office that owes the duty, its head, or Văn phòng UBND tỉnh. */
export const reminderLevels = ['owing', 'head', 'provincial-office'] as const
export type ReminderLevel = (typeof reminderLevels)[number]

export interface Reminder {
  /** Working days after the day on which the duties were opened, which is not counted. */
  readonly afterDays: number
  readonly to: ReminderLevel
}

/** When a late dossier is announced, and when who is reminded of what it owes. */
export interface AccountabilityTimes {
  /** The dossier is announced as expected late at the start of the last working day at least so many days before. */
  readonly expectedDaysBefore: number
  /** In order of time. */
  readonly reminders: readonly Reminder[]
}

/** One version of the accountability rule, which expectations and opened duties pin. */
export interface AccountabilityRule extends AccountabilityTimes {
  /** Such as `accountability/2`: by order of recording. */
  readonly version: string
  /** First day in force; null: since ever. */
  readonly validFrom: LocalDate | null
  /** Null for the default of the program, which no document sets. */
  readonly document: SourceDocument | null
}

export function ruleVersion(number: number): string {
  return `accountability/${number}`
}

/** A version with the day on which a later one takes over; null: none does. */
export interface RuleInForce {
  readonly rule: AccountabilityRule
  readonly until: LocalDate | null
}

/**
 * The versions one after the other, each from its first day until the next one's: of several from one day the last
 * recorded.
 *
 * @param versions in order of recording.
 */
export function rulesInForce(versions: readonly AccountabilityRule[]): readonly RuleInForce[] {
  const byDay = new Map(versions.map((rule) => [rule.validFrom ?? '', rule]))
  const ordered = [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule)
  return ordered.map((rule, at) => ({ rule, until: ordered[at + 1]?.validFrom ?? null }))
}

/** The version in force on the day. */
export function ruleOn(rules: readonly RuleInForce[], day: LocalDate): AccountabilityRule {
  return rules.find(({ until }) => until === null || day < until)!.rule
}
