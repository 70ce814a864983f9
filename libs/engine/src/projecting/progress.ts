import { setTimeout as delay } from 'node:timers/promises'
import { RoviecError } from '#kernel'
import type { Database } from '#database'
import type { Position } from '#event-store'
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
  /** `live` is what readers see; `building` is filled beside it. */
  readonly standing: 'building' | 'live'
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

export async function listProgress(database: Database): Promise<readonly ProjectionProgress[]> {
  const found = await database.query<{
    name: string
    version: number
    build: number
    standing: 'building' | 'live'
    position: string
    reflects: Date | null
    state: string
    parked: number
    error: string | null
    led: boolean | null
  }>(selectProgress)
  return found.rows.map((row) => ({
    ...row,
    position: BigInt(row.position),
    reflects: row.reflects?.toISOString() ?? null,
    led: row.led === true,
  }))
}

/** How far the live build of the view has come. */
export async function progressOf(database: Database, view: ViewAsked): Promise<Progress> {
  const found = await database.query<{
    position: string
    reflects: Date | null
    version: number
    parked: number
  }>(selectCheckpoint, [view.name])
  const row = found.rows[0]
  return {
    position: BigInt(row?.position ?? 0),
    reflects: row?.reflects?.toISOString() ?? null,
    parked: row?.parked ?? 0,
  }
}

/** A view as a query names it. */
export interface ViewAsked {
  readonly name: string
  readonly version: number
}

/**
 * Waits until the view has seen the position.
 *
 * @throws ViewBehind after `timeoutMs`.
 */
export async function reached(
  database: Database,
  view: ViewAsked,
  position: Position,
  timeoutMs: number,
): Promise<Progress> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const progress = await progressOf(database, view)
    if (progress.position >= position) return progress
    if (Date.now() >= until) throw new ViewBehind(view.name, position, progress.position, timeoutMs)
    await delay(lookAgainMs)
  }
}
