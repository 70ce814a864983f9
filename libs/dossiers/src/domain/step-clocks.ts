import type { LocalDate, Moment } from '#calendar'
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
    last = stepOf(procedure.steps, handOver, last)
    const step = procedure.steps[last]
    const finished = handOvers[at + 1] ?? life.end
    if (step === undefined) return { agency: handOver.agency, due: null, result: null }
    const due = stepDue(rulebook, step, handOver.occurredAt, finished?.occurredAt.date ?? null, stops)
    return { agency: step.agency, due, result: resultOf(due, finished?.occurredAt.date ?? null, asOf.date) }
  })
}

/** By number, id or agency as the message says; else by the receiving agency; else the next in order. */
function stepOf(steps: readonly ProcedureStep[], { step, agency }: DossierMessage, last: number): number {
  const named = steps.findIndex(
    ({ id, agency: of }, at) => step !== null && (id === step || of === step || String(at + 1) === step),
  )
  if (named >= 0) return named
  const byAgency = steps.findIndex((candidate, at) => at > last && candidate.agency === agency)
  return byAgency >= 0 ? byAgency : last + 1
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
