import { Metadata, status } from '@grpc/grpc-js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import rpc from '@eventstore/db-client/generated/status_pb.js'
import type { Judgement, StandInRecord } from './stand-in-log.js'

const ticksPerMillisecond = 10_000n

export function readEvent(record: StandInRecord) {
  const recorded = new pb.ReadResp.ReadEvent.RecordedEvent()
  recorded.setId(new shared.UUID().setString(record.id))
  recorded.setStreamIdentifier(streamIdentifier(record.stream))
  recorded.setStreamRevision(String(record.revision))
  recorded.setPreparePosition(String(record.position))
  recorded.setCommitPosition(String(record.position))
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(BigInt(record.createdMs) * ticksPerMillisecond))
    .set('content-type', record.contentType)
  recorded.setCustomMetadata(record.metadata)
  recorded.setData(record.data)
  const event = new pb.ReadResp.ReadEvent()
  event.setEvent(recorded)
  event.setCommitPosition(String(record.position))
  return new pb.ReadResp().setEvent(event)
}

export function checkpoint(position: bigint) {
  const reached = new pb.ReadResp.Checkpoint()
  reached.setCommitPosition(String(position))
  reached.setPreparePosition(String(position))
  return new pb.ReadResp().setCheckpoint(reached)
}

export function streamNotFound(stream: string) {
  const missing = new pb.ReadResp.StreamNotFound()
  missing.setStreamIdentifier(streamIdentifier(stream))
  return new pb.ReadResp().setStreamNotFound(missing)
}

export function streamIdentifier(name: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'))
}

/** The answer to one append of a batch line. */
export function batchAnswer(
  correlationId: string,
  stream: string,
  judged: Judgement | { readonly tooLarge: number },
) {
  const answer = new pb.BatchAppendResp()
  answer.setCorrelationId(new shared.UUID().setString(correlationId))
  answer.setStreamIdentifier(streamIdentifier(stream))
  if ('tooLarge' in judged) {
    const limit = new shared.MaximumAppendSizeExceeded().setMaxappendsize(judged.tooLarge)
    return answer.setError(failure(limit.serializeBinary(), 'MaximumAppendSizeExceeded'))
  }
  if (judged.kind === 'written') return answer.setSuccess(success(judged))
  if (judged.kind === 'deleted') {
    const deleted = new shared.StreamDeleted().setStreamIdentifier(streamIdentifier(stream))
    return answer.setError(failure(deleted.serializeBinary(), 'StreamDeleted'))
  }
  const wrong = new shared.WrongExpectedVersion()
  if (judged.current === null) wrong.setCurrentNoStream(new shared.Empty() as never)
  else wrong.setCurrentStreamRevision(String(judged.current))
  return answer.setError(failure(wrong.serializeBinary(), 'WrongExpectedVersion'))
}

function success({ last, position }: Judgement & { readonly kind: 'written' }) {
  const at = new shared.AllStreamPosition()
  at.setCommitPosition(String(position))
  at.setPreparePosition(String(position))
  const done = new pb.BatchAppendResp.Success()
  done.setCurrentRevision(String(last))
  done.setPosition(at)
  return done
}

function failure(details: Uint8Array, name: string) {
  const error = new rpc.Status()
  error.setMessage(name)
  // The third field, a packed message, as its own two fields: its type and its bytes.
  error.toArray()[2] = [`type.googleapis.com/event_store.client.${name}`, details]
  return error
}

/** A failed call, in the server's words. */
export function callFailure(
  code: status,
  details: string,
  exception?: string,
  more: Record<string, string> = {},
) {
  const metadata = new Metadata()
  if (exception) metadata.set('exception', exception)
  for (const [name, value] of Object.entries(more)) metadata.set(name, value)
  return Object.assign(new Error(details), { code, details, metadata })
}

export function streamDeleted(stream: string) {
  return callFailure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, 'stream-deleted', {
    'stream-name': stream,
  })
}
