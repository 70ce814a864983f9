import type { LocalDate, Moment } from '#calendar'
import { foldVietnamese } from '#kernel'
import { isSameAgency } from './agency-identity.js'
import { stepDeadline, movedByWait } from './deadline.js'
import type { DossierMessage } from './dossier.message.js'
import type { Life } from './life.js'
import type { ProcedureStep, ProcedureVersion } from './procedure.js'
import type { Stop } from './result-clock.js'
import type { Rulebook } from './rulebook.js'

/** How a step stands to its own time; null while it is open and in time, or has no time. */
export type StepResult = 'before' | 'on' | 'after'

export interface StepClock {
  readonly agency: string | null
  /** Null while the dossier is stopped, and of a step the procedure does not know. */
  readonly due: LocalDate | null
  readonly result: StepResult | null
}

/**
 * One clock for each hand-over (form 06). It starts on the day of the hand-over, which is not counted, stands still with
 * the dossier's clock, and ends with the next hand-over or the dossier. Steps never set the dossier's due date.
 */
export function stepClocks(
  rulebook: Rulebook,
  procedure: ProcedureVersion,
  events: readonly DossierMessage[],
  life: Life,
  stops: readonly Stop[],
  asOf: Moment,
): StepClock[] {
  const ended = life.end === null ? events.length : events.indexOf(life.end)
  const handOvers = events.filter(({ type }, at) => type === 'HandedOver' && at < ended)
  let last = -1
  return handOvers.map((handOver, at) => {
    const begun = stepOf(rulebook, procedure.steps, handOver, last)
    const step = procedure.steps[begun]
    const finished = handOvers[at + 1] ?? life.end
    if (step === undefined) return { agency: handOver.agency, due: null, result: null }
    last = begun
    const due = stepDue(rulebook, step, handOver.occurredAt, finished?.occurredAt.date ?? null, stops)
    return { agency: step.agency, due, result: resultOf(due, finished?.occurredAt.date ?? null, asOf.date) }
  })
}

/**
 * By number or id as the message says; else by the agency that it names: a step after the last one goes before one that
 * the dossier goes back to. The next in order only where neither was said; none for what the procedure does not know,
 * so that no agency is measured by another one's time.
 */
function stepOf(
  { agencies = {} }: Rulebook,
  steps: readonly ProcedureStep[],
  { step, agency }: DossierMessage,
  last: number,
): number {
  if (step === null && agency === null) return last + 1
  const numbered = steps.findIndex(
    ({ id }, at) => step !== null && (String(at + 1) === step || (id !== null && isSameText(id, step))),
  )
  if (numbered >= 0) return numbered
  for (const name of [step, agency]) {
    const isNamed = (of: ProcedureStep): boolean => name !== null && isSameAgency(agencies, of.agency, name)
    const ahead = steps.findIndex((of, at) => at > last && isNamed(of))
    const found = ahead >= 0 ? ahead : steps.findLastIndex((of, at) => at <= last && isNamed(of))
    if (found >= 0) return found
  }
  return -1
}

function isSameText(a: string, b: string): boolean {
  return foldVietnamese(a) === foldVietnamese(b)
}

function stepDue(
  rulebook: Rulebook,
  { within }: ProcedureStep,
  handedOver: Moment,
  finished: LocalDate | null,
  stops: readonly Stop[],
): LocalDate | null {
  let deadline = stepDeadline(rulebook, handedOver, within)
  for (const { from, to } of stops) {
    const start = from > handedOver.date ? from : handedOver.date
    const over = to !== null && to <= handedOver.date
    if (over || start > deadline.date || (finished !== null && start > finished)) continue
    const end = to !== null && (finished === null || to <= finished) ? to : finished
    if (end === null) return null
    deadline = movedByWait(rulebook, within, deadline, start, end)
  }
  return deadline.date
}

function resultOf(due: LocalDate | null, finished: LocalDate | null, asOf: LocalDate): StepResult | null {
  if (due === null) return null
  if (finished === null) return asOf > due ? 'after' : null
  return finished < due ? 'before' : finished === due ? 'on' : 'after'
}
