import type { LocalDate } from '#calendar'
import type { ClosingReason } from './accountability.events.js'
import type { DatedReminder } from './dated-reminders.js'
import type { OwedDuty } from './duty.js'

/** One thing with a due date, as a process sees it at one moment: all that its duties hang on, and nothing personal. */
export interface DutiesSight {
  /** The moment. ISO instant. */
  readonly at: string
  /** The due date in force; null where there is none, or none that can be reckoned. */
  readonly due: LocalDate | null
  /** Whether its result, end or present is after the due date. */
  readonly late: boolean
  /** While it is waited for: when lateness is announced, and when it begins. */
  readonly expectedAt: string | null
  readonly overdueAt: string | null
  /** Of what is late. */
  readonly missing: readonly OwedDuty[]
  /** As the rule of the day has them. */
  readonly reminders: readonly DatedReminder[]
}

/** What a process remembers of the duties of one thing. */
export interface DutiesWatch {
  /** The due date whose lateness was announced; null where that is settled. */
  readonly expected: LocalDate | null
  /** The duties that are open; `next` is the place of the first reminder that has not been sent. */
  readonly open: {
    readonly due: LocalDate
    readonly reminders: readonly DatedReminder[]
    readonly next: number
  } | null
}

export const noDuties: DutiesWatch = { expected: null, open: null }

export type DutiesAct =
  | { readonly kind: 'announce' | 'open' }
  | { readonly kind: 'remind'; readonly due: LocalDate; readonly reminder: DatedReminder }
  | { readonly kind: 'close'; readonly due: LocalDate; readonly reason: ClosingReason }

export interface DutiesStep {
  readonly watch: DutiesWatch
  readonly acts: readonly DutiesAct[]
}

/** What follows from a look at the thing: pure, and nothing where nothing has changed. */
export function watchDuties(before: DutiesWatch, sight: DutiesSight): DutiesStep {
  return [openOrClose, remind, announce].reduce<DutiesStep>(
    ({ watch, acts }, step) => {
      const after = step(watch, sight)
      return { watch: after.watch, acts: [...acts, ...after.acts] }
    },
    { watch: before, acts: [] },
  )
}

/** Moments after which something follows if nothing happens; some of them may have passed. */
export function momentsAwaited({ open }: DutiesWatch, { expectedAt, overdueAt }: DutiesSight): string[] {
  const reminder = open?.reminders[open.next]?.at ?? null
  return [expectedAt, overdueAt, reminder].filter((moment) => moment !== null)
}

function openOrClose(watch: DutiesWatch, { late, due, missing, reminders }: DutiesSight): DutiesStep {
  const { open } = watch
  const close = (reason: ClosingReason): DutiesStep => {
    return { watch: { ...watch, open: null }, acts: [{ kind: 'close', due: open!.due, reason }] }
  }
  if (!late) return open === null ? { watch, acts: [] } : close('no-delay')
  if (missing.length === 0) return open === null ? { watch, acts: [] } : close('fulfilled')
  if (open !== null || due === null) return { watch, acts: [] }
  return { watch: { expected: null, open: { due, reminders, next: 0 } }, acts: [{ kind: 'open' }] }
}

/** Of several that were missed together, the last says it all. */
function remind(watch: DutiesWatch, { at }: DutiesSight): DutiesStep {
  const { open } = watch
  if (open === null) return { watch, acts: [] }
  const next = open.reminders.filter((reminder) => !isAfter(reminder.at, at)).length
  if (next <= open.next) return { watch, acts: [] }
  const reminder = open.reminders[next - 1]!
  return {
    watch: { ...watch, open: { ...open, next } },
    acts: [{ kind: 'remind', due: open.due, reminder }],
  }
}

/** What is announced stays so while it is waited for, whatever the rule says by now. */
function announce(watch: DutiesWatch, { due, late, expectedAt, overdueAt, at }: DutiesSight): DutiesStep {
  const { expected, open } = watch
  const isTime = expected === due ? overdueAt !== null : expectedAt !== null && !isAfter(expectedAt, at)
  const isExpected = !late && open === null && isTime
  if (isExpected && expected !== due)
    return { watch: { ...watch, expected: due }, acts: [{ kind: 'announce' }] }
  if (isExpected || expected === null) return { watch, acts: [] }
  return {
    watch: { ...watch, expected: null },
    acts: [{ kind: 'close', due: expected, reason: late ? 'fulfilled' : 'not-expected' }],
  }
}

/** Instants are written alike, in UTC with milliseconds. */
function isAfter(a: string, b: string): boolean {
  return a > b
}
