import { createDatabase, migrate, type Database } from '#database'
import { engineMigrations, listParked, ProjectionRunner, reached, type Projection } from '#engine'
import { PostgresEventStore, type EventStore } from '#event-store'
import { fill, freshDatabase, newEvent, runSql } from './logs.js'
import { compare, rate, throughput } from './measure.js'
import { tally } from './tally.js'

/** Others keep their pace beside a stream that fails: within a tenth. */
const target = { atLeast: 0.9 }

/** Of so many streams one fails. */
const streams = 50
const poisoned = 'fill-7'
const writers = 16

interface Log {
  readonly store: EventStore
  readonly database: Database
  readonly url: string
}

/** What a stream that fails and is parked costs those beside it: while all are written, and in a replay. */
export async function parkingBench(
  server: string,
  options: { readonly seconds: number; readonly rounds: number; readonly replayed: number },
): Promise<void> {
  const { seconds, rounds, replayed } = options
  const live = (fails: boolean): (() => Promise<number>) => {
    return () => onFreshLog(server, (log) => writtenAndShown(log, seconds, fails))
  }
  await compare(`Events of ${streams - 1} streams, written by ${writers} and shown by a view`, rounds, [
    { name: 'beside one like them', run: live(false) },
    { name: 'beside one that fails and is parked', run: live(true), target },
  ])
  const again = (fails: boolean): (() => Promise<number>) => {
    return () => onFreshLog(server, (log) => replayedOnce(log, replayed, fails))
  }
  await compare(`Replay of ${replayed} events of ${replayed / 5} streams into a view`, rounds, [
    { name: 'all can be applied', run: again(false) },
    { name: 'one stream fails and is parked', run: again(true), target },
  ])
}

/** From the first append until the view shows the last: events of the others, a second. */
async function writtenAndShown(log: Log, seconds: number, fails: boolean): Promise<number> {
  return running(log, fails, (view) =>
    rate(async () => {
      let [next, neighbours] = [0, 0]
      await throughput(writers, seconds, async () => {
        const stream = `fill-${next++ % streams}`
        await log.store.append(stream, [newEvent()], 'any')
        if (stream !== poisoned) neighbours++
      })
      await reached(log.database, view, await log.store.head(), 600_000)
      return neighbours
    }),
  )
}

async function replayedOnce(log: Log, events: number, fails: boolean): Promise<number> {
  await fill(log.url, events)
  const head = await log.store.head()
  return rate(async () => {
    await running(log, fails, (view) => reached(log.database, view, head, 600_000))
    return events
  })
}

/** The view is there, and the stream stands still in it where it is to fail, or the figures mean nothing. */
async function running<Result>(
  { store, database }: Log,
  fails: boolean,
  work: (view: Projection) => Promise<Result>,
): Promise<Result> {
  const view = tally(1, ({ stream }) => fails && stream === poisoned)
  const runner = new ProjectionRunner(store, database, { failed: (_name, error) => console.error(error) })
  runner.start([view])
  await reached(database, view, 0n, 60_000)
  const result = await work(view)
  await runner.stop()
  const parked = (await listParked(database)).length
  if (parked !== (fails ? 1 : 0)) throw new Error(`${parked} streams were parked`)
  return result
}

async function onFreshLog(server: string, work: (log: Log) => Promise<number>): Promise<number> {
  const url = await freshDatabase(server, 'bench_parking')
  const database = createDatabase({ connection: url })
  await migrate(database, 'engine', engineMigrations)
  const store = await PostgresEventStore.open({ connection: url })
  const figure = await work({ store, database, url })
  await store.close()
  await database.close()
  await runSql(server, 'drop database bench_parking')
  return figure
}
