import type { LocalDate } from '#calendar'
import type { Deadline } from '#deadlines'
import type { DocumentReference } from '#documents'
import type { Text } from '#kernel'

/** What a plan table (Phụ lục) says, read and not yet commanded. Everything doubtful stands in `warnings`. */
export interface InterpretedPlan {
  readonly sections: readonly InterpretedSection[]
  readonly tasks: readonly InterpretedTask[]
  readonly warnings: readonly ImportWarning[]
}

export interface InterpretedSection {
  /** The Roman number, "II"; "II:2" where it comes twice; "0" for tasks that stand before any section. */
  readonly id: string
  readonly title: string
  readonly row: number
}

export interface InterpretedTask {
  /** `<plan>-<section>-<STT>`, unique in the plan: a repeated STT gets ":2", ":3". */
  readonly code: string
  readonly section: string
  /** The label without its decoration: "01." is "1". Not an identity. */
  readonly stt: string
  readonly title: string
  /** Row in the file of the task's first line; the headings stand in row 1 of a plain table. */
  readonly row: number
  readonly leadCell: string
  readonly coordinateCell: string
  /** At least one, in table order. */
  readonly deliverables: readonly InterpretedDeliverable[]
  /** Every original row of the task, verbatim, by heading. */
  readonly cells: readonly Readonly<Record<string, string>>[]
}

export interface InterpretedDeliverable {
  /** '1', '2', … in table order. */
  readonly id: string
  readonly product: string
  readonly row: number
  /** The Thời gian cell verbatim, or the part of it that is this product's; null where the cell is empty. */
  readonly deadlineRaw: string | null
  /** The note verbatim; null where the cell is empty. */
  readonly note: string | null
  readonly deadline: Deadline
  /** Completed by what the note states; never on time or late: that is a verdict over evidence and deadline. */
  readonly status: 'completed' | null
  /** In the order of the note. The first decides the verdict. */
  readonly evidence: readonly InterpretedEvidence[]
}

export type InterpretedEvidence = Pick<
  DocumentReference,
  'kind' | 'typeCode' | 'number' | 'issuer' | 'raw'
> & { readonly date: LocalDate | null }

export interface ImportWarning {
  /** Null where the table as a whole is meant. */
  readonly row: number | null
  readonly code: ImportWarningCode
  readonly message: Text
}

export type ImportWarningCode =
  | 'agency-ambiguous'
  | 'agency-unknown'
  | 'column-missing'
  | 'column-unknown'
  | 'completion-not-in-note'
  | 'continuation-with-other-cells'
  | 'deadline-doubtful'
  | 'deadline-missing'
  | 'deadline-not-understood'
  | 'declared-count-differs'
  | 'document-incomplete'
  | 'document-not-in-note'
  | 'evidence-before-plan'
  | 'evidence-not-taken'
  | 'evidence-other-kind'
  | 'implausible-date'
  | 'lead-missing'
  | 'malformed-row'
  | 'not-recorded'
  | 'product-missing'
  | 'product-not-in-file'
  | 'section-repeated'
  | 'section-with-other-cells'
  | 'stt-decreasing'
  | 'stt-repeated'
  | 'stt-skipped'
  | 'task-before-section'
  | 'task-not-in-file'
  | 'title-missing'
