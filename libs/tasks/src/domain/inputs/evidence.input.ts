import { Type } from 'class-transformer'
import { ArrayMinSize, ArrayUnique, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator'
import type { LocalDate } from '#calendar'
import type { CompletionBasis } from '../task.events.js'
import {
  CellText,
  DeliverableId,
  FreeText,
  IsLocalDate,
  List,
  maxDeliverables,
  OpaqueId,
  Optional,
  RequiredText,
  ShortText,
} from './fields.js'

export class DocumentInput {
  @Optional() @ShortText() kind?: string | null
  @Optional() @ShortText() typeCode?: string | null
  @Optional() @ShortText() number?: string | null
  @Optional() @IsLocalDate() date?: LocalDate | null
  @Optional() @ShortText() issuer?: string | null
  @Optional() @CellText() raw?: string | null
}

export class SubmitDraftInput {
  @DeliverableId() deliverableId!: string
  @Optional() @ShortText() title?: string | null
  @Optional() @OpaqueId() attachment?: string | null
}

export class IssueInput {
  @DeliverableId() deliverableId!: string
  @IsObject() @ValidateNested() @Type(() => DocumentInput) document!: DocumentInput
}

export class CompleteDocumentInput {
  @DeliverableId() deliverableId!: string
  @DeliverableId() evidenceId!: string
  @Optional() @ShortText() number?: string | null
  @Optional() @IsLocalDate() date?: LocalDate | null
  @Optional() @ShortText() issuer?: string | null
}

export class ReportInput {
  @Optional() @DeliverableId() deliverableId?: string | null
  /** As the reporter names it: "Quý I/2025", "6 tháng đầu năm 2025". */
  @ShortText() period!: string
  @RequiredText() summary!: string
  @Optional() @IsInt() @Min(0) @Max(100) percentage?: number | null
  @Optional() @OpaqueId() attachment?: string | null
}

export class RecordConditionInput {
  @DeliverableId() deliverableId!: string
  /** The day on which the condition of the deadline came true. */
  @IsLocalDate() date!: LocalDate
  /** The due date that follows from it, where the text lets one be derived. */
  @Optional() @IsLocalDate() due?: LocalDate | null
  @Optional() @ShortText() source?: string | null
}

export class CompleteInput {
  @List(maxDeliverables)
  @ArrayMinSize(1)
  @ArrayUnique()
  @DeliverableId({ each: true })
  deliverableIds!: string[]
  /** Day of the acceptance; none where only the note of a table tells. */
  @Optional() @IsLocalDate() acceptedOn?: LocalDate | null
  @Optional() @IsIn(['acceptance', 'note']) basis?: CompletionBasis
}

export class ReopenInput {
  /** Default: every completed deliverable. */
  @Optional() @List(maxDeliverables) @ArrayUnique() @DeliverableId({ each: true }) deliverableIds?: string[]
  @FreeText() reason!: string
}

/** As `RecordCondition` leaves it, for corrections. */
export class ConditionInput {
  @IsLocalDate() date!: LocalDate
  @Optional() @IsLocalDate() due?: LocalDate | null
}
