import { newId } from '#kernel'
import { PostgresEventStore } from '#event-store'
import { Floor } from './floor.js'
import { type data, fill, fillFloor, floorEvent, freshDatabase, newEvent, runSql } from './logs.js'
import { compare, rate, throughput, throughputOf } from './measure.js'

export interface EventStoreBenchOptions {
  /** Seconds per round and contender. */
  readonly seconds: number
  readonly rounds: number
  readonly replayed: number
  readonly created: number
  /** Events of the large log, compared with one of 10,000. */
  readonly large: number
}

const smallLog = 10_000
const pageSize = 1_000
/** The PostgreSQL event store against bare `pg`, on one durable server. */
export async function eventStoreBench(server: string, options: EventStoreBenchOptions): Promise<void> {
  const url = await freshDatabase(server, 'bench')
  const floor = new Floor(url, 32)
  await floor.install()
  const store = await PostgresEventStore.open({ connection: url })
  await readAndAppend(url, store, options)
  await createAggregates(floor, store, options)
  await replay(url, floor, store, options)
  await store.close()
  await floor.close()
  await growth(server, options)
}

async function readAndAppend(
  url: string,
  store: PostgresEventStore,
  { seconds, rounds }: EventStoreBenchOptions,
): Promise<void> {
  for (const concurrency of [1, 8, 32]) {
    const floor = new Floor(url, concurrency)
    const floorStreams = new Streams()
    const streams = new Streams()
    await compare(`Read 5 events, append 1, ${concurrency} at a time`, rounds, [
      {
        name: 'bare pg',
        run: () =>
          throughput(concurrency, seconds, (worker) =>
            floor.readAndAppend(floorStreams.next(worker), 5, floorEvent()),
          ),
      },
      {
        name: 'event store',
        run: () => throughput(concurrency, seconds, (worker) => load(store, streams.next(worker))),
      },
    ])
    await floor.close()
  }
}

async function load(store: PostgresEventStore, stream: string): Promise<void> {
  const events = await store.readStream(stream, { direction: 'backward', limit: 5 })
  const sum = events.reduce((count, one) => count + ((one.data as typeof data).title.length > 0 ? 1 : 0), 0)
  if (sum !== events.length) throw new Error('An event lost its data.')
  await store.append(stream, [newEvent()], events[0]?.revision ?? 'no-stream')
}

async function createAggregates(
  floor: Floor,
  store: PostgresEventStore,
  { created, rounds }: EventStoreBenchOptions,
): Promise<void> {
  const bare = (): Promise<unknown> =>
    floor.createOfThree(`new-${newId()}`, [floorEvent(), floorEvent(), floorEvent()])
  await compare(`Create ${created} aggregates of 3 events`, rounds, [
    { name: 'bare pg, one by one', run: () => throughputOf(created, 1, bare) },
    { name: 'bare pg, 32 at a time', run: () => throughputOf(created, 32, bare) },
    {
      name: 'event store, 32 at a time',
      run: () =>
        throughputOf(created, 32, () =>
          store.append(`new-${newId()}`, [newEvent(), newEvent(), newEvent()], 'no-stream'),
        ),
    },
  ])
}

async function replay(
  url: string,
  floor: Floor,
  store: PostgresEventStore,
  { replayed, rounds }: EventStoreBenchOptions,
): Promise<void> {
  const from = await store.head()
  await fill(url, replayed)
  await fillFloor(url, from)
  const whole = (replaying: () => Promise<number>) =>
    rate(async () => {
      const count = await replaying()
      if (count !== replayed) throw new Error(`${count} events came instead of ${replayed}.`)
      return count
    })
  let touched = 0
  const through = async (look: (event: { data: unknown; dataText: string }) => unknown) => {
    let count = 0
    for await (const page of store.readAll({ from, pageSize })) {
      for (const event of page) if (look(event)) touched++
      count += page.length
    }
    return count
  }
  await compare(`Replay ${replayed} events`, rounds, [
    {
      name: 'bare pg, parsed',
      run: () => whole(() => floor.replay(pageSize, (event) => void (event.data && touched++))),
    },
    { name: 'event store, parsed', run: () => whole(() => through((event) => event.data)) },
    { name: 'event store, unparsed', run: () => whole(() => through((event) => event.dataText)) },
  ])
}

async function growth(server: string, { large, seconds, rounds }: EventStoreBenchOptions): Promise<void> {
  const logs = await Promise.all(
    [smallLog, large].map(async (events) => {
      const url = await freshDatabase(server, `growth_${events}`)
      const store = await PostgresEventStore.open({ connection: url })
      await fill(url, events)
      await runSql(url, 'vacuum analyze event_log.event')
      return { events, store, streams: new Streams(events) }
    }),
  )
  await runSql(server, 'checkpoint')
  for (const concurrency of [1, 32])
    await compare(
      `Read 5 events, append 1, ${concurrency} at a time, by length of the log`,
      rounds,
      logs.map(({ events, store, streams }) => ({
        name: `${events} events`,
        run: () => throughput(concurrency, seconds, (worker) => load(store, streams.next(worker))),
      })),
    )
  for (const { store } of logs) await store.close()
}

/** Existing streams of five events in random order over the whole log, or new ones. No two workers share one. */
class Streams {
  readonly #run = newId()

  constructor(readonly events = 0) {}

  next(worker: number): string {
    if (this.events === 0) return `run-${this.#run}-${worker}-${Math.floor(Math.random() * 100)}`
    const perWorker = Math.floor(this.events / 5 / 32)
    return `fill-${worker * perWorker + Math.floor(Math.random() * perWorker)}`
  }
}
