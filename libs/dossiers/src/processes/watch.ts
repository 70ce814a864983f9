import type { LocalDate } from '#calendar'
import type { ClosingReason } from '../domain/accountability.events.js'
import type { DatedReminder, Sight } from './sight.js'

/** What the process remembers of a dossier. */
export interface Watch {
  /** When its timer is due; null where none is set. At most one is, whatever there is to wait for. */
  readonly wake: string | null
  /** The due date whose lateness was announced; null where that is settled. */
  readonly expected: LocalDate | null
  /** Due dates whose passing was raised. */
  readonly overdue: readonly LocalDate[]
  /** Last days of supplements that were raised. */
  readonly expired: readonly LocalDate[]
  /** The duties that are open; `next` is the place of the first reminder that has not been sent. */
  readonly open: {
    readonly due: LocalDate
    readonly reminders: readonly DatedReminder[]
    readonly next: number
  } | null
}

export const nothingWatched: Watch = { wake: null, expected: null, overdue: [], expired: [], open: null }

export type Act =
  | { readonly kind: 'expire-supplement' | 'mark-overdue'; readonly due: LocalDate }
  | { readonly kind: 'announce' | 'open' }
  | { readonly kind: 'remind'; readonly due: LocalDate; readonly reminder: DatedReminder }
  | { readonly kind: 'close'; readonly due: LocalDate; readonly reason: ClosingReason }
  | { readonly kind: 'cancel-wake' | 'set-wake'; readonly at: string }

export interface Step {
  readonly watch: Watch
  readonly acts: readonly Act[]
}

/**
 * What follows from a look at the dossier: pure, and nothing where nothing has changed. A look that could judge nothing
 * shows neither a delay nor that there was none: what is announced and owed stays as it is until one can.
 */
export function look(before: Watch, sight: Sight): Step {
  const woken = before.wake === sight.fired ? { ...before, wake: null } : before
  const judging = [expireSupplement, markOverdue, openOrClose, remind, announce]
  const steps = sight.unreckoned === null ? [...judging, setWake] : [setWake]
  return steps.reduce<Step>(
    ({ watch, acts }, step) => {
      const after = step(watch, sight)
      return { watch: after.watch, acts: [...acts, ...after.acts] }
    },
    { watch: woken, acts: [] },
  )
}

function expireSupplement(watch: Watch, { supplement, at }: Sight): Step {
  if (supplement === null || isAfter(supplement.over, at) || watch.expired.includes(supplement.due))
    return { watch, acts: [] }
  const { due } = supplement
  return {
    watch: { ...watch, expired: [...watch.expired, due] },
    acts: [{ kind: 'expire-supplement', due }],
  }
}

function markOverdue(watch: Watch, { late, due }: Sight): Step {
  if (!late || due === null || watch.overdue.includes(due)) return { watch, acts: [] }
  return { watch: { ...watch, overdue: [...watch.overdue, due] }, acts: [{ kind: 'mark-overdue', due }] }
}

function openOrClose(watch: Watch, { late, due, missing, reminders }: Sight): Step {
  const { open } = watch
  const close = (reason: ClosingReason): Step => {
    return { watch: { ...watch, open: null }, acts: [{ kind: 'close', due: open!.due, reason }] }
  }
  if (!late) return open === null ? { watch, acts: [] } : close('no-delay')
  if (missing.length === 0) return open === null ? { watch, acts: [] } : close('fulfilled')
  if (open !== null || due === null) return { watch, acts: [] }
  return { watch: { ...watch, expected: null, open: { due, reminders, next: 0 } }, acts: [{ kind: 'open' }] }
}

/** Of several that were missed together, the last says it all. */
function remind(watch: Watch, { at }: Sight): Step {
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

function announce(watch: Watch, { due, late, expectedAt, at }: Sight): Step {
  const { expected, open } = watch
  const isExpected = !late && open === null && expectedAt !== null && !isAfter(expectedAt, at)
  if (isExpected && expected !== due)
    return { watch: { ...watch, expected: due }, acts: [{ kind: 'announce' }] }
  if (isExpected || expected === null) return { watch, acts: [] }
  return {
    watch: { ...watch, expected: null },
    acts: [{ kind: 'close', due: expected, reason: late ? 'fulfilled' : 'not-expected' }],
  }
}

/** One timer, for whatever comes first. */
function setWake(watch: Watch, sight: Sight): Step {
  const { wake } = watch
  const next = nextOf(watch, sight)
  if (next === wake) return { watch, acts: [] }
  const cancelled: readonly Act[] = wake === null ? [] : [{ kind: 'cancel-wake', at: wake }]
  const set: readonly Act[] = next === null ? [] : [{ kind: 'set-wake', at: next }]
  return { watch: { ...watch, wake: next }, acts: [...cancelled, ...set] }
}

function nextOf({ expired, open }: Watch, sight: Sight): string | null {
  const { at, expectedAt, overdueAt, supplement, nextFactAt } = sight
  const reminder = open?.reminders[open.next]?.at ?? null
  const supplementOver = supplement !== null && !expired.includes(supplement.due) ? supplement.over : null
  const waitedFor = [expectedAt, overdueAt, supplementOver, reminder, nextFactAt]
  return (
    waitedFor
      .filter((moment): moment is string => moment !== null && isAfter(moment, at))
      .toSorted()
      .at(0) ?? null
  )
}

/** Instants are written alike, in UTC with milliseconds. */
function isAfter(a: string, b: string): boolean {
  return a > b
}
