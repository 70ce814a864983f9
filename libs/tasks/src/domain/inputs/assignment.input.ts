import { Type } from 'class-transformer'
import { ArrayMinSize, IsBoolean, IsInt, IsObject, Matches, Max, Min, ValidateNested } from 'class-validator'
import type { LocalDate } from '#calendar'
import type { Deadline } from '#deadlines'
import {
  CellText,
  DeliverableId,
  FreeText,
  IsDeadline,
  IsLocalDate,
  IsRowOfTexts,
  List,
  maxDeliverables,
  OpaqueId,
  Optional,
  RequiredText,
  ShortText,
} from './fields.js'

/** Code of a plan: `CCHC2025`. No hyphen, which parts plan, section and row in the code of a task. */
export const planCodePattern = /^[A-Za-z0-9._]{1,32}$/

export class PartyInput {
  @Optional() @OpaqueId() agencyId?: string | null
  @ShortText() name!: string
  @Optional() @IsBoolean() collective?: boolean
}

export class AssignerInput {
  @Optional() @OpaqueId() agencyId?: string | null
  @ShortText() name!: string
}

class PlanReferenceInput {
  @Matches(planCodePattern) code!: string
  @Optional() @ShortText() number?: string | null
  @Optional() @IsLocalDate() date?: LocalDate | null
  @IsInt() @Min(1945) @Max(2200) year!: number
}

export class RuleDueInput {
  @IsLocalDate() due!: LocalDate
  @ShortText() source!: string
}

export class DeliverableInput {
  @RequiredText() product!: string
  @Optional() @CellText() deadlineRaw?: string | null
  @IsDeadline() deadline!: Deadline
  @Optional() @ValidateNested() @Type(() => RuleDueInput) ruleDue?: RuleDueInput | null
  @Optional() @CellText() note?: string | null
  @Optional() @IsInt() @Min(1) row?: number | null
}

class AssignedDeliverableInput extends DeliverableInput {
  @DeliverableId() id!: string
}

export class AddDeliverableInput extends DeliverableInput {
  /** The number it is to get, by what the sender knows of the task; default: the next one. */
  @Optional() @DeliverableId() id?: string | null
}

export class WithdrawDeliverableInput {
  @DeliverableId() deliverableId!: string
  /** The decision that takes it out of the plan. */
  @ShortText() decision!: string
  @FreeText() reason!: string
}

export class AssignInput {
  @IsObject() @ValidateNested() @Type(() => PlanReferenceInput) plan!: PlanReferenceInput
  @ShortText() section!: string
  @ShortText() stt!: string
  @RequiredText() title!: string
  @IsObject() @ValidateNested() @Type(() => AssignerInput) assigner!: AssignerInput
  @List(50) @ValidateNested({ each: true }) @Type(() => PartyInput) lead!: PartyInput[]
  @Optional() @CellText() leadCell?: string
  @Optional() @List(200) @ValidateNested({ each: true }) @Type(() => PartyInput) coordinate?: PartyInput[]
  @Optional() @CellText() coordinateCell?: string
  @Optional() @OpaqueId() responsible?: string | null
  @List(maxDeliverables)
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => AssignedDeliverableInput)
  deliverables!: AssignedDeliverableInput[]
  /** Every original row verbatim, by heading. */
  @Optional() @List(maxDeliverables) @IsRowOfTexts({ each: true }) cells?: Record<string, string>[]
}

export class AcceptInput {
  /** The official who takes charge, by opaque id. */
  @Optional() @OpaqueId() responsible?: string | null
}

/** A command that says nothing but why. */
export class ReasonInput {
  @FreeText() reason!: string
}

export class ReassignInput {
  @List(50)
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => PartyInput)
  lead!: PartyInput[]
  /** Default: as before. */
  @Optional() @List(200) @ValidateNested({ each: true }) @Type(() => PartyInput) coordinate?: PartyInput[]
  @Optional() @OpaqueId() responsible?: string | null
  @FreeText() reason!: string
}

class SuccessorInput {
  @OpaqueId() agencyId!: string
  @ShortText() name!: string
}

export class HandOverInput {
  /** Id of the agency that ends or gives the function away. */
  @OpaqueId() from!: string
  @IsObject() @ValidateNested() @Type(() => SuccessorInput) to!: SuccessorInput
  /** The decision on the succession. */
  @Optional() @ShortText() decision?: string | null
  @IsLocalDate() date!: LocalDate
}
