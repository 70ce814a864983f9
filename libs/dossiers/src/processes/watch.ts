import { momentsAwaited, noDuties, watchDuties, type DutiesAct, type DutiesWatch } from '#accountability'
import type { LocalDate } from '#calendar'
import type { Sight } from './sight.js'

/** What the process remembers of a dossier. */
export interface Watch extends DutiesWatch {
  /** When its timer is due; null where none is set. At most one is, whatever there is to wait for. */
  readonly wake: string | null
  /** Due dates whose passing was raised. */
  readonly overdue: readonly LocalDate[]
  /** Last days of supplements that were raised. */
  readonly expired: readonly LocalDate[]
}

export const nothingWatched: Watch = { ...noDuties, wake: null, overdue: [], expired: [] }

export type Act =
  | DutiesAct
  | { readonly kind: 'expire-supplement' | 'mark-overdue'; readonly due: LocalDate }
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
  const judging = [expireSupplement, markOverdue, duties]
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

function duties(watch: Watch, sight: Sight): Step {
  const { watch: watched, acts } = watchDuties(watch, sight)
  return { watch: { ...watch, ...watched }, acts }
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

function nextOf(watch: Watch, sight: Sight): string | null {
  const { at, supplement, nextFactAt } = sight
  const supplementOver =
    supplement !== null && !watch.expired.includes(supplement.due) ? supplement.over : null
  const moments = [supplementOver, nextFactAt].filter((moment) => moment !== null)
  return (
    [...moments, ...momentsAwaited(watch, sight)].filter((moment) => isAfter(moment, at)).toSorted()[0] ??
    null
  )
}

/** Instants are written alike, in UTC with milliseconds. */
function isAfter(a: string, b: string): boolean {
  return a > b
}
