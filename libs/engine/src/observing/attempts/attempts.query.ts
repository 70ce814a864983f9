import { Transform } from 'class-transformer'
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { instantOf, IsMoment } from '../../querying/moment.js'
import type { Asking, Query } from '../../querying/query.js'
import { attemptLogProjection } from './attempt-log.projection.js'
import { countAttempts, selectAttempts } from './attempt-log.sql.js'

/** Those who look into what others did; a person's own attempts are no secret to them. */
export const inspectors = ['inspectorate', 'auditor', 'operator'] as const

const defaultLimit = 100

export class AttemptsAsked {
  @IsOptional() @IsString() @MaxLength(120) actor?: string
  /** Of the reason, such as `not-permitted`. */
  @IsOptional() @IsString() @MaxLength(100) code?: string
  /** From this day (its start in UTC) or instant on. */
  @IsOptional() @IsMoment() since?: string
  /** Before this day (its start in UTC) or instant. */
  @IsOptional() @IsMoment() until?: string
  /** What the page before ended with. */
  @IsOptional() @Matches(/^\d{1,18}$/) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

export interface AttemptListed {
  readonly position: string
  readonly at: string
  readonly actor: string
  readonly agency: string | null
  /** `suppressed` stands for attempts that were only counted. */
  readonly kind: 'command' | 'query' | 'sign-in' | 'suppressed'
  readonly target: string | null
  readonly transition: string | null
  readonly aggregate: string | null
  readonly code: string | null
  readonly commandId: string | null
  readonly dryRun: boolean
  readonly counted: number
  /** Of those only counted, how many met which reason. */
  readonly reasons: Readonly<Record<string, number>> | null
}

export interface AttemptsPage {
  /** The newest first. */
  readonly items: readonly AttemptListed[]
  /** Rows in all. */
  readonly total: number
  /** Attempts in all: more than rows where some were only counted. */
  readonly attempts: number
  readonly next: string | null
}

/** Denied and invalid attempts: who tried what, when, and what forbade it. */
export const findAttempts: Query<AttemptsAsked, AttemptsPage> = {
  name: 'engine.attempts',
  text: { vi: 'Các lần thao tác bị từ chối', en: 'Attempts that were refused' },
  input: AttemptsAsked,
  roles: inspectors,
  view: attemptLogProjection,
  async answer({ params, database }: Asking<AttemptsAsked>): Promise<AttemptsPage> {
    const { actor = null, code = null, since = null, until = null, cursor = null } = params
    const limit = params.limit ?? defaultLimit
    const filter = [actor, code, instantOf(since), instantOf(until)]
    const counted = await database.query<{ rows: number; attempts: string }>(countAttempts, filter)
    const found = await database.query<Omit<AttemptListed, 'at'> & { at: Date }>(selectAttempts, [
      ...filter,
      cursor,
      limit + 1,
    ])
    const items = found.rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }))
    return {
      items,
      total: counted.rows[0]!.rows,
      attempts: Number(counted.rows[0]!.attempts),
      next: found.rows.length > limit ? items.at(-1)!.position : null,
    }
  },
}
