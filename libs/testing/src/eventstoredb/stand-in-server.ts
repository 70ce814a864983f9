import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
} from '@eventstore/db-client/generated/streams_pb.js'
import { batchAnswer, callFailure, streamDeleted } from './stand-in-answers.js'
import { StandInLog, type Expected, type Judgement, type NewRecord } from './stand-in-log.js'
import { answerRead, answerSubscription, type ReadCall } from './stand-in-reads.js'

export interface StandInOptions {
  readonly version?: string
  /** Bytes an append may have; the server's own default is 1 MiB. */
  readonly maxAppendSize?: number
}

/** A stand-in for an EventStoreDB node, without TLS. See the README for what it does as the server does. */
export interface StandInEventStoreDb {
  /** The port, and so the URL, stays the same over restarts. */
  readonly url: string
  readonly port: number
  readonly log: StandInLog
  start(): Promise<void>
  /** Every connection ends at once, as when the process is killed. What was answered is kept. */
  stop(): void
  /** Ends every subscription that is open, as the server does in a hurry. */
  dropSubscriptions(): void
}

interface Underway {
  readonly stream: string
  readonly expected: Expected
  readonly records: NewRecord[]
}

type Message = Pick<
  BatchAppendReq.ProposedMessage,
  'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'
>

export async function standInEventStoreDb(options: StandInOptions = {}): Promise<StandInEventStoreDb> {
  const { version = '24.6.0', maxAppendSize = 1024 * 1024 } = options
  const log = new StandInLog()
  const subscriptions = new Set<ReadCall>()
  let server: Server | undefined
  let bound = 0

  const read = (call: ReadCall) => {
    if (!call.request.getOptions()!.hasSubscription()) return answerRead(log, call)
    subscriptions.add(call)
    call.on('close', () => subscriptions.delete(call))
    answerSubscription(log, call)
  }

  const start = async () => {
    server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 })
    server.addService(streams.StreamsService, {
      read,
      append: (call: ServerReadableStream<AppendReq, AppendResp>, done: sendUnaryData<AppendResp>) =>
        append(log, maxAppendSize, call, done),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        batchAppend(log, maxAppendSize, call),
      delete: (call: ServerUnaryCall<DeleteReq, unknown>, done: sendUnaryData<unknown>) =>
        remove(
          call,
          done,
          (name, expected) => log.softDelete(name, expected),
          () => new pb.DeleteResp(),
        ),
      tombstone: (call: ServerUnaryCall<DeleteReq, unknown>, done: sendUnaryData<unknown>) =>
        remove(
          call,
          done,
          (name, expected) => log.tombstone(name, expected),
          () => new pb.TombstoneResp(),
        ),
    } as never)
    server.addService(features.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, done: sendUnaryData<unknown>) =>
        done(null, new featuresPb.SupportedMethods().setEventStoreServerVersion(version)),
    } as never)
    bound = await new Promise<number>((resolve, reject) => {
      server!.bindAsync(`127.0.0.1:${bound}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      )
    })
  }
  await start()
  return {
    url: `esdb://127.0.0.1:${bound}?tls=false`,
    port: bound,
    log,
    start,
    stop: () => server!.forceShutdown(),
    dropSubscriptions: () => {
      for (const call of subscriptions) call.emit('error', callFailure(status.ABORTED, 'Operation timed out'))
    },
  }
}

function append(
  log: StandInLog,
  maxAppendSize: number,
  call: ServerReadableStream<AppendReq, AppendResp>,
  done: sendUnaryData<AppendResp>,
): void {
  let asked: Underway | undefined
  call.on('data', (request: AppendReq) => {
    const options = request.getOptions()
    if (options)
      asked = { stream: nameOf(options), expected: expectedOf(options, options.getRevision()), records: [] }
    else asked!.records.push(recordOf(request.getProposedMessage()!))
  })
  call.on('end', () => {
    const { stream, expected, records } = asked!
    if (sizeOf(records) > maxAppendSize)
      return done(
        callFailure(
          status.INVALID_ARGUMENT,
          `Maximum Append Size of ${maxAppendSize} Exceeded.`,
          'maximum-append-size-exceeded',
          { 'maximum-append-size': String(maxAppendSize) },
        ),
      )
    const judged = log.append(stream, records, expected)
    if (judged.kind === 'deleted') return done(streamDeleted(stream))
    done(null, judged.kind === 'written' ? written(judged) : wrongExpected(judged.current))
  })
}

function written({ last, position }: Judgement & { readonly kind: 'written' }) {
  const at = new pb.AppendResp.Position()
  at.setCommitPosition(String(position))
  at.setPreparePosition(String(position))
  const success = new pb.AppendResp.Success()
  success.setCurrentRevision(String(last))
  success.setPosition(at)
  return new pb.AppendResp().setSuccess(success)
}

function wrongExpected(current: bigint | null) {
  const wrong = new pb.AppendResp.WrongExpectedVersion()
  if (current === null) wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(current))
  return new pb.AppendResp().setWrongExpectedVersion(wrong)
}

function batchAppend(
  log: StandInLog,
  maxAppendSize: number,
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
): void {
  const underway = new Map<string, Underway>()
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()!.getString()
    const options = request.getOptions()
    if (options)
      underway.set(id, {
        stream: nameOf(options),
        expected: expectedOf(options, options.getStreamPosition()),
        records: [],
      })
    const asked = underway.get(id)
    if (!asked) return
    for (const message of request.getProposedMessagesList()) asked.records.push(recordOf(message))
    const tooLarge = sizeOf(asked.records) > maxAppendSize
    if (!tooLarge && !request.getIsFinal()) return
    underway.delete(id)
    const judged = tooLarge
      ? { tooLarge: maxAppendSize }
      : log.append(asked.stream, asked.records, asked.expected)
    call.write(batchAnswer(id, asked.stream, judged))
  })
  call.on('end', () => call.end())
  call.on('error', () => underway.clear())
}

function remove(
  call: ServerUnaryCall<DeleteReq, unknown>,
  done: sendUnaryData<unknown>,
  judge: (stream: string, expected: Expected) => Judgement,
  answer: () => unknown,
): void {
  const options = call.request.getOptions()!
  const name = nameOf(options)
  const judged = judge(name, expectedOf(options, options.getRevision()))
  if (judged.kind === 'written') return done(null, answer())
  if (judged.kind === 'deleted') return done(streamDeleted(name))
  done(
    callFailure(
      status.FAILED_PRECONDITION,
      'Delete failed due to WrongExpectedVersion.',
      'wrong-expected-version',
      {
        'stream-name': name,
        'actual-version': judged.current === null ? '' : String(judged.current),
      },
    ),
  )
}

function nameOf(options: {
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined
}): string {
  return Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8')
}

function expectedOf(
  options: { hasAny(): boolean; hasNoStream(): boolean; hasStreamExists(): boolean },
  revision: string,
): Expected {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no-stream'
  return options.hasStreamExists() ? 'stream-exists' : BigInt(revision)
}

function recordOf(message: Message): NewRecord {
  return {
    id: message.getId()!.getString(),
    type: message.getMetadataMap().get('type')!,
    contentType: message.getMetadataMap().get('content-type')!,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

function sizeOf(records: readonly NewRecord[]): number {
  return records.reduce(
    (size, { data, metadata, type }) => size + data.length + metadata.length + 2 * type.length,
    0,
  )
}
