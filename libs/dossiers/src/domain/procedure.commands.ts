// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator'
import { IsLocalDate } from '#calendar'
import { supplementRules, timeUnits, type SupplementRule, type TimeUnit } from './procedure.js'

const shortText = 500
const mostSteps = 50

class WithTime {
  /** Working days may have a half; 0 is the same day. */
  @IsNumber()
  @Min(0)
  @Max(3_660)
  time!: number

  @IsIn(timeUnits)
  unit!: TimeUnit
}

export class StepInput extends WithTime {
  @IsOptional() @IsString() @MaxLength(shortText) id?: string

  @IsString()
  @Matches(/\S/)
  @MaxLength(shortText)
  agency!: string
}

/** One version of a procedure. It replaces the one that begins on the same day, with the reason why that was wrong. */
export class SetVersion extends WithTime {
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  code!: string

  @IsOptional() @IsString() @MaxLength(2_000) name?: string
  @IsOptional() @IsString() @MaxLength(shortText) field?: string
  /** Left out: since ever. */
  @IsOptional() @IsLocalDate() validFrom?: string
  @IsOptional() @IsIn(supplementRules) supplement?: SupplementRule
  @IsOptional() @IsInt() @Min(0) @Max(20) maxSupplements?: number
  @IsOptional() @IsBoolean() feeStopsClock?: boolean
  @IsOptional() @IsBoolean() lastHourRule?: boolean

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostSteps)
  @ValidateNested({ each: true })
  @Type(() => StepInput)
  steps?: StepInput[]

  @IsString()
  @Matches(/\S/)
  @MaxLength(shortText)
  document!: string

  @IsOptional() @IsLocalDate() issuedOn?: string
  /** Required where the version is on record with other content. */
  @IsOptional() @IsString() @Matches(/\S/) @MaxLength(2_000) reason?: string
}

export interface ProcedureCommands {
  SetVersion: SetVersion
}
