import { randomUUID } from 'node:crypto'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import { AppendOutcomeUnknown } from '../port/errors.js'
import type { Position, StreamName } from '../port/event-store.js'
import type { PreparedEvent } from '../core/prepared-append.js'
import { appendFailure, appendTooLarge, readFailure, streamTombstoned } from './errors.js'
import type { AppendCall, Transport } from './transport.js'
import { streamId, toWire, uuid } from './wire.js'

/** Milliseconds until an append without an answer counts as lost: five times what the server gives itself. */
const answerWithinMs = 10_000

/** Bytes of payload a message carries at most: far below the server's limit for one, so that many appends share the line. */
const messageBytes = 256 * 1024

/** What the server did with an append; `elsewhere` when the stream was not at the revision named. */
export type Outcome =
  | { readonly kind: 'appended'; readonly last: bigint; readonly position: Position }
  | { readonly kind: 'elsewhere' }

interface Waiting {
  readonly stream: StreamName
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

/** A line to the server, over which appends go without waiting for each other's answers. */
export class BatchAppender {
  #line: Promise<Line> | undefined

  constructor(readonly transport: Transport) {}

  /**
   * @param after the stream's last revision, null for none: with any other the server writes nothing
   * @throws AppendOutcomeUnknown, EventStoreUnavailable, or what names a setting to change
   */
  async append(stream: StreamName, events: readonly PreparedEvent[], after: bigint | null): Promise<Outcome> {
    return (await this.#open()).append(stream, events, after)
  }

  /** Opens the line if there is none: appends that follow in the same turn go over it in their order. */
  async ready(): Promise<void> {
    await this.#open()
  }

  #open(): Promise<Line> {
    return (this.#line ??= this.#connect())
  }

  async #connect(): Promise<Line> {
    try {
      const call = await this.transport.batchAppend()
      return new Line(
        call,
        () => void this.transport.giveUp(call),
        () => (this.#line = undefined),
      )
    } catch (error) {
      this.#line = undefined
      throw readFailure(error)
    }
  }
}

class Line {
  readonly #waiting = new Map<string, Waiting>()

  constructor(
    readonly call: AppendCall,
    readonly giveUp: () => void,
    readonly ended: () => void,
  ) {
    call.on('data', (answer: BatchAppendResp) => this.#settle(answer))
    call.on('error', (error) => this.#over(error))
    call.on('end', () => this.#over(new Error('The server ended the line.')))
  }

  append(stream: StreamName, events: readonly PreparedEvent[], after: bigint | null): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const id = randomUUID()
      const timer = setTimeout(() => this.#lose(id), answerWithinMs)
      this.#waiting.set(id, { stream, resolve, reject, timer })
      for (const message of messages(id, stream, events, after)) this.call.write(message)
    })
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    clearTimeout(waiting?.timer)
    return waiting
  }

  /** No answer in time: the line is not trusted any more. */
  #lose(id: string): void {
    const lost = this.#take(id)
    if (!lost) return
    lost.reject(new AppendOutcomeUnknown(lost.stream, new Error(`No answer within ${answerWithinMs} ms.`)))
    this.ended()
    this.giveUp()
  }

  #over(cause: unknown): void {
    this.ended()
    const alone = this.#waiting.size === 1
    for (const id of this.#waiting.keys()) {
      const { stream, reject } = this.#take(id)!
      reject(appendFailure(cause, stream, alone))
    }
  }

  #settle(answer: BatchAppendResp): void {
    const waiting = this.#take(answer.getCorrelationId()!.getString())
    if (!waiting) return
    const success = answer.getSuccess()
    if (!success) return refuse(waiting, answer.getError()!)
    waiting.resolve({
      kind: 'appended',
      last: BigInt(success.getCurrentRevision()),
      position: BigInt(success.getPosition()!.getCommitPosition()),
    })
  }
}

function refuse({ stream, resolve, reject }: Waiting, error: Status): void {
  const details = error.getDetails()
  const is = (name: string) => details?.getTypeName() === `event_store.client.${name}`
  if (is('WrongExpectedVersion')) resolve({ kind: 'elsewhere' })
  else if (is('StreamDeleted')) reject(streamTombstoned(stream))
  else if (is('AccessDenied'))
    reject(readFailure(Object.assign(new Error('Access denied'), { code: 7, details: '' })))
  else if (is('MaximumAppendSizeExceeded')) {
    const limit = shared.MaximumAppendSizeExceeded.deserializeBinary(details!.getValue_asU8())
    reject(appendTooLarge(stream, limit.getMaxappendsize()))
  } else reject(new AppendOutcomeUnknown(stream, new Error(error.getMessage() || details?.getTypeName())))
}

function* messages(id: string, stream: StreamName, events: readonly PreparedEvent[], after: bigint | null) {
  const options = new pb.BatchAppendReq.Options()
  options.setStreamIdentifier(streamId(stream))
  // The service asks for another empty message than its own here: on the wire they are one.
  if (after === null) options.setNoStream(new shared.Empty() as never)
  else options.setStreamPosition(String(after))
  let message = new pb.BatchAppendReq()
  message.setOptions(options)
  let size = 0
  for (const event of events) {
    if (size > messageBytes) {
      yield message.setCorrelationId(uuid(id)).setIsFinal(false)
      message = new pb.BatchAppendReq()
      size = 0
    }
    size += event.dataText.length + event.metadataText.length
    message.addProposedMessages(toWire(event))
  }
  yield message.setCorrelationId(uuid(id)).setIsFinal(true)
}
