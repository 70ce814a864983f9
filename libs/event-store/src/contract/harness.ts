import { newId, type JsonValue } from '#kernel'
import type {
  Delivery,
  EventStore,
  NewEvent,
  Position,
  ReadAllOptions,
  RecordedEvent,
  SubscribeOptions,
} from '../port/event-store.js'

/** An adapter under test. The log need not be empty, but nobody else may write to it. */
export interface StoreUnderTest {
  readonly store: EventStore
  /** Releases what `open` took beyond the store; the suite closes the store itself. */
  release?(): Promise<void>
}

export type StoreAccess = () => EventStore

export function event(data: JsonValue = {}, type = 'thing.Noted', id = newId()): NewEvent {
  return { id, type, data, metadata: { commandId: 'c-1' } }
}

export function someEvents(count: number, type?: string): NewEvent[] {
  return Array.from({ length: count }, (_, number) => event({ number }, type))
}

/** A name no other test uses: the log is shared by the whole suite. */
export function freshStream(category = 'thing'): string {
  return `${category}-${newId()}`
}

/** A category of its own for one test, to be used as a prefix. */
export function freshCategory(): string {
  return `c${newId().replaceAll('-', '')}-`
}

export async function collect(store: EventStore, options?: ReadAllOptions): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = []
  for await (const page of store.readAll(options)) all.push(...page)
  return all
}

/** Everything a subscriber gets until the check is content. */
export async function deliveriesUntil(
  store: EventStore,
  from: Position,
  options: SubscribeOptions,
  enough: (delivery: Delivery, all: readonly Delivery[]) => boolean,
): Promise<Delivery[]> {
  const all: Delivery[] = []
  for await (const delivery of store.subscribe(from, options)) {
    all.push(delivery)
    if (enough(delivery, all)) return all
  }
  return all
}

export function eventsOf(deliveries: readonly Delivery[]): RecordedEvent[] {
  return deliveries.flatMap((delivery) => (delivery.kind === 'events' ? delivery.events : []))
}

export const caughtUp = (delivery: Delivery): boolean => delivery.kind === 'caught-up'

export function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id)
}

/** What the promise was refused with; fails when it was not. */
export async function refusal(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Error) return outcome
  throw new Error('Expected the call to be refused, but it succeeded.')
}
