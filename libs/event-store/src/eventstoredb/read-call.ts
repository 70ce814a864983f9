import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { StoredEvent } from '../core/stored-event.js'
import { EventStoreUnavailable } from '../port/errors.js'
import type { Position } from '../port/event-store.js'
import { leaderNamed, leaderUnreachable, readFailure } from './errors.js'
import type { Transport } from './transport.js'
import { fromWire, positionOf, recordOf } from './wire.js'

/** Milliseconds in which a page has to be there. Long, since a filter may let the server look through much of the log. */
const pageWithinMs = 30_000

/** What an answer held: our events, and how many there were with those of the server itself, and where the last stood. */
export interface Answer {
  readonly events: readonly StoredEvent[]
  readonly count: number
  readonly last: Position | undefined
}

/**
 * One page. Each event is taken out of its message as it comes: a page of messages, which are many small objects
 * each, costs the collector more than all else.
 *
 * @throws the signal's reason as soon as it is aborted; otherwise what `readFailure` makes of the failure
 */
export async function readEvents(
  transport: Transport,
  request: ReadReq,
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    return await readOnce(transport, request, signal)
  } catch (error) {
    const leader = leaderNamed(error)
    if (leader === undefined) throw error
    return readOnce(transport, request, signal).catch((again: unknown) => {
      const isAway = again instanceof EventStoreUnavailable && leaderNamed(again) === undefined
      throw isAway ? leaderUnreachable(again, leader) : again
    })
  }
}

async function readOnce(transport: Transport, request: ReadReq, signal?: AbortSignal): Promise<Answer> {
  signal?.throwIfAborted()
  const call = await transport.read(request, pageWithinMs).catch((error: unknown) => {
    throw readFailure(error)
  })
  if (signal?.aborted) call.cancel()
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const events: StoredEvent[] = []
    let count = 0
    let last: Position | undefined
    const stop = () => {
      call.cancel()
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the reason is the caller's
      reject(signal!.reason)
    }
    signal?.addEventListener('abort', stop)
    const done = () => signal?.removeEventListener('abort', stop)
    call.on('data', (response: ReadResp) => {
      const record = recordOf(response)
      if (!record) return
      count++
      last = positionOf(record)
      const event = fromWire(record)
      if (event) events.push(event)
    })
    call.on('end', () => (done(), resolve({ events, count, last })))
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- an error unless it is the caller's own reason
    call.on('error', (error) => (done(), reject(readFailure(error))))
  })
}
