import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator'

/** Why: about the system, never about a person. */
export class OrderWithReason {
  @IsString() @Matches(/\S/) @MaxLength(500) reason!: string
}

export class RebuildProjection extends OrderWithReason {
  @IsInt() @Min(1) version!: number
}

export class PromoteProjection extends OrderWithReason {
  @IsInt() @Min(1) version!: number
  /** Also where the new build of the same version holds other rows than the live one. Default: no. */
  @IsOptional() @IsBoolean() acceptDifferences?: boolean
}

export class ReplayStream extends OrderWithReason {
  @IsString() @IsNotEmpty() @MaxLength(200) stream!: string
}

const revision = /^\d{1,18}$/

export class DiscardEvents extends ReplayStream {
  /** The first revision left out. */
  @Matches(revision) first!: string
  /** The last revision left out. */
  @Matches(revision) last!: string
}
