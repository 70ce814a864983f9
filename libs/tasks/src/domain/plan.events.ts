import type { LocalDate } from '#calendar'
import type { Personal } from '#engine/workflow'
import type { Text } from '#kernel'

interface PlanSection {
  /** The Roman number that opens it in the table. */
  readonly id: string
  readonly title: string
}

interface PlanImportWarning {
  readonly row: number | null
  readonly code: string
  readonly message: Text
}

export interface PlanRegistered {
  /** Null where the document leaves it blank: completed later by a correction. */
  readonly number: string | null
  readonly date: LocalDate | null
  readonly issuer: string
  readonly title: string | null
  readonly year: number
  readonly period: { readonly from: LocalDate; readonly to: LocalDate } | null
  /** How many tasks the document itself says it has; the import reports a difference. */
  readonly declaredTasks: number | null
  readonly sections: readonly PlanSection[]
}

interface PlanImportRecorded {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly fileDigest: string
  readonly fileName: string
  readonly sections: readonly PlanSection[]
  readonly tasks: number
  readonly deliverables: number
  readonly evidence: number
  /** The first ones; `warningCount` counts all. */
  readonly warnings: readonly PlanImportWarning[]
  readonly warningCount: number
}

export interface PlanChange {
  readonly field: keyof PlanRegistered
  readonly before: unknown
  readonly after: unknown
}

export interface PlanEvents {
  'plan.Registered': PlanRegistered
  'plan.ImportRecorded': PlanImportRecorded
  'plan.Corrected': {
    /** Id of the event that said it wrong. */
    readonly corrects: string
    readonly reason: Personal
    readonly changes: readonly PlanChange[]
  }
}

/** Sealed whole before it reaches the log, as in `taskPersonalFields`. */
export const planPersonalFields = {
  'plan.Corrected': ['reason'],
} as const satisfies { [Type in keyof PlanEvents]?: readonly (keyof PlanEvents[Type])[] }
