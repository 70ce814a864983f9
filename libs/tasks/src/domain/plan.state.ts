import type { PlanRegistered } from './plan.events.js'

/** Plain JSON: views keep it as it is and fold on from there. */
export interface PlanState {
  readonly status: 'absent' | 'registered'
  readonly details: PlanRegistered | null
  /** Digests of the files imported into it, each once, the latest last. */
  readonly imported: readonly string[]
}
