import type { LocalDate } from '#calendar'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import type { EventStore } from '#event-store'
import type { Clock } from '#kernel'
import type { ImportContext } from './commands-of.js'

/** What a table does not say of its plan. A number or date that the document leaves blank is left out, not made up. */
export interface PlanToImport {
  readonly code: string
  readonly number?: string
  readonly date?: LocalDate
  readonly issuer: string
  readonly year: number
  readonly title?: string
  /** How many tasks the document says it has. */
  readonly declared?: number
}

export interface ImportOptions {
  /** Read and compare, write nothing. */
  readonly dryRun?: boolean
  /** The differences of a changed file were seen and are to be entered as corrections. */
  readonly acceptChanges?: boolean
}

export interface ImportDependencies {
  readonly commands: CommandHandler
  readonly store: EventStore
  readonly clock: Clock
  readonly actor: Actor
  /** Looks an agency up as of the plan's day. */
  readonly resolve: NonNullable<ImportContext['resolve']>
  /** Codes of the tasks of a plan that are on record and not withdrawn. */
  tasksOf(plan: string): Promise<readonly string[]>
}
