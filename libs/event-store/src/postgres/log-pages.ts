import type { LogPage } from '../core/paging.js'
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
  readonly head: Position
}

/**
 * A page of the log and the head, in one snapshot. Positions have no gaps and become visible in order, so the page
 * is complete up to the place it reaches.
 */
export async function readLogPage(send: Sender, asked: PageRead): Promise<PageAndHead> {
  const { direction, from, size, types, streamPrefix } = asked
  const filtered = types !== undefined || !!streamPrefix
  const values = filtered ? [from, size, types ?? null, streamPrefix ?? ''] : [from, size]
  const rows = await readRows(send, { ...queries[direction][filtered ? 'filtered' : 'plain'], values })
  const head = BigInt(rows[0]![0]!)
  const events = rows[0]![2] === null ? [] : rows.map((row) => eventFromRow(row, 2))
  const full = events.length === size
  const checkpoint = full ? events.at(-1)!.position : BigInt(rows[0]![1]!)
  return { events, checkpoint, head, atEnd: direction === 'forward' ? checkpoint >= head : checkpoint <= 1n }
}

const filterSql = 'and ($3::text[] is null or e.type = any ($3)) and starts_with(e.stream, $4)'

const queries = {
  forward: {
    plain: {
      name: 'event_log.page',
      text: pageSql('greatest($1, head.position)', 'e.position > $1', 'asc', ''),
    },
    filtered: {
      name: 'event_log.page_filtered',
      text: pageSql(
        `greatest($1, least(head.position, $1 + ${window}))`,
        'e.position > $1 and e.position <= scope.reach',
        'asc',
        filterSql,
      ),
    },
  },
  backward: {
    plain: { name: 'event_log.page_backward', text: pageSql('0::bigint', 'e.position < $1', 'desc', '') },
    filtered: {
      name: 'event_log.page_backward_filtered',
      text: pageSql(
        `greatest(0, least($1, head.position + 1) - ${window})`,
        'e.position < $1 and e.position >= scope.reach',
        'desc',
        filterSql,
      ),
    },
  },
}

/** @param reach how far a page that does not fill reaches */
function pageSql(reach: string, range: string, order: 'asc' | 'desc', filter: string): string {
  return `
    with scope as (select head.position as head, ${reach.replaceAll('$1', '$1::bigint')} as reach from event_log.head)
    select scope.head, scope.reach, ${eventColumns}
    from scope left join lateral (
      select * from event_log.event e where ${range} ${filter} order by e.position ${order} limit $2
    ) e on true
    order by e.position ${order}`
}
