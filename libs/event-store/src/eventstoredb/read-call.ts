import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { ledElsewhere, readFailure } from './errors.js'
import type { Transport } from './transport.js'

/** Milliseconds in which a page has to be there. Long, since a filter may let the server look through much of the log. */
const pageWithinMs = 30_000

/**
 * One page as the server sends it.
 *
 * @throws the signal's reason as soon as it is aborted; otherwise what `readFailure` makes of the failure
 */
export async function readResponses(
  transport: Transport,
  request: ReadReq,
  signal?: AbortSignal,
): Promise<ReadResp[]> {
  try {
    return await readOnce(transport, request, signal)
  } catch (error) {
    if (!ledElsewhere(error)) throw error
    return readOnce(transport, request, signal)
  }
}

async function readOnce(transport: Transport, request: ReadReq, signal?: AbortSignal): Promise<ReadResp[]> {
  signal?.throwIfAborted()
  const call = await transport.read(request, pageWithinMs).catch((error: unknown) => {
    throw readFailure(error)
  })
  if (signal?.aborted) call.cancel()
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const responses: ReadResp[] = []
    const stop = () => {
      call.cancel()
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the reason is the caller's
      reject(signal!.reason)
    }
    signal?.addEventListener('abort', stop)
    const done = () => signal?.removeEventListener('abort', stop)
    call.on('data', (response: ReadResp) => responses.push(response))
    call.on('end', () => (done(), resolve(responses)))
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- an error unless it is the caller's own reason
    call.on('error', (error) => (done(), reject(readFailure(error))))
  })
}
