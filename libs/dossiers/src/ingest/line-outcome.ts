import type { Problem } from '../evaluate/line-rejection.js'

/** What became of a line. `repeated`: it was on record already and added nothing. */
export interface LineOutcome {
  readonly line: number
  readonly outcome: 'accepted' | 'repeated' | 'rejected'
  /** Why it was rejected and what to do; null for what was taken. */
  readonly problem: Problem | null
  /** What was found odd about a line that was taken. */
  readonly warnings: readonly Problem[]
}

export interface IngestSummary {
  readonly lines: number
  readonly accepted: number
  readonly repeated: number
  readonly rejected: number
  /** Of the last event written: what a reader has to have reached to see everything. Null where nothing was. */
  readonly position: bigint | null
}
