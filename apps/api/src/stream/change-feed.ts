import type { FastifyRequest } from 'fastify'
import type { Platform } from '#platform'
import { reached } from '#engine'
import type { Actor } from '#engine/workflow'
import { boardProjection, taskCodesWithin } from '#tasks'
import { invalid } from '#kernel'
import type { EventStore, RecordedEvent } from '#event-store'

/** A connection that says nothing for longer is cut by proxies. */
const heartbeatMs = 15_000

/** How long a change may wait for its view before the feed gives up and lets the client reconnect. */
const viewWithinMs = 30_000

/**
 * Changes of tasks as Server-Sent Events, from after `from`, as fast as the client takes them. A change is told once
 * the board shows it, and only to actors whom the task concerns. It names what changed and carries no content: the
 * client asks for what it needs with the rights it has.
 */
export async function* changeFeed(
  { store, database }: Platform,
  actor: Actor,
  from: bigint,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const deliveries = store
    .subscribe(from, { streamPrefix: 'task-', pageSize: 100, signal })
    [Symbol.asyncIterator]()
  yield ': RõViệc\n\n'
  let next = deliveries.next()
  for (;;) {
    const delivered = await withHeartbeat(next, signal)
    if (delivered === 'silence') {
      yield ': \n\n'
      continue
    }
    if (delivered.done === true) return
    const delivery = delivered.value
    if (delivery.kind === 'events') {
      await reached(database, boardProjection, delivery.checkpoint, viewWithinMs)
      const visible = await taskCodesWithin(database, actor, delivery.events.map(codeOf))
      for (const event of delivery.events) if (visible.has(codeOf(event))) yield frame(event)
    }
    next = deliveries.next()
  }
}

function codeOf(event: RecordedEvent): string {
  return event.stream.slice('task-'.length)
}

function frame(event: RecordedEvent): string {
  const data = JSON.stringify({
    task: codeOf(event),
    type: event.type,
    revision: String(event.revision),
    recordedAt: event.recordedAt.toISOString(),
  })
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${data}\n\n`
}

async function withHeartbeat<Value>(next: Promise<Value>, signal: AbortSignal): Promise<Value | 'silence'> {
  const timer = new AbortController()
  const silence = new Promise<'silence'>((resolve) => {
    const timeout = setTimeout(() => resolve('silence'), heartbeatMs)
    const clear = (): void => clearTimeout(timeout)
    timer.signal.addEventListener('abort', clear, { once: true })
    signal.addEventListener('abort', clear, { once: true })
  })
  try {
    return await Promise.race([next, silence])
  } finally {
    timer.abort()
  }
}

/**
 * Where the client left off: what its browser says in `Last-Event-ID`, else the end of the log.
 *
 * @throws RoviecError `last-event-id-invalid` where it is no place of this log: from the end on it would miss what came
 *   between, and not know
 */
export async function lastSeen(request: FastifyRequest, store: EventStore): Promise<bigint> {
  const header = request.headers['last-event-id']
  const head = await store.head()
  if (header === undefined || header === '') return head
  const seen = typeof header === 'string' && /^\d{1,18}$/.test(header) ? BigInt(header) : null
  if (seen !== null && seen <= head) return seen
  throw invalid('last-event-id-invalid', {
    vi: 'Tiêu đề Last-Event-ID không phải vị trí trong kho sự kiện này. Gửi lại đúng mã đã nhận, hoặc bỏ tiêu đề và tải lại danh sách.',
    en: 'The header Last-Event-ID is no position in this log. Send the id as it was received, or leave the header out and load the list again.',
  })
}
