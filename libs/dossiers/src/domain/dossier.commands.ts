// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import { IsLocalDate } from '#calendar'
import type { DossierFact } from './dossier.events.js'
import { apologyRules, type ApologyRule, type DossierMessageType } from './dossier.message.js'
import { isFact } from './is-fact.js'

/** Reasons, explanations, apologies: two typed pages. */
const longText = 8_000
const shortText = 500

/** A fact as a source tells it: what kind, and all that an event keeps but for what is known only here. */
export interface ToldFact extends Omit<DossierFact, 'source' | 'dossier' | 'receivedAt' | 'own'> {
  readonly type: DossierMessageType
  /** By the system alone, of facts whose receipt elsewhere is on record: default is now. */
  readonly receivedAt?: string
}

/** Messages of one dossier that a source told one after the other: taken together or not at all. */
export class TakeMessages {
  @IsString() @Length(1, shortText) source!: string
  @IsString() @Length(1, shortText) dossier!: string

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateBy({
    name: 'isObject',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.every(isFact),
      defaultMessage: () => 'each must be a fact about the dossier as the reader of lines gives it',
    },
  })
  messages!: ToldFact[]
}

export class OfficeInput {
  @IsOptional() @IsString() @MaxLength(shortText) agency?: string
  @IsOptional() @IsString() @MaxLength(shortText) position?: string
  @IsOptional() @IsString() @MaxLength(shortText) name?: string
}

export class Explain {
  @IsString() @Length(1, longText) @Matches(/\S/) text!: string
  @IsOptional() @ValidateNested() @Type(() => OfficeInput) by?: OfficeInput
}

/** Who decides on the explanation, by the dossier as it was assessed: see `assessForExplanation`, which alone fills it in. */
export class AssessedUnit {
  /** Messages that the assessment took in. */
  @IsInt() @Min(0) messages!: number
  /** The agency whose head decides where that is not the actor; null where the actor may. */
  @ValidateIf((_, value) => value !== null) @IsString() @Length(1, shortText) decidedBy!: string | null
}

export class AcceptExplanation {
  @ValidateNested() @Type(() => AssessedUnit) assessed!: AssessedUnit
  @IsOptional() @ValidateNested() @Type(() => OfficeInput) by?: OfficeInput
}

export class RejectExplanation {
  @ValidateNested() @Type(() => AssessedUnit) assessed!: AssessedUnit
  @IsString() @Length(1, longText) @Matches(/\S/) reason!: string
  @IsOptional() @ValidateNested() @Type(() => OfficeInput) by?: OfficeInput
}

/** Mẫu 04: xin lỗi và hẹn lại ngày trả kết quả. */
export class IssueApology {
  @IsString() @Length(1, longText) @Matches(/\S/) reason!: string
  @IsOptional() @IsLocalDate() newDate?: string
  @ValidateNested() @Type(() => OfficeInput) signer!: OfficeInput
  @IsOptional() @IsIn(apologyRules) apologyRule?: ApologyRule
}

export class DeliverApology {
  /** How it reached the citizen. */
  @IsOptional() @IsString() @Length(1, longText) how?: string
}

/** What stood when the dossier was assessed: see `closeDossier`, which alone fills it in. */
export class Assessed {
  /** Messages that the assessment took in. */
  @IsInt() @Min(0) messages!: number
  @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) missing!: string[]
}

export class Close {
  @ValidateNested() @Type(() => Assessed) assessed!: Assessed
}

export class ChangeInput {
  @IsOptional() @IsString() @MaxLength(40) occurredAt?: string
  @IsOptional() @IsBoolean() void?: boolean
}

export class Correct {
  /** Id of the fact that is wrong. */
  @IsString() @Length(1, shortText) corrects!: string
  @ValidateNested() @Type(() => ChangeInput) change!: ChangeInput
  @IsString() @Length(1, longText) @Matches(/\S/) reason!: string
  @IsOptional() @ValidateNested() @Type(() => OfficeInput) by?: OfficeInput
}

export class MarkOverdue {
  /** The legal due date that passed. */
  @IsLocalDate() due!: string
}

export class MarkSupplementExpired {
  /** The last day on which the supplement could come. */
  @IsLocalDate() due!: string
}

/** The transitions of the workflow `dossier`. */
export interface DossierCommands {
  TakeMessages: TakeMessages
  Explain: Explain
  AcceptExplanation: AcceptExplanation
  RejectExplanation: RejectExplanation
  IssueApology: IssueApology
  DeliverApology: DeliverApology
  Close: Close
  Correct: Correct
  MarkOverdue: MarkOverdue
  MarkSupplementExpired: MarkSupplementExpired
}
