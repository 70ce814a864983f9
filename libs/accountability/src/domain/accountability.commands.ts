// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator'
import { IsLocalDate } from '#calendar'
import { closingReasons, type ClosingReason } from './accountability.events.js'
import { duties, type Duty, type OwedDuty } from './duty.js'
import { reminderLevels, type ReminderLevel } from './accountability-rule.js'

const shortText = 500

/** A dossier by its source and code, or a deliverable by its code. */
class OfMatterInput {
  @IsOptional() @IsString() @Length(1, shortText) source?: string
  @IsOptional() @IsString() @Length(1, shortText) dossier?: string
  @IsOptional() @IsString() @Length(1, shortText) deliverable?: string
  @IsLocalDate() due!: string
}

class OwedDutyInput {
  @IsIn(duties) duty!: Duty
  @IsOptional() @IsString() @MaxLength(shortText) owedBy?: string | null
}

class WithDuties extends OfMatterInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(duties.length)
  @ValidateNested({ each: true })
  @Type(() => OwedDutyInput)
  duties!: OwedDuty[]
}

export class ExpectLate extends OfMatterInput {
  @IsOptional() @IsString() @MaxLength(shortText) unit?: string | null
  /** Left out by what was decided before the rule had versions. */
  @IsOptional() @IsString() @Length(1, 60) rule?: string | null
}

export class OpenDuties extends WithDuties {
  @IsLocalDate() since!: string
  @IsString() @Length(1, 60) rule!: string
}

export class RemindOfDuties extends WithDuties {
  @IsIn(reminderLevels) to!: ReminderLevel
  @IsInt() @Min(0) afterDays!: number
}

export class CloseDuties extends OfMatterInput {
  @IsIn(closingReasons) reason!: ClosingReason
}

/** The transitions of the workflow `accountability`. */
export interface AccountabilityCommands {
  Expect: ExpectLate
  Open: OpenDuties
  Remind: RemindOfDuties
  Close: CloseDuties
}
