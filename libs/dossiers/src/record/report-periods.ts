import { RecordedStates } from '#engine'
import type { EventStore } from '#event-store'
import { deriveId, canonicalJson, type JsonValue } from '#kernel'
import { shippedPeriods, type SetPeriod } from '../domain/report-period.js'
import {
  provincialPeriods,
  reportPeriodWorkflow,
  type ReportPeriodState,
} from '../domain/report-period.workflow.js'

/** The periods that documents set, and the position at which the last of them was recorded; 0: none yet. */
export interface PeriodsOnRecord {
  readonly periods: readonly SetPeriod[]
  readonly position: bigint
}

const byStore = new WeakMap<object, RecordedStates<ReportPeriodState>>()

/** One reader a store, so that each question reads only what is new. */
function statesOf(store: Pick<EventStore, 'readStream'>): RecordedStates<ReportPeriodState> {
  const known = byStore.get(store) ?? new RecordedStates(reportPeriodWorkflow, store)
  byStore.set(store, known)
  return known
}

/**
 * Periods as on record at a position of the log, so that a figure asked for again is of the same days; before any was
 * recorded those that come with the program, which had none on record once.
 *
 * @param at undefined: now.
 */
export async function reportPeriods(
  store: Pick<EventStore, 'readStream'>,
  at?: bigint,
): Promise<PeriodsOnRecord> {
  const states = await statesOf(store).read(provincialPeriods)
  const found = states.findLast(({ position }) => at === undefined || position <= at)
  return found === undefined
    ? { periods: shippedPeriods, position: 0n }
    : { periods: found.state.periods, position: found.position }
}

/** Which a transition is decided on. */
export async function reportPeriodState(store: Pick<EventStore, 'readStream'>): Promise<ReportPeriodState> {
  return (await statesOf(store).read(provincialPeriods)).at(-1)?.state ?? reportPeriodWorkflow.initial
}

/** Enters the periods of the program. Entered again it repeats itself; where any are on record, these stand. */
export function reportPeriodSeedCommand() {
  const data = { periods: shippedPeriods } as unknown as JsonValue
  return {
    id: deriveId('report-period.seed', canonicalJson(data)),
    workflow: reportPeriodWorkflow.name,
    aggregate: provincialPeriods,
    transition: 'Begin',
    data,
  }
}
