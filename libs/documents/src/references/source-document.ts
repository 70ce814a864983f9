// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import { IsString, Matches, MaxLength } from 'class-validator'
import { IsLocalDate, type LocalDate } from '#calendar'
import { tidyVietnamese } from '#kernel'

/** The document that something on record stands on, such as a version of a rule: cited whole. */
export interface SourceDocument {
  /** Number and symbol, such as `12/QĐ-UBND`. */
  readonly number: string
  /** Of signing. */
  readonly date: LocalDate
  readonly issuer: string
}

const longestText = 500

export class SourceDocumentInput implements SourceDocument {
  @IsString() @Matches(/\S/) @MaxLength(longestText) number!: string
  @IsLocalDate() date!: string
  @IsString() @Matches(/\S/) @MaxLength(longestText) issuer!: string
}

export function sourceDocumentOf({ number, date, issuer }: SourceDocumentInput): SourceDocument {
  return { number: tidyVietnamese(number), date, issuer: tidyVietnamese(issuer) }
}
