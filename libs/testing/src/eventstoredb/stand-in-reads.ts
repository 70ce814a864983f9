import { status, type ServerWritableStream } from '@grpc/grpc-js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { callFailure, checkpoint, readEvent, streamDeleted, streamNotFound } from './stand-in-answers.js'
import type { StandInLog, StandInRecord } from './stand-in-log.js'

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>

const { Options } = pb.ReadReq

/** Events a filtered subscription passes over before it says how far it has come. */
const checkpointEvery = 32

/** A bounded read: writes what there is and ends. */
export function answerRead(log: StandInLog, call: ReadCall): void {
  const options = call.request.getOptions()!
  const backward = options.getReadDirection() === Options.ReadDirection.BACKWARDS
  const count = Number(options.getCount())
  const found = options.hasStream()
    ? streamRecords(log, options, backward)
    : logRecords(log, options, backward, count)
  if (found instanceof Error) return void call.emit('error', found)
  if (typeof found === 'string') call.write(streamNotFound(found))
  else for (const record of found.slice(0, count)) call.write(readEvent(record))
  call.end()
}

/** A subscription: what there is, the word that this was all, then what comes. Ends with its call. */
export function answerSubscription(log: StandInLog, call: ReadCall): void {
  const options = call.request.getOptions()!
  const wanted = filterOf(options)
  const stream = options.hasStream() ? nameOf(options) : undefined
  let next =
    options.getAll()?.hasEnd() || options.getStream()?.hasEnd() ? log.all.length : firstAfter(log, options)
  let passed = 0
  let live = false
  const send = () => {
    for (; next < log.all.length; next++) {
      const record = log.all[next]!
      if (stream === undefined ? wanted(record) : record.stream === stream) call.write(readEvent(record))
      else if (options.hasFilter() && ++passed % checkpointEvery === 0)
        call.write(checkpoint(record.position))
    }
    if (!live) call.write(new pb.ReadResp().setCaughtUp(new pb.ReadResp.CaughtUp()))
    live = true
  }
  const confirmation = new pb.ReadResp.SubscriptionConfirmation()
  confirmation.setSubscriptionId(crypto.randomUUID())
  call.write(new pb.ReadResp().setConfirmation(confirmation))
  if (isBetween(log, options))
    return void call.emit(
      'error',
      callFailure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
    )
  send()
  const leave = log.onAppended(send)
  call.on('cancelled', () => (leave(), call.end()))
  call.on('error', leave)
  call.on('close', leave)
}

function firstAfter(log: StandInLog, options: ReadReq.Options): number {
  const from = options.getAll()?.getPosition()?.getCommitPosition()
  if (from === undefined) return 0
  const index = log.indexOf(BigInt(from))
  return log.all[index]?.position === BigInt(from) ? index + 1 : index
}

/** A place that no record has, before the end: the server has no answer to it. */
function isBetween(log: StandInLog, options: ReadReq.Options): boolean {
  const from = options.getAll()?.getPosition()?.getCommitPosition()
  if (from === undefined || BigInt(from) >= log.end) return false
  return log.all[log.indexOf(BigInt(from))]?.position !== BigInt(from)
}

function nameOf(options: ReadReq.Options): string {
  return Buffer.from(options.getStream()!.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8')
}

function streamRecords(
  log: StandInLog,
  options: ReadReq.Options,
  backward: boolean,
): readonly StandInRecord[] | string | Error {
  const name = nameOf(options)
  const records = log.stream(name)
  if (records === 'deleted') return streamDeleted(name)
  if (records === 'not-found') return name
  const where = options.getStream()!
  const from = where.hasRevision() ? BigInt(where.getRevision()) : undefined
  return backward
    ? records.filter(({ revision }) => from === undefined || revision <= from).toReversed()
    : records.filter(({ revision }) => from === undefined || revision >= from)
}

/** Inclusive forward, exclusive backward; a place between two records, or backward beyond the end, has no answer. */
function logRecords(
  log: StandInLog,
  options: ReadReq.Options,
  backward: boolean,
  count: number,
): readonly StandInRecord[] | Error {
  const all = options.getAll()!
  const from = all.getPosition()?.getCommitPosition()
  const start = from === undefined ? (all.hasEnd() ? log.all.length : 0) : log.indexOf(BigInt(from))
  if (from !== undefined) {
    if (!backward && BigInt(from) >= log.end) return []
    const there = BigInt(from) === log.end || log.all[start]?.position === BigInt(from)
    if (!there) return callFailure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition')
  }
  const wanted = filterOf(options)
  const found: StandInRecord[] = []
  const step = backward ? -1 : 1
  for (let index = backward ? start - 1 : start; found.length < count; index += step) {
    const record = log.all[index]
    if (!record) break
    if (wanted(record)) found.push(record)
  }
  return found
}

function filterOf(options: ReadReq.Options): (record: StandInRecord) => boolean {
  const filter = options.getFilter()
  if (!filter) return () => true
  const expression = filter.getEventType() ?? filter.getStreamIdentifier()!
  const subject = (record: StandInRecord) => (filter.hasEventType() ? record.type : record.stream)
  const prefixes = expression.getPrefixList()
  // `\z` is the end of the text to the server; JavaScript says `$` to that.
  const pattern = expression.getRegex() && new RegExp(expression.getRegex().replace(/\\z$/, '$'))
  return (record) =>
    pattern ? pattern.test(subject(record)) : prefixes.some((prefix) => subject(record).startsWith(prefix))
}
