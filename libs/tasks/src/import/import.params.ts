import { Transform } from 'class-transformer'
import {
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator'
import { planCodePattern } from '../domain/inputs/assignment.input.js'
import { IsLocalDate } from '../domain/inputs/fields.js'

const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? Number(value) : value,
)
const toFlag = Transform(({ value }: { value: unknown }) =>
  value === 'true' || value === '' ? true : value === 'false' ? false : value,
)

/** What must be said about a plan table beside the file, from the command line and over HTTP alike. */
export class ImportParams {
  /** Short code of the plan, `CCHC2025`. */
  @Matches(planCodePattern) code!: string
  /** Of the decision: `2972/QĐ-UBND`; left out where the document leaves it blank, as the date. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(200) number?: string
  @IsOptional() @IsLocalDate() date?: string
  @IsString() @IsNotEmpty() @MaxLength(200) issuer!: string
  @toNumber @IsInt() @Min(1945) @Max(2200) year!: number
  @IsOptional() @IsString() @MaxLength(500) title?: string
  /** How many tasks the document says it has. */
  @IsOptional() @toNumber @IsInt() @Min(1) @Max(1_000_000) declared?: number
  /** Whose agencies the names mean; default: Sơn La. */
  @IsOptional() @IsString() @MaxLength(60) province?: string
  @IsOptional() @toFlag @IsBoolean() dryRun?: boolean
  /** Enter what a changed file says otherwise as corrections. */
  @IsOptional() @toFlag @IsBoolean() acceptChanges?: boolean
}
