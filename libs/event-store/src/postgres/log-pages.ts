import type { LogPage } from '../core/paging.js'
import type { StoredEvent } from '../core/stored-event.js'
import type { Filter, Position } from '../port/event-store.js'
import { eventColumns, eventFromRow } from './event-rows.js'
import { readRows, type Sender } from './read-rows.js'

/**
 * Positions one statement looks through for matching events. However rare they are, a statement ends soon
 * (some 10 ms), and the place reached moves on.
 */
const window = 20_000

export interface PageRead extends Filter {
  readonly direction: 'forward' | 'backward'
  /** Exclusive. */
  readonly from: Position
  readonly size: number
}

export interface PageAndHead extends LogPage {
  readonly events: readonly StoredEvent[]
  readonly head: Position
}

/**
 * A page of the log and the head. Positions have no gaps and become visible in order, so the page is complete up to
 * the place it reaches.
 */
export function readLogPage(send: Sender, asked: PageRead): Promise<PageAndHead> {
  const filtered = asked.types !== undefined || !!asked.streamPrefix
  return filtered ? readMatching(send, asked) : readPlain(send, asked)
}

export async function readHead(send: Sender): Promise<Position> {
  const rows = await readRows(send, { name: 'event_log.head', text: 'select position from event_log.head' })
  return BigInt(rows[0]![0]!)
}

/** Without anything around the scan of the index: this is the way of every rebuild. */
async function readPlain(send: Sender, { direction, from, size }: PageRead): Promise<PageAndHead> {
  const rows = await readRows(send, { ...plain[direction], values: [from, size] })
  const events = rows.map((row) => eventFromRow(row, 1))
  const checkpoint = events.at(-1)?.position ?? from
  // Read after the page, the head may be further than what the page saw: then the next page tells.
  const head = rows.length > 0 ? BigInt(rows[0]![0]!) : await readHead(send)
  if (direction === 'forward') return { events, checkpoint, head, atEnd: checkpoint >= head }
  return { events, checkpoint, head, atEnd: rows.length < size || checkpoint === 1n }
}

/** Head, reach and events in one snapshot: the checkpoint passes over what was seen not to match, and nothing else. */
async function readMatching(send: Sender, asked: PageRead): Promise<PageAndHead> {
  const { direction, from, size, types, streamPrefix } = asked
  const values = [from, size, types ?? null, streamPrefix ?? '']
  const rows = await readRows(send, { ...matching[direction], values })
  const head = BigInt(rows[0]![0]!)
  const events = rows[0]![2] === null ? [] : rows.map((row) => eventFromRow(row, 2))
  const checkpoint = events.length === size ? events.at(-1)!.position : BigInt(rows[0]![1]!)
  return { events, checkpoint, head, atEnd: direction === 'forward' ? checkpoint >= head : checkpoint <= 1n }
}

const plain = {
  forward: { name: 'event_log.page', text: plainSql('>', 'asc') },
  backward: { name: 'event_log.page_backward', text: plainSql('<', 'desc') },
}

function plainSql(beyond: string, order: string): string {
  return `select (select position from event_log.head), ${eventColumns}
    from event_log.event e where e.position ${beyond} $1 order by e.position ${order} limit $2`
}

const matching = {
  forward: {
    name: 'event_log.matching',
    text: matchingSql(
      `greatest($1::bigint, least(head.position, $1::bigint + ${window}))`,
      'e.position > $1 and e.position <= scope.reach',
      'asc',
    ),
  },
  backward: {
    name: 'event_log.matching_backward',
    text: matchingSql(
      `greatest(0, least($1::bigint, head.position + 1) - ${window})`,
      'e.position < $1 and e.position >= scope.reach',
      'desc',
    ),
  },
}

/** @param reach how far a page that does not fill reaches */
function matchingSql(reach: string, range: string, order: string): string {
  return `
    with scope as (select head.position as head, ${reach} as reach from event_log.head)
    select scope.head, scope.reach, ${eventColumns}
    from scope left join lateral (
      select * from event_log.event e
      where ${range} and ($3::text[] is null or e.type = any ($3)) and starts_with(e.stream, $4)
      order by e.position ${order} limit $2
    ) e on true
    order by e.position ${order}`
}
