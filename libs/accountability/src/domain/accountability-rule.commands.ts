// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator'
import { IsLocalDate } from '#calendar'
import { reminderLevels, type ReminderLevel } from './accountability-rule.js'
import { SourceDocumentInput } from '#documents/references'

/** Longer times are mistakes of typing. */
const mostDays = 250
const mostReminders = 20

class ReminderInput {
  @IsInt() @Min(1) @Max(mostDays) afterDays!: number
  @IsIn(reminderLevels) to!: ReminderLevel
}

/** The times that come with the program: openly a default, which no document sets. */
export class BeginWith {
  /** Calendar days before the due date; 0 is the due date itself. */
  @IsInt() @Min(0) @Max(mostDays) expectedDaysBefore!: number

  /** In order of time. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostReminders)
  @ValidateNested({ each: true })
  @Type(() => ReminderInput)
  reminders!: ReminderInput[]
}

/** A version as a document sets it. One from a day that another begins on takes its place for what is opened later. */
export class SetRule extends BeginWith {
  @IsLocalDate() validFrom!: string
  @IsObject() @ValidateNested() @Type(() => SourceDocumentInput) document!: SourceDocumentInput
}

/** The transitions of the workflow `accountability-rule`. */
export interface AccountabilityRuleCommands {
  Begin: BeginWith
  SetVersion: SetRule
}
