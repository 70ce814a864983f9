import { setTimeout as delay } from 'node:timers/promises'
import { RoviecError } from '#kernel'
import type { Database } from '#database'
import type { Position } from '#event-store'
import { selectCheckpoint, selectProgress } from './projection.sql.js'

export interface Progress {
  readonly position: Position
  /** When the last event it has seen was recorded; null before the first. */
  readonly reflects: string | null
}

export interface ProjectionProgress extends Progress {
  readonly name: string
  readonly version: number
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
    position: string
    reflects: Date | null
    state: string
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

export async function progressOf(
  database: Database,
  view: { readonly name: string; readonly version: number },
): Promise<Progress> {
  const found = await database.query<{ position: string; reflects: Date | null }>(selectCheckpoint, [
    view.name,
    view.version,
  ])
  const row = found.rows[0]
  return { position: BigInt(row?.position ?? 0), reflects: row?.reflects?.toISOString() ?? null }
}

/**
 * Waits until the view has seen the position.
 *
 * @throws ViewBehind after `timeoutMs`.
 */
export async function reached(
  database: Database,
  view: { readonly name: string; readonly version: number },
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
