/** Who is reminded: the unit or office that owes the duty, its head, or Văn phòng UBND tỉnh. */
export const reminderLevels = ['owing', 'head', 'provincial-office'] as const
export type ReminderLevel = (typeof reminderLevels)[number]

export interface Reminder {
  /** Working days after the day on which the duties were opened, which is not counted. */
  readonly afterDays: number
  readonly to: ReminderLevel
}

/** When a late dossier is announced, and when who is reminded of what it owes. */
export interface AccountabilityRule {
  readonly version: string
  /** The dossier is announced as expected late at the start of the last working day at least so many days before. */
  readonly expectedDaysBefore: number
  /** In order of time. */
  readonly reminders: readonly Reminder[]
}

/** Defaults of this program, not law: no document sets them. A change of a number is a new version. */
export const currentAccountabilityRule: AccountabilityRule = {
  version: 'accountability/1',
  expectedDaysBefore: 1,
  reminders: [
    { afterDays: 1, to: 'owing' },
    { afterDays: 3, to: 'owing' },
    { afterDays: 5, to: 'head' },
    { afterDays: 10, to: 'provincial-office' },
  ],
}
