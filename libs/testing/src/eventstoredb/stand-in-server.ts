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
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
} from '@eventstore/db-client/generated/streams_pb.js'
import { callFailure } from './stand-in-answers.js'
import { append, batchAppend, remove } from './stand-in-appends.js'
import { StandInLog } from './stand-in-log.js'
import { answerRead, answerSubscription, type ReadCall } from './stand-in-reads.js'
import { nodeCertificate, nodeKey, userCaCertificate } from './test-certificates.js'

export interface StandInOptions {
  readonly version?: string
  /** Bytes an append may have; the server's own default is 1 MiB. */
  readonly maxAppendSize?: number
  /** Speaks TLS, with a certificate for 127.0.0.1 that `caCertificate` vouches for. */
  readonly tls?: boolean
  /** Over TLS, takes those clients alone whose certificate `userCaCertificate` vouches for. */
  readonly userCertificates?: boolean
}

/** A failed call in the server's words: gRPC's number, and the exception's name with its details in the trailers. */
export type StandInFailure = Parameters<typeof callFailure>

/** A stand-in for an EventStoreDB node. See the README for what it does as the server does. */
export interface StandInEventStoreDb {
  /** The port, and so the URL, stays the same over restarts. */
  readonly url: string
  readonly port: number
  readonly log: StandInLog
  start(): Promise<void>
  /** Every connection ends at once, as when the process is killed. What was answered is kept. */
  stop(): void
  /** From now on every read and append is answered with this failure; with null as usual again. */
  failWith(failure: StandInFailure | null): void
  /** Ends every subscription that is open, as the server does in a hurry. */
  dropSubscriptions(): void
}

export async function standInEventStoreDb(options: StandInOptions = {}): Promise<StandInEventStoreDb> {
  const { version = '24.6.0', maxAppendSize = 1024 * 1024, tls = false } = options
  const userCertificates = options.userCertificates ?? false
  const log = new StandInLog()
  const subscriptions = new Set<ReadCall>()
  let server: Server | undefined
  let bound = 0
  let failing: StandInFailure | null = null

  const read = (call: ReadCall) => {
    if (failing) return void call.emit('error', callFailure(...failing))
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
        failing ? done(callFailure(...failing)) : append(log, maxAppendSize, call, done),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        failing ? void call.emit('error', callFailure(...failing)) : batchAppend(log, maxAppendSize, call),
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
      server!.bindAsync(`127.0.0.1:${bound}`, credentials(tls, userCertificates), (error, port) =>
        error ? reject(error) : resolve(port),
      )
    })
  }
  await start()
  return {
    url: `esdb://127.0.0.1:${bound}?tls=${tls}`,
    port: bound,
    log,
    start,
    stop: () => server!.forceShutdown(),
    failWith: (failure) => void (failing = failure),
    dropSubscriptions: () => {
      for (const call of subscriptions) call.emit('error', callFailure(status.ABORTED, 'Operation timed out'))
    },
  }
}

function credentials(tls: boolean, userCertificates: boolean): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure()
  const pair = { cert_chain: Buffer.from(nodeCertificate), private_key: Buffer.from(nodeKey) }
  return ServerCredentials.createSsl(Buffer.from(userCaCertificate), [pair], userCertificates)
}
