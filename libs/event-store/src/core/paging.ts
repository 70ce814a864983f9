import { setImmediate } from 'node:timers/promises'
import type { Delivery, Position, RecordedEvent } from '../port/event-store.js'
import type { Tail } from './tail.js'

/** A stretch of the log: its matching events, how far it reaches, and whether the log ended there. */
export interface LogPage {
  readonly events: readonly RecordedEvent[]
  readonly checkpoint: Position
  readonly atEnd: boolean
}

export type ReadPage = (from: Position, size: number) => Promise<LogPage>

/**
 * Pages until the end of the log, without empty ones. While one is being handled the next is on its way, and never
 * more than one: a slow reader holds two pages.
 */
export async function* readPages(
  readPage: ReadPage,
  from: Position,
  limit: number,
  pageSize: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly RecordedEvent[]> {
  let left = limit
  let coming: Promise<LogPage> | undefined
  for (let at = from; left > 0;) {
    signal?.throwIfAborted()
    const page = await (coming ?? readPage(at, Math.min(left, pageSize)))
    at = page.checkpoint
    left -= page.events.length
    const more = !page.atEnd && left > 0
    coming = more ? ahead(readPage(at, Math.min(left, pageSize))) : undefined
    if (page.events.length > 0) yield page.events
    if (!more) return
  }
}

/** Follows the log from after `from` until the signal ends it. Holds two pages at most, as `readPages` does. */
export async function* follow(
  readPage: ReadPage,
  tail: Tail,
  from: Position,
  pageSize: number,
  signal: AbortSignal,
): AsyncGenerator<Delivery> {
  // The turn is taken before its read starts: an append between the two then ends the wait at once.
  const read = (after: Position) => ({ turn: tail.turn, page: ahead(readPage(after, pageSize)) })
  const readAhead = (after: Position) => ({
    turn: tail.turn,
    page: ahead(onceTaken(() => readPage(after, pageSize))),
  })
  let announced: Position | undefined
  let coming = read(from)
  while (!signal.aborted) {
    const turn = coming.turn
    const page = await unlessAborted(coming.page, signal)
    if (!page) return
    const { events, checkpoint, atEnd } = page
    if (!atEnd) coming = readAhead(checkpoint)
    if (events.length > 0) yield { kind: 'events', events, checkpoint }
    if (!atEnd || signal.aborted) continue
    if (announced !== checkpoint) yield { kind: 'caught-up', checkpoint }
    announced = checkpoint
    await tail.grownSince(turn, signal)
    coming = read(checkpoint)
  }
}

/**
 * Once whoever takes the page before has begun: what he sends first is answered first, and the rows that come are taken
 * apart while his own statement is under way.
 */
async function onceTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  await setImmediate()
  return work()
}

/** A page read ahead may fail after its reader has left: then nobody is there to hear of it. */
function ahead(page: Promise<LogPage>): Promise<LogPage> {
  page.catch(() => undefined)
  return page
}

/** The page, or nothing as soon as the signal ends the wait for it. */
async function unlessAborted(page: Promise<LogPage>, signal: AbortSignal): Promise<LogPage | undefined> {
  let stop: (() => void) | undefined
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined)
    signal.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([page, stopped])
  } finally {
    signal.removeEventListener('abort', stop!)
  }
}
