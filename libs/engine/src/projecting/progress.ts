import { setTimeout as delay } from 'node:timers/promises'
import { RoviecError } from '#kernel'
import type { Database } from '#database'
import type { Position } from '#event-store'
import type { Standing } from './build.js'
import { selectCheckpoint, selectProgress } from './projection.sql.js'

export interface Progress {
  readonly position: Position
  /** When the last event it has seen was recorded; null before the first. */
  readonly reflects: string | null
  /** Streams that stand still in the view: an event of theirs could not be applied. */
  readonly parked: number
}

export interface ProjectionProgress extends Progress {
  readonly name: string
  readonly version: number
  readonly build: number
  readonly standing: Standing
  readonly state: string
  readonly error: string | null
  /** Whether some worker holds its lease now. */
  readonly led: boolean
}

/** How often a waiting reader looks again: short beside what a person notices. */
const lookAgainMs = 15

/** The view has not reached the position within the time. The answer would have been an older one: ask again. */
export class ViewBehind extends RoviecError {
  override readonly name = 'ViewBehind'

  constructor(view: string, wanted: Position, reached: Position, waitedMs: number) {
    super(
      'conflict',
      'view-behind',
      {
        vi: `Số liệu chưa cập nhật tới thay đổi vừa ghi (đã chờ ${waitedMs} ms). Thử lại sau giây lát.`,
        en: `View ${view} is at ${reached}, not yet at ${wanted}, after ${waitedMs} ms. Ask again in a moment.`,
      },
      { view, wanted: String(wanted), reached: String(reached), safeToRepeat: true },
    )
  }
}

/** When to ask again: filling a view takes seconds for a plan, minutes for a log of years. */
const retryAfterSeconds = 5

/** Readers have another version of the view than this program asks for. */
export class ViewBeingRebuilt extends RoviecError {
  override readonly name = 'ViewBeingRebuilt'

  constructor(view: string, version: number, live: number | null) {
    super(
      'fault',
      'view-being-rebuilt',
      live !== null && live > version
        ? {
            vi: `Số liệu đang dùng (${view}, phiên bản ${live}) mới hơn chương trình này (phiên bản ${version}). Nâng cấp chương trình, hoặc người vận hành quay lại bản trước: roviec projections rollback ${view}.`,
            en: `View ${view} is live in version ${live}, which is newer than the ${version} of this program. Upgrade it, or roll the view back.`,
          }
        : {
            vi: 'Số liệu đang được dựng lại cho phiên bản mới của chương trình. Thử lại sau ít phút.',
            en: `View ${view} is being filled for version ${version}${live === null ? '' : `, live is ${live}`}. Ask again in a moment.`,
          },
      { view, version, live, safeToRepeat: true, retryAfterSeconds },
    )
  }
}

/** @param retired also the builds that are only kept for a way back. */
export async function listProgress(
  database: Database,
  retired = false,
): Promise<readonly ProjectionProgress[]> {
  const found = await database.query<{
    name: string
    version: number
    build: number
    standing: Standing
    position: string
    reflects: Date | null
    state: string
    parked: number
    error: string | null
    led: boolean | null
  }>(selectProgress, [retired])
  return found.rows.map((row) => ({
    ...row,
    position: BigInt(row.position),
    reflects: row.reflects?.toISOString() ?? null,
    led: row.led === true,
  }))
}

/** A view as a query names it. */
export interface ViewAsked {
  readonly name: string
  readonly version: number
}

/** Which versions of a view, besides the one it names, a query can be answered from. */
export type Accepts = (name: string, version: number) => boolean

const noOther: Accepts = () => false

/**
 * How far the live build of the view has come.
 *
 * @throws ViewBeingRebuilt where readers have another version, or none yet.
 */
export async function progressOf(
  database: Database,
  view: ViewAsked,
  accepts: Accepts = noOther,
): Promise<Progress> {
  const found = await lookUp(database, view, accepts)
  if (found instanceof ViewBeingRebuilt) throw found
  return found
}

/**
 * Waits until the view has seen the position.
 *
 * @throws ViewBehind, ViewBeingRebuilt after `timeoutMs`.
 */
export async function reached(
  database: Database,
  view: ViewAsked,
  position: Position,
  timeoutMs: number,
  accepts: Accepts = noOther,
): Promise<Progress> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const found = await lookUp(database, view, accepts)
    const isThere = !(found instanceof ViewBeingRebuilt)
    if (isThere && found.position >= position) return found
    if (Date.now() >= until)
      throw isThere ? new ViewBehind(view.name, position, found.position, timeoutMs) : found
    await delay(lookAgainMs)
  }
}

/** One statement: it also tells how many streams stand still. */
async function lookUp(
  database: Database,
  { name, version }: ViewAsked,
  accepts: Accepts,
): Promise<Progress | ViewBeingRebuilt> {
  const found = await database.query<{
    position: string
    reflects: Date | null
    version: number
    parked: number
  }>(selectCheckpoint, [name])
  const live = found.rows[0]
  if (live === undefined || (live.version !== version && !accepts(name, live.version)))
    return new ViewBeingRebuilt(name, version, live?.version ?? null)
  const { position, reflects, parked } = live
  return { position: BigInt(position), reflects: reflects?.toISOString() ?? null, parked }
}
