import pb from '@eventstore/db-client/generated/streams_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js'
import type { Filter, Position, StreamName } from '../port/event-store.js'
import type { PreparedEvent } from '../core/prepared-append.js'
import { StoredEvent } from '../core/stored-event.js'

type WireRecord = ReadResp.ReadEvent.RecordedEvent

const metadataType = '$metadata'
const tombstoneType = '$streamDeleted'

/** The server's own events that change what becomes of a stream. */
export const streamChangeTypes = [metadataType, tombstoneType]

const ticksPerMillisecond = 10_000n
const { Options } = pb.ReadReq

/**
 * Payloads travel as JSON in content type, and in the very bytes of the prepared text: the server keeps bytes, so
 * they come back as they were, while its own tools still show them as JSON.
 */
export function toWire({ id, type, dataText, metadataText }: PreparedEvent) {
  const message = new pb.BatchAppendReq.ProposedMessage()
  message.setId(uuid(id))
  message.getMetadataMap().set('type', type).set('content-type', 'application/json')
  message.setData(bytes(dataText))
  message.setCustomMetadata(bytes(metadataText))
  return message
}

/** The record a message brings; nothing for a confirmation, a checkpoint, a stream that is not there. */
export function recordOf(response: ReadResp): WireRecord | undefined {
  return response.getEvent()?.getEvent()
}

export function positionOf(record: WireRecord): Position {
  return BigInt(record.getCommitPosition())
}

/** The event, or nothing for one of the server's own: names and types that begin with `$` are its. */
export function fromWire(record: WireRecord): StoredEvent | undefined {
  const properties = record.getMetadataMap()
  const type = properties.get('type') ?? ''
  const stream = text(record.getStreamIdentifier()!.getStreamName_asU8())
  if (stream.startsWith('$') || type.startsWith('$')) return undefined
  return new StoredEvent(
    positionOf(record),
    stream,
    BigInt(record.getStreamRevision()),
    eventId(record),
    type,
    text(record.getData_asU8()),
    text(record.getCustomMetadata_asU8()),
    new Date(Number(BigInt(properties.get('created') ?? 0) / ticksPerMillisecond)),
  )
}

/** The position of an event that is ours, without a look at its payload. */
export function ourPosition(response: ReadResp): Position | undefined {
  const record = recordOf(response)
  if (!record || record.getMetadataMap().get('type')?.startsWith('$')) return undefined
  if (text(record.getStreamIdentifier()!.getStreamName_asU8()).startsWith('$')) return undefined
  return positionOf(record)
}

export function streamId(stream: StreamName): StreamIdentifier {
  const identifier = new shared.StreamIdentifier()
  identifier.setStreamName(bytes(stream))
  return identifier
}

export function uuid(id: string): UUID {
  const wire = new shared.UUID()
  wire.setString(id)
  return wire
}

/** @param from inclusive; the stream's first event forward, its last backward when absent */
export function streamRead(
  stream: StreamName,
  direction: 'forward' | 'backward',
  from: bigint | undefined,
  count: number,
) {
  const where = new Options.StreamOptions()
  where.setStreamIdentifier(streamId(stream))
  if (from !== undefined) where.setRevision(String(from))
  else if (direction === 'forward') where.setStart(new shared.Empty())
  else where.setEnd(new shared.Empty())
  const options = readOptions(direction)
  options.setStream(where)
  options.setNoFilter(new shared.Empty())
  options.setCount(String(count))
  return request(options)
}

/** The last event that is not the server's own, before a place or in all. */
export function lastRead(before: Position | undefined) {
  const options = readOptions('backward')
  options.setAll(place('end', before))
  options.setFilter(wireFilter({}))
  options.setCount('1')
  return request(options)
}

/**
 * Forward without a filter the server's own events come too, and are dropped here: looking at each name costs the
 * server more than sending the few there are.
 *
 * @param from the server gives the event at `from` itself forward, not backward; the respective end when absent
 */
export function logRead(
  direction: 'forward' | 'backward',
  from: Position | undefined,
  count: number,
  filter: Filter,
) {
  const options = readOptions(direction)
  options.setAll(place(direction === 'forward' ? 'start' : 'end', from))
  const everything = direction === 'forward' && !filter.types && !filter.streamPrefix
  if (everything) options.setNoFilter(new shared.Empty())
  else options.setFilter(wireFilter(filter))
  options.setCount(String(count))
  return request(options)
}

/** @param from exclusive; what is appended from now on when absent */
export function logSubscription(filter: Filter, from?: Position) {
  const options = readOptions('forward')
  options.setAll(place('end', from))
  options.setFilter(wireFilter(filter))
  options.setSubscription(new Options.SubscriptionOptions())
  return request(options)
}

/** What the server writes of a stream when its keeping, its access or its life is changed; nothing for any other event. */
export function streamChange(response: ReadResp) {
  const record = recordOf(response)
  const type = record?.getMetadataMap().get('type')
  if (!record || (type !== metadataType && type !== tombstoneType)) return undefined
  const name = text(record.getStreamIdentifier()!.getStreamName_asU8())
  return {
    stream: type === metadataType ? name.slice(2) : name,
    tombstone: type === tombstoneType,
    settings: type === metadataType ? text(record.getData_asU8()) : '{}',
    position: positionOf(record),
    id: eventId(record),
  }
}

function readOptions(direction: 'forward' | 'backward') {
  const options = new Options()
  options.setReadDirection(
    direction === 'forward' ? Options.ReadDirection.FORWARDS : Options.ReadDirection.BACKWARDS,
  )
  options.setResolveLinks(false)
  const ids = new Options.UUIDOption()
  ids.setString(new shared.Empty())
  options.setUuidOption(ids)
  return options
}

function place(end: 'start' | 'end', from: Position | undefined) {
  const where = new Options.AllOptions()
  if (from === undefined) {
    if (end === 'start') where.setStart(new shared.Empty())
    else where.setEnd(new shared.Empty())
    return where
  }
  const position = new Options.Position()
  position.setCommitPosition(String(from))
  position.setPreparePosition(String(from))
  where.setPosition(position)
  return where
}

/**
 * The server filters by stream or by type, the reader checks the other; the prefix goes first, being the stricter one
 * as a rule. Only regular expressions are used: the server compares its prefix lists by the rules of a language, so
 * that `ca` would not begin `cá` written with a combining accent, and such events would be passed over in silence.
 * System streams never leave the server.
 */
function wireFilter({ types, streamPrefix }: Filter) {
  const expression = new Options.FilterOptions.Expression()
  const filter = new Options.FilterOptions()
  if (types && !streamPrefix) {
    expression.setRegex(`^(?:${types.map(literally).join('|')})\\z`)
    filter.setEventType(expression)
  } else {
    expression.setRegex(streamPrefix ? `^${literally(streamPrefix)}` : '^[^$]')
    filter.setStreamIdentifier(expression)
  }
  filter.setCount(new shared.Empty())
  filter.setCheckpointintervalmultiplier(1)
  return filter
}

function literally(value: string): string {
  return value.replaceAll(/[\\*+?|{}[\]()^$.#\s]/gu, (character) =>
    character.trim() ? `\\${character}` : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function request(options: InstanceType<typeof Options>) {
  const asked = new pb.ReadReq()
  asked.setOptions(options)
  return asked
}

function eventId(record: WireRecord): string {
  return record.getId()!.getString()
}

function bytes(value: string): Uint8Array {
  return Buffer.from(value, 'utf8')
}

function text(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')
}
