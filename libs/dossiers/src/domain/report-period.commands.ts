// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator'
import { IsLocalDate } from '#calendar'
import { SourceDocumentInput } from '#documents/references'

const longestText = 500
const mostPeriods = 100

class PeriodInput {
  /** `2026`, `2026-Q3`, `2026-H1`, `2026-07`, or another part of a year such as `2026-9T`. */
  @Matches(/^\d{4}(-[0-9A-Z]{1,12})?$/) name!: string
  @IsLocalDate() from!: string
  @IsLocalDate() to!: string
  @IsOptional() @IsLocalDate() dueBefore?: string | null
  @IsOptional() @IsString() @MaxLength(longestText) audience?: string | null
}

class SourcedPeriodInput extends PeriodInput {
  @IsString() @Matches(/\S/) @MaxLength(longestText) source!: string
}

/** Periods that come with the program, each with its source. */
export class BeginWithPeriods {
  @IsArray()
  @ArrayMaxSize(mostPeriods)
  @ValidateNested({ each: true })
  @Type(() => SourcedPeriodInput)
  periods!: SourcedPeriodInput[]
}

/** A period as a document sets it. It takes the place of one of its name; what was asked before keeps that. */
export class SetReportPeriod extends PeriodInput {
  @IsObject() @ValidateNested() @Type(() => SourceDocumentInput) document!: SourceDocumentInput
}

/** The transitions of the workflow `report-period`. */
export interface ReportPeriodCommands {
  Begin: BeginWithPeriods
  SetPeriod: SetReportPeriod
}
