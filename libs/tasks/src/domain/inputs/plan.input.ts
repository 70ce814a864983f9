import { Type } from 'class-transformer'
import { IsInt, IsObject, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator'
import type { LocalDate } from '#calendar'
import { FreeText, IsLocalDate, List, Optional, RequiredText, ShortText } from './fields.js'

/** More than that and the file is no plan; the rest is counted, and shown by importing again without recording. */
const maxWarnings = 500
const maxSections = 100
const maxTasks = 1_000_000

class SectionInput {
  @ShortText() id!: string
  @RequiredText() title!: string
}

class PeriodInput {
  @IsLocalDate() from!: LocalDate
  @IsLocalDate() to!: LocalDate
}

class PlanDetailsInput {
  @Optional() @RequiredText() title?: string | null
  @Optional() @ValidateNested() @Type(() => PeriodInput) period?: PeriodInput | null
  @Optional() @IsInt() @Min(1) @Max(maxTasks) declaredTasks?: number | null
  @Optional()
  @List(maxSections)
  @ValidateNested({ each: true })
  @Type(() => SectionInput)
  sections?: SectionInput[]
}

export class RegisterPlanInput extends PlanDetailsInput {
  @Optional() @ShortText() number?: string | null
  @Optional() @IsLocalDate() date?: LocalDate | null
  @ShortText() issuer!: string
  @IsInt() @Min(1945) @Max(2200) year!: number
}

class MessageInput {
  @RequiredText() vi!: string
  @RequiredText() en!: string
}

class WarningInput {
  @Optional() @IsInt() @Min(0) row?: number | null
  @ShortText() code!: string
  @IsObject() @ValidateNested() @Type(() => MessageInput) message!: MessageInput
}

export class RecordImportInput {
  @Matches(/^[0-9a-f]{64}$/) fileDigest!: string
  @ShortText() fileName!: string
  @List(maxSections) @ValidateNested({ each: true }) @Type(() => SectionInput) sections!: SectionInput[]
  @IsInt() @Min(0) @Max(maxTasks) tasks!: number
  @IsInt() @Min(0) deliverables!: number
  @IsInt() @Min(0) evidence!: number
  @List(maxWarnings) @ValidateNested({ each: true }) @Type(() => WarningInput) warnings!: WarningInput[]
  /** How many there were; default: as many as are given. */
  @Optional() @IsInt() @Min(0) warningCount?: number
}

/** Members that are given replace what is recorded; null empties what may be empty. */
class PlanChangesInput extends PlanDetailsInput {
  @Optional() @ShortText() number?: string
  @Optional() @IsLocalDate() date?: LocalDate
  @Optional() @ShortText() issuer?: string
  @Optional() @IsInt() @Min(1945) @Max(2200) year?: number
}

export class CorrectPlanInput {
  @IsUUID('all') eventId!: string
  @FreeText() reason!: string
  @IsObject() @ValidateNested() @Type(() => PlanChangesInput) changes!: PlanChangesInput
}
