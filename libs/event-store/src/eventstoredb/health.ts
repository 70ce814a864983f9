import type { Delivery, Position, SubscribeOptions } from '../port/event-store.js'

/** How a store's connection and its subscriptions are doing, as numbers to be exported. Counters only grow. */
export interface EventStoreDbHealth {
  /** Whether the server's word that the log has grown is being heard; without it a look every 5 s does. */
  readonly listening: boolean
  /** How often the live subscription was lost: a leader change, a restart, a cut connection. */
  readonly drops: number
  /** How often it was taken up again after that. */
  readonly reconnects: number
  /** Pages of subscriptions that had to be asked for again while the server was away. */
  readonly pageRetries: number
  /** Appends whose connection was lost between request and answer. */
  readonly appendsUnknown: number
  /** How often a subscription, also one that is over, had seen everything and then had a whole page before it. */
  readonly fellBehind: number
  readonly subscriptions: readonly SubscriptionHealth[]
}

export interface SubscriptionHealth {
  /** What it reads; null for all types. */
  readonly types: readonly string[] | null
  readonly checkpoint: Position
  readonly caughtUp: boolean
  /** Seconds since it last had seen everything there was; 0 when it has. */
  readonly secondsBehind: number
  /** Bytes of the log after its checkpoint, as far as this process knows the log. */
  readonly bytesBehind: bigint
  /**
   * Events for it in those bytes, by how many it was given in the bytes it has passed, since the server counts bytes;
   * null before its first page.
   */
  readonly eventsBehind: number | null
}

/** What is counted, by those to whom it happens. */
export class HealthRecord {
  listening = false
  drops = 0
  reconnects = 0
  pageRetries = 0
  appendsUnknown = 0
  fellBehind = 0
  readonly #subscriptions = new Set<Gauge>()

  /** Passes the deliveries on and keeps account of them. */
  async *observe(
    deliveries: AsyncIterable<Delivery>,
    from: Position,
    pageSize: number,
    { types }: SubscribeOptions,
  ): AsyncGenerator<Delivery> {
    const gauge = new Gauge(types ?? null, from, pageSize, () => this.fellBehind++)
    this.#subscriptions.add(gauge)
    try {
      for await (const delivery of deliveries) {
        gauge.take(delivery)
        yield delivery
      }
    } finally {
      this.#subscriptions.delete(gauge)
    }
  }

  /** @param met the greatest position this process knows of */
  snapshot(met: Position): EventStoreDbHealth {
    const { listening, drops, reconnects, pageRetries, appendsUnknown, fellBehind } = this
    const subscriptions = [...this.#subscriptions].map((gauge) => gauge.snapshot(met))
    return { listening, drops, reconnects, pageRetries, appendsUnknown, fellBehind, subscriptions }
  }
}

class Gauge {
  #behindSince: number | null = performance.now()
  #checkpoint: Position
  #events = 0

  constructor(
    readonly types: readonly string[] | null,
    readonly from: Position,
    readonly pageSize: number,
    readonly fellBehind: () => void,
  ) {
    this.#checkpoint = from
  }

  take(delivery: Delivery): void {
    this.#checkpoint = delivery.checkpoint
    if (delivery.kind === 'caught-up') {
      this.#behindSince = null
      return
    }
    this.#events += delivery.events.length
    if (this.#behindSince !== null) return
    this.#behindSince = performance.now()
    if (delivery.events.length >= this.pageSize) this.fellBehind()
  }

  snapshot(met: Position): SubscriptionHealth {
    const { types } = this
    const since = this.#behindSince
    const checkpoint = this.#checkpoint
    const bytesBehind = met > checkpoint ? met - checkpoint : 0n
    return {
      types,
      checkpoint,
      caughtUp: since === null,
      secondsBehind: since === null ? 0 : (performance.now() - since) / 1_000,
      bytesBehind,
      eventsBehind: this.#eventsIn(bytesBehind),
    }
  }

  #eventsIn(bytes: bigint): number | null {
    if (bytes === 0n) return 0
    const passed = this.#checkpoint - this.from
    return passed === 0n ? null : Math.round((Number(bytes) * this.#events) / Number(passed))
  }
}
