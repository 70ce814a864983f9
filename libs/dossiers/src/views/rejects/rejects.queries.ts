import 'reflect-metadata'
import { Transform } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator'
import { decodeCursor, encodeCursor, type Asking, type Query } from '#engine'
import { notFound, type JsonValue, type Text } from '#kernel'
import { rejectsProjection } from './rejects.projection.js'
import { selectRejects } from './rejects.sql.js'

/** Who sends messages and who answers for them. The line itself may name people: it is shown one at a time. */
const readers = ['clerk', 'connector', 'home-affairs', 'inspectorate', 'auditor', 'system'] as const
const lineReaders = ['clerk', 'connector', 'system'] as const

const states = ['open', 'taken', 'dismissed'] as const

export class ListRejected {
  @IsOptional() @IsString() @MaxLength(500) source?: string
  /** Code of the reason. */
  @IsOptional() @IsString() @MaxLength(80) reason?: string
  /** Default: open. */
  @IsOptional() @IsIn(states) state?: (typeof states)[number]
  @IsOptional() @IsString() @MaxLength(200) cursor?: string
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number
}

export interface RejectedListed {
  readonly key: string
  readonly source: string | null
  readonly id: string | null
  readonly dossier: string | null
  readonly code: string
  readonly message: Text
  readonly rejectedAt: string
  readonly state: string
  /** Only the beginning of the line was kept: it cannot be sent again from here. */
  readonly cut: boolean
}

export interface RejectedPage {
  readonly items: readonly RejectedListed[]
  readonly total: number
  readonly next: string | null
}

const defaultLimit = 100

const order = 'position ASC'

/** Lines that were not taken, the oldest first. */
export const listRejected: Query<ListRejected, RejectedPage> = {
  name: 'dossiers.rejected',
  text: { vi: 'Dòng thông tin hồ sơ chưa nhận', en: 'Rejected lines' },
  input: ListRejected,
  roles: readers,
  view: rejectsProjection,
  async answer({ params, database }: Asking<ListRejected>): Promise<RejectedPage> {
    const values: unknown[] = [params.state ?? 'open']
    const bind = (value: unknown): string => `$${values.push(value)}`
    const where = ['state = $1']
    if (params.source !== undefined) where.push(`source = ${bind(params.source)}`)
    if (params.reason !== undefined) where.push(`code = ${bind(params.reason)}`)
    const filter = where.join(' AND ')
    const counted = await database.query<{ total: string }>(
      `SELECT count(*) AS total FROM view.dossier_rejects WHERE ${filter}`,
      values,
    )
    const cursor = params.cursor === undefined ? null : decodeCursor(order, params.cursor)
    const after = cursor === null ? '' : ` AND position > ${bind(cursor.value)}::bigint`
    const limit = params.limit ?? defaultLimit
    const found = await database.query<Row>(
      `${selectRejects} WHERE ${filter}${after} ORDER BY position LIMIT ${bind(limit + 1)}`,
      values,
    )
    const rows = found.rows.slice(0, limit)
    const last = rows.at(-1)
    const isLast = found.rows.length <= limit || last === undefined
    return {
      items: rows.map(listed),
      total: Number(counted.rows[0]!.total),
      next: isLast ? null : encodeCursor(order, { value: last.position, key: last.key }),
    }
  },
}

export class RejectedKey {
  @IsUUID() id!: string
}

export interface RejectedShown extends RejectedListed {
  /** As received, sealed for those without the right to it. */
  readonly line: JsonValue
  /** The aggregate that holds it. */
  readonly kept: string
}

/** One line that was not taken, with the line itself. */
export const findRejected: Query<RejectedKey, RejectedShown> = {
  name: 'dossiers.rejected-line',
  text: { vi: 'Một dòng thông tin hồ sơ chưa nhận', en: 'Rejected line' },
  input: RejectedKey,
  roles: lineReaders,
  view: rejectsProjection,
  async answer({ params, database }: Asking<RejectedKey>): Promise<RejectedShown> {
    const found = await database.query<Row>(`${selectRejects} WHERE key = $1`, [params.id.toLowerCase()])
    const row = found.rows[0]
    if (row === undefined) throw rejectedUnknown(params.id)
    return { ...listed(row), line: row.line, kept: row.stream.slice('rejection-'.length) }
  },
}

interface Row {
  readonly key: string
  readonly stream: string
  readonly position: string
  readonly source: string | null
  readonly event_id: string | null
  readonly dossier: string | null
  readonly code: string
  readonly message: Text
  readonly line: JsonValue
  readonly cut: boolean
  readonly rejected_at: Date
  readonly state: string
}

function listed(row: Row): RejectedListed {
  const { key, source, event_id, dossier, code, message, rejected_at, state, cut } = row
  return {
    key,
    source,
    id: event_id,
    dossier,
    code,
    message,
    rejectedAt: rejected_at.toISOString(),
    state,
    cut,
  }
}

function rejectedUnknown(key: string): Error {
  return notFound(
    'rejected-line-unknown',
    {
      vi: `Không có dòng chưa nhận mã “${key}”. Xem danh sách bằng: roviec dossiers rejected list.`,
      en: `There is no rejected line ${key}. See the list: roviec dossiers rejected list.`,
    },
    { key },
  )
}
