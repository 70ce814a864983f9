import type { Process } from './processing/process.js'
import type { Projection } from './projecting/projection.js'
import type { Query } from './querying/query.js'
import type { Workflow } from './workflow/workflow.js'

/** What a business context brings to the system: one value, listed once where the system is put together. */
export interface Context {
  readonly workflows: readonly Workflow[]
  readonly projections: readonly Projection[]
  readonly queries: readonly Query[]
  /** What it has the system do by itself; default: nothing. */
  readonly processes?: readonly Process[]
}
