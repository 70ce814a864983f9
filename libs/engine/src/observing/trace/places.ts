import type { Database } from '#database'
import type { EventStore, RecordedEvent } from '#event-store'
import { eventId } from '../../commanding/aggregate.js'
import { selectCaused, selectCorrelated, selectPlaces } from './event-trace.sql.js'

/** A row of the index. */
export interface Place {
  readonly id: string
  readonly stream: string
  readonly revision: string
  readonly position: string
  readonly correlation: string | null
  readonly causation: string | null
}

/** A place with the event that stands there; null where the log has lost it. */
export interface Placed extends Place {
  readonly event: RecordedEvent | null
}

/** Events of one command that are looked for by their derived ids. */
const perCommand = 100

/** Reads of the log at a time. */
const readsAtOnce = 50

/** The index and the log, read together. */
export class Places {
  constructor(
    private readonly database: Database,
    private readonly store: EventStore,
  ) {}

  async byId(id: string): Promise<Placed | undefined> {
    return (await this.#find(selectPlaces, [[id], 1]))[0]
  }

  /** The events of a command: their ids derive from its own. */
  ofCommand(id: string, limit: number): Promise<readonly Placed[]> {
    const ids = Array.from({ length: perCommand }, (_none, index) => eventId(id, index))
    return this.#find(selectPlaces, [ids, limit])
  }

  /** What an event names as its cause: an event, or a command, which stands for the first of its events. */
  async cause(id: string): Promise<Placed | undefined> {
    return (await this.byId(id)) ?? this.byId(eventId(id, 0))
  }

  caused(by: readonly string[], limit: number): Promise<readonly Placed[]> {
    return this.#find(selectCaused, [by, limit])
  }

  correlated(id: string, limit: number): Promise<readonly Placed[]> {
    return this.#find(selectCorrelated, [id, limit])
  }

  /** Of a whole that a command began: the other commands' events and its own, without reading the log. */
  async idsOfWhole(id: string, limit: number): Promise<readonly string[]> {
    const own = Array.from({ length: perCommand }, (_none, index) => eventId(id, index))
    const [first, others] = await Promise.all([
      this.database.query<{ id: string }>(selectPlaces, [own, limit]),
      this.database.query<{ id: string }>(selectCorrelated, [id, limit]),
    ])
    return [...first.rows, ...others.rows].map((row) => row.id)
  }

  async #find(statement: string, values: unknown[]): Promise<readonly Placed[]> {
    const { rows } = await this.database.query<Place & Record<string, unknown>>(statement, values)
    const placed: Placed[] = []
    for (let at = 0; at < rows.length; at += readsAtOnce)
      placed.push(...(await Promise.all(rows.slice(at, at + readsAtOnce).map((row) => this.#load(row)))))
    return placed
  }

  async #load(place: Place): Promise<Placed> {
    const fromRevision = BigInt(place.revision)
    const [event] = await this.store.readStream(place.stream, { fromRevision, limit: 1 })
    return { ...place, event: event?.id.toLowerCase() === place.id ? event : null }
  }
}
