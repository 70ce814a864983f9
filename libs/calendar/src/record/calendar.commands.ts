// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator'
import {
  sourceConfidences,
  specialDayKinds,
  yearStatuses,
  type SourceConfidence,
  type SpecialDayKind,
  type YearStatus,
} from '../domain/calendar-year.js'

const isoDate = /^\d{4}-\d{2}-\d{2}$/
const longestText = 500
/** Three months of days off: more is a mistake. */
const mostDays = 92

/** Nothing in the calendar changes without the document that says so. */
class Documented {
  @IsString()
  @Matches(/\S/)
  @MaxLength(longestText)
  document!: string

  @IsOptional()
  @Matches(isoDate)
  announcedOn?: string

  /** Left out: the document itself was read. */
  @IsOptional()
  @IsIn(sourceConfidences)
  confidence?: SourceConfidence
}

class OfYear extends Documented {
  @IsInt()
  @Min(1990)
  @Max(2200)
  year!: number
}

export class DayInput {
  @Matches(isoDate)
  date!: string

  @IsIn(specialDayKinds)
  kind!: SpecialDayKind

  @IsString()
  @Matches(/\S/)
  @MaxLength(longestText)
  name!: string

  @IsOptional()
  @Matches(isoDate)
  pairedWith?: string

  /** Left out, with the two below: the document of the command. */
  @IsOptional()
  @IsString()
  @Matches(/\S/)
  @MaxLength(longestText)
  document?: string

  @IsOptional()
  @Matches(isoDate)
  announcedOn?: string

  @IsOptional()
  @IsIn(sourceConfidences)
  confidence?: SourceConfidence
}

export class AnnounceYear extends OfYear {
  @IsIn(yearStatuses)
  status!: YearStatus

  @IsArray()
  @ArrayMaxSize(mostDays)
  @ValidateNested({ each: true })
  @Type(() => DayInput)
  days!: DayInput[]
}

export class ChangeDays extends OfYear {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostDays)
  @ValidateNested({ each: true })
  @Type(() => DayInput)
  set?: DayInput[]

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostDays)
  @Matches(isoDate, { each: true })
  remove?: string[]
}

export class ConfirmYear extends OfYear {}

/** The transitions of the workflow `calendar`. */
export interface CalendarCommands {
  AnnounceYear: AnnounceYear
  ChangeDays: ChangeDays
  ConfirmYear: ConfirmYear
}
