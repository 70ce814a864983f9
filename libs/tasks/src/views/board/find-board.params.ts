import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { IsLocalDate } from '../../domain/inputs/fields.js'

export const boardSorts = ['code', 'due', 'title', 'lead', 'updated'] as const
export type BoardSort = (typeof boardSorts)[number]

export const verdicts = ['on-time', 'late', 'undeterminable', 'open', 'overdue'] as const

/** The clock decides what "late today" means; a list of the past names its day. */
export class AsOf {
  /** `2025-09-30`; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
  /** Judge by the due date first given, or by the one in force after extensions (default). */
  @IsOptional() @IsIn(['original', 'extended']) basis?: 'original' | 'extended'
}

/** Filters that hold together: a task is listed when it passes all, and one of its deliverables those on deliverables. */
export class FindBoard extends AsOf {
  @IsOptional() @IsString() @MaxLength(32) plan?: string
  /** Id of an agency that leads. */
  @IsOptional() @IsString() @MaxLength(120) agency?: string
  @IsOptional() @IsString() @MaxLength(16) section?: string
  @IsOptional() @IsString() @MaxLength(32) status?: string
  @IsOptional() @IsIn(verdicts) verdict?: (typeof verdicts)[number]
  @IsOptional() @IsLocalDate() dueFrom?: string
  @IsOptional() @IsLocalDate() dueTo?: string
  /** Searched in titles, products, agencies, codes and document numbers, without regard to diacritics and case. */
  @IsOptional() @IsString() @MaxLength(200) text?: string
  @IsOptional() @IsIn(boardSorts) sort?: BoardSort
  @IsOptional() @IsIn(['asc', 'desc']) order?: 'asc' | 'desc'
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}
