import { IsUUID } from 'class-validator'
import { notFound } from '#kernel'
import type { Asking, Query } from '../../querying/query.js'
import { inspectors } from '../attempts/attempts.query.js'
import { eventTraceProjection } from './event-trace.projection.js'
import { Places, type Placed } from './places.js'
import { TraceTree } from './trace-tree.js'
import type { Trace } from './trace.js'

/** More than anyone reads at a time; the answer says that there is more. */
const mostEvents = 500

/** Causes followed up, and levels down. */
const mostLevels = 100

export class TraceAsked {
  /** Of an event, of a command, or of what several commands belong to. */
  @IsUUID('all') id!: string
}

/**
 * Why an event is there: what caused it up to where it began, and what it caused in its turn. For those who inspect,
 * whatever their agency: it says who did what and when, and nothing of what the events say.
 */
export const findTrace: Query<TraceAsked, Trace> = {
  name: 'engine.trace',
  text: { vi: 'Nguồn gốc và hệ quả của sự kiện', en: 'Causes and effects of an event' },
  input: TraceAsked,
  roles: inspectors,
  view: eventTraceProjection,
  async answer({ params, database, store }: Asking<TraceAsked>): Promise<Trace> {
    const id = params.id.toLowerCase()
    const places = new Places(database, store)
    const event = await places.byId(id)
    const tree = new TraceTree()
    const start = event === undefined ? await whole(places, id) : await pathTo(places, event)
    const names: string[] = []
    for (const placed of start) {
      const isAsked = event === undefined || placed.id === event.id
      const added = tree.add(placed, isAsked)
      if (isAsked) names.push(...added)
    }
    const truncated = (await follow(places, tree, names)) || start.length >= mostEvents
    const correlationId = event === undefined ? id : correlationOf(event)
    const ids = correlationId === null ? [] : await places.idsOfWhole(correlationId, mostEvents)
    const others = ids.filter((one) => !tree.has(one)).length
    return { correlationId, roots: tree.roots, others, truncated }
  },
}

/** What began it first. */
async function pathTo(places: Places, event: Placed): Promise<readonly Placed[]> {
  const path = [event]
  const seen = new Set([event.id])
  for (let { causation } = event; causation !== null && path.length < mostLevels;) {
    const cause = await places.cause(causation)
    if (cause === undefined || seen.has(cause.id)) break
    seen.add(cause.id)
    path.unshift(cause)
    causation = cause.causation
  }
  return path
}

/** The events of a command and of all that belongs to it, in the order of the log: causes come before effects. */
async function whole(places: Places, id: string): Promise<readonly Placed[]> {
  const found = [...(await places.ofCommand(id, mostEvents)), ...(await places.correlated(id, mostEvents))]
  if (found.length === 0) throw unknown(id)
  return found.toSorted((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1)).slice(0, mostEvents)
}

/** Adds what the named events and commands caused, level by level. Whether something was left out. */
async function follow(places: Places, tree: TraceTree, from: readonly string[]): Promise<boolean> {
  let names = from
  for (let level = 0; names.length > 0; level++) {
    if (level >= mostLevels) return true
    const caused = await places.caused(names, mostEvents)
    const fresh = caused.filter(({ id }) => !tree.has(id))
    const room = mostEvents - tree.size
    names = fresh.slice(0, Math.max(room, 0)).flatMap((placed) => tree.add(placed, false))
    if (fresh.length > room || caused.length >= mostEvents) return true
  }
  return false
}

function correlationOf({ correlation, event }: Placed): string | null {
  const own = (event?.metadata as { readonly commandId?: unknown } | null | undefined)?.commandId
  return correlation ?? (typeof own === 'string' ? own.toLowerCase() : null)
}

function unknown(id: string): Error {
  return notFound(
    'event-unknown',
    {
      vi: `Không có sự kiện hay lệnh nào mang mã ${id}. Kiểm tra lại mã.`,
      en: `No event and no command has the id ${id}. Check it.`,
    },
    { id },
  )
}
