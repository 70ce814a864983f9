import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { IsLocalDate } from '#calendar'
import { duties } from '#accountability'
import { sorts, type Sort } from './board.sql.js'
import { clocks } from './shelves.js'

/** Filters that hold together. */
export class FindDossiers {
  @IsOptional() @IsString() @MaxLength(500) source?: string
  /** The beginning of the dossier's code; listed by code unless another order is asked for. */
  @IsOptional() @IsString() @MaxLength(500) prefix?: string
  /**
   * Looked for in names of agencies and in codes and names of procedures, word by word without regard to diacritics and
   * case, and at either end of the dossier's code.
   */
  @IsOptional() @IsString() @MaxLength(200) text?: string
  @IsOptional() @IsString() @MaxLength(500) procedure?: string
  /** Id of an agency that the dossier names. */
  @IsOptional() @IsString() @MaxLength(120) agency?: string
  @IsOptional() @IsIn(clocks) clock?: (typeof clocks)[number]
  @IsOptional() @IsIn(['open', 'closed']) state?: 'open' | 'closed'
  @IsOptional() @IsIn(['true', 'false']) late?: 'true' | 'false'
  /** Late dossiers that lack this. */
  @IsOptional() @IsIn(duties) missing?: (typeof duties)[number]
  @IsOptional() @IsLocalDate() dueFrom?: string
  @IsOptional() @IsLocalDate() dueTo?: string
  /** What is open is late or not as of this day; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() asOf?: string
  @IsOptional() @IsIn(sorts) sort?: Sort
  @IsOptional() @IsIn(['asc', 'desc']) order?: 'asc' | 'desc'
  @IsOptional() @IsString() @MaxLength(2_000) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}
