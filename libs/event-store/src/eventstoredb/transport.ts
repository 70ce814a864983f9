import type { Channel, ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js'
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js'
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import { connect } from './connect.js'
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js'

/**
 * What the client's own calls are built from: discovery, TLS, credentials, and a new channel after a failure. Its
 * ready-made calls are not used: an append over them waits for ever when its stream ends without an answer, a write
 * that fails ends the process, payloads are parsed whether looked at or not, and `readAll` drops its filter.
 */
interface ClientParts {
  getGRPCClient<C>(service: new (...args: never[]) => C, name: string): Promise<C>
  callArguments(options: CallSettings, call?: { readonly deadline: number }): [never, never]
  /** Opens a new channel, to the leader when the error names it, if the error is one of the connection. */
  handleError(client: unknown, error: unknown): Promise<void>
  getChannel(): Promise<Channel>
}

interface CallSettings {
  readonly requiresLeader: boolean
  readonly deadline?: number
}

/** Milliseconds in which the server has to tell its version when the store is opened. */
export const versionWithinMs = 10_000

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>
export type ReadCall = ClientReadableStream<ReadResp>

/** gRPC's numbers for a call that its caller has ended, and for one that had no answer in time. */
const cancelled = 1
const deadlineExceeded = 4

/** The three calls this adapter makes, on the node that leads. */
export class Transport {
  readonly #client: ClientParts
  readonly #calls = new Set<AppendCall | ReadCall>()

  /** @param url connection string, `esdb://…` */
  constructor(url: string) {
    this.#client = connect(url) as unknown as ClientParts
  }

  /** Lives until it fails or is cancelled: many appends go through one. */
  batchAppend(): Promise<AppendCall> {
    return this.#call('batchAppend', (client) => client.batchAppend(...this.#leader(Infinity)))
  }

  /** @param withinMs until the whole answer has to be there; a subscription has no such end */
  read(request: ReadReq, withinMs = Infinity): Promise<ReadCall> {
    return this.#call('read', (client) => client.read(request, ...this.#leader(withinMs)))
  }

  /** Such as `24.6.0`. */
  async serverVersion(withinMs: number): Promise<string> {
    const client = await this.#client.getGRPCClient(featuresService.ServerFeaturesClient, 'serverVersion')
    return new Promise((resolve, reject) => {
      client.getSupportedMethods(new shared.Empty(), ...this.#leader(withinMs), (error: unknown, answer) =>
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the library's own error, translated by the caller
        error ? reject(error) : resolve(answer.getEventStoreServerVersion()),
      )
    })
  }

  /** Ends a call over which no answer came, and with it the connection: what still waits there learns so. */
  async giveUp(call: AppendCall): Promise<void> {
    const client = await this.#client.getGRPCClient(streamsService.StreamsClient, 'giveUp')
    await this.#reconnect(client)
    call.cancel()
  }

  async close(): Promise<void> {
    for (const call of this.#calls) call.cancel()
    ;(await this.#client.getChannel()).close()
  }

  /** A connection that gives no answer may be one that nobody listens to any more. */
  #reconnect(client: unknown): Promise<void> {
    return this.#client.handleError(client, Object.assign(new Error('No answer'), { code: cancelled }))
  }

  async #call<T extends AppendCall | ReadCall>(
    name: string,
    start: (client: InstanceType<typeof streamsService.StreamsClient>) => T,
  ): Promise<T> {
    const client = await this.#client.getGRPCClient(streamsService.StreamsClient, name)
    const call = start(client)
    this.#calls.add(call)
    call.on('error', (error: Error & { code?: number }) => {
      this.#calls.delete(call)
      if (error.code === deadlineExceeded) void this.#reconnect(client)
      else if (error.code !== cancelled) void this.#client.handleError(client, error)
    })
    call.on('end', () => this.#calls.delete(call))
    return call
  }

  #leader(withinMs: number): [never, never] {
    return withinMs === Infinity
      ? this.#client.callArguments({ requiresLeader: true }, { deadline: Infinity })
      : this.#client.callArguments({ requiresLeader: true, deadline: withinMs })
  }
}
