import {
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
} from '@eventstore/db-client/generated/streams_pb.js'
import { batchAnswer, callFailure, streamDeleted } from './stand-in-answers.js'
import type { Expected, Judgement, NewRecord, StandInLog } from './stand-in-log.js'

interface Underway {
  readonly stream: string
  readonly expected: Expected
  readonly records: NewRecord[]
}

type Message = Pick<
  BatchAppendReq.ProposedMessage,
  'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'
>

export function append(
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

export function batchAppend(
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

export function remove(
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
