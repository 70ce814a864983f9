import { Type } from 'class-transformer'
import { ArrayMinSize, IsDefined, IsIn, IsUUID, ValidateIf, ValidateNested } from 'class-validator'
import type { LocalDate } from '#calendar'
import { correctableFields, type CorrectableField } from '../task.events.js'
import { DocumentInput } from './evidence.input.js'
import { DeliverableId, FreeText, IsLocalDate, List, Optional } from './fields.js'

export class RequestExtensionInput {
  @DeliverableId() deliverableId!: string
  /** The new due date asked for. */
  @IsLocalDate() due!: LocalDate
  @FreeText() reason!: string
}

export class GrantExtensionInput {
  @DeliverableId() deliverableId!: string
  /** The new due date given: the one asked for or another. */
  @IsLocalDate() due!: LocalDate
  @Optional() @FreeText() reason?: string | null
}

export class OnDeliverableInput {
  @DeliverableId() deliverableId!: string
}

export class OnDeliverableWithReasonInput {
  @DeliverableId() deliverableId!: string
  @FreeText() reason!: string
}

export class MarkOverdueInput {
  @DeliverableId() deliverableId!: string
  /** The due date that passed: must still be the one in force. */
  @IsLocalDate() due!: LocalDate
  /** The day by the clock that told it; default: today. */
  @Optional() @IsLocalDate() asOf?: LocalDate | null
}

export class ExplainInput {
  @DeliverableId() deliverableId!: string
  @FreeText() text!: string
}

export class IssueApologyInput {
  @DeliverableId() deliverableId!: string
  @FreeText() text!: string
  @Optional() @ValidateNested() @Type(() => DocumentInput) document?: DocumentInput | null
}

export class ChangeInput {
  @IsIn(correctableFields) field!: CorrectableField
  @Optional() @DeliverableId() deliverableId?: string | null
  @Optional() @DeliverableId() evidenceId?: string | null
  /** Null empties the field, and strikes out a document. */
  @ValidateIf((change: ChangeInput) => change.after !== null)
  @IsDefined()
  after!: unknown
}

export class CorrectInput {
  /** Id of the event that is wrong. */
  @IsUUID('all') eventId!: string
  @FreeText() reason!: string
  @List(50)
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => ChangeInput)
  changes!: ChangeInput[]
}
