import { IsISO8601, IsString, MaxLength } from 'class-validator'
import { newId, systemClock } from '#kernel'
import { createDatabase, migrate } from '#database'
import {
  CommandHandler,
  engineMigrations,
  KeyedSealing,
  MasterKeys,
  personalKeyMigration,
  PostgresKeyTable,
  ProjectionRunner,
  reached,
  SubjectKeys,
} from '#engine'
import { party, workflow, type Actor } from '#engine/workflow'
import { EventStoreDbEventStore, PostgresEventStore, type EventStore } from '#event-store'
import { Floor } from './floor.js'
import { data, fill, fillFloor, floorEvent, freshDatabase } from './logs.js'
import { compare, rate, throughput } from './measure.js'
import { tally } from './tally.js'

export interface EngineBenchOptions {
  readonly seconds: number
  readonly rounds: number
  readonly replayed: number
}

class Note {
  @IsISO8601() due!: string
  @IsString() @MaxLength(100) agency!: string
  @IsString() @MaxLength(200) title!: string
  @IsString() @MaxLength(1000) text!: string
}

interface Notes {
  readonly status: 'empty' | 'noted'
  readonly count: number
}

const anyone = party<Notes>('anyone', { vi: 'ai cũng được', en: 'anyone' }, () => true)

const notes = workflow<Notes, { Note: Note }, { 'bench.Noted': object }>({
  name: 'note',
  initial: { status: 'empty', count: 0 },
  statuses: { empty: { vi: 'trống', en: 'empty' }, noted: { vi: 'đã ghi', en: 'noted' } },
  transitions: {
    Note: {
      text: { vi: 'Ghi', en: 'Note' },
      input: Note,
      from: ['empty', 'noted'],
      by: [anyone],
      to: ['noted'],
      decide: ({ command }) => [{ type: 'bench.Noted', data: command }],
    },
  },
  evolve: { 'bench.Noted': ({ count }) => ({ status: 'noted', count: count + 1 }) },
})

const actor: Actor = { id: 'a-17', agency: 'so-tu-phap', roles: [], scope: 'all' }

/**
 * Whole commands through the engine, and a projection to its checkpointed end, against bare `pg`; the commands also
 * over the EventStoreDB that `ROVIEC_TEST_EVENTSTORE_URL` names.
 */
export async function engineBench(server: string, options: EngineBenchOptions): Promise<void> {
  const url = await freshDatabase(server, 'bench_engine')
  const store = await PostgresEventStore.open({ connection: url })
  await commands(url, store, options)
  await sealedCommands(url, store, options)
  await store.close()
  await projection(await freshDatabase(server, 'bench_projection'), options)
}

async function commands(
  url: string,
  store: PostgresEventStore,
  { seconds, rounds }: EngineBenchOptions,
): Promise<void> {
  const eventStoreDbUrl = process.env['ROVIEC_TEST_EVENTSTORE_URL']
  const eventStoreDb = eventStoreDbUrl && (await EventStoreDbEventStore.open({ url: eventStoreDbUrl }))
  const handlerOver = (one: EventStore) =>
    new CommandHandler({ store: one, clock: systemClock, workflows: [notes] })
  const engines = [
    { name: 'engine', handler: handlerOver(store) },
    ...(eventStoreDb ? [{ name: 'engine over EventStoreDB', handler: handlerOver(eventStoreDb) }] : []),
  ]
  for (const concurrency of [1, 8, 32]) {
    const floor = new Floor(url, concurrency)
    if (concurrency === 1) await floor.install()
    const run = newId()
    const stream = (worker: number): string => `${run}-${worker}-${Math.floor(Math.random() * 100)}`
    await compare(`Whole command (validate, decide, append), ${concurrency} at a time`, rounds, [
      {
        name: 'bare pg: read 5, append 1',
        run: () =>
          throughput(concurrency, seconds, (worker) => floor.readAndAppend(stream(worker), 5, floorEvent())),
      },
      ...engines.map(({ name, handler }) => ({
        name,
        run: () =>
          throughput(concurrency, seconds, (worker) =>
            handler.handleOrThrow({
              id: newId(),
              workflow: 'note',
              aggregate: stream(worker),
              transition: 'Note',
              data,
              actor,
            }),
          ),
      })),
    ])
    await floor.close()
  }
  if (eventStoreDb) await eventStoreDb.close()
}

/** The same command with its text sealed, on streams whose key is in memory, and each on a stream of its own. */
async function sealedCommands(
  url: string,
  store: PostgresEventStore,
  { seconds, rounds }: EngineBenchOptions,
): Promise<void> {
  const database = createDatabase({ connection: url })
  await migrate(database, 'sealing', [personalKeyMigration])
  const masters = MasterKeys.parse(MasterKeys.generate(), 'bench')!
  const sealing = new KeyedSealing(new SubjectKeys(new PostgresKeyTable(database), masters))
  const sealed: typeof notes = { ...notes, name: 'sealed', personal: new Map([['bench.Noted', ['text']]]) }
  const handler = new CommandHandler({ store, clock: systemClock, workflows: [notes, sealed], sealing })
  const run = newId()
  const known = (worker: number): string => `${run}-${worker}-${Math.floor(Math.random() * 100)}`
  const contender = (name: string, workflow: string, aggregate: (worker: number) => string) => ({
    name,
    run: () =>
      throughput(8, seconds, (worker) =>
        handler.handleOrThrow({
          id: newId(),
          workflow,
          aggregate: aggregate(worker),
          transition: 'Note',
          data,
          actor,
        }),
      ),
  })
  await compare('Whole command with a sealed text, 8 at a time', rounds, [
    contender('nothing sealed', 'note', known),
    contender('one text sealed', 'sealed', known),
    contender('nothing sealed, a new stream each', 'note', newId),
    contender('one text sealed, a new stream and key each', 'sealed', newId),
  ])
  await database.close()
}

async function projection(url: string, { rounds, replayed }: EngineBenchOptions): Promise<void> {
  const store = await PostgresEventStore.open({ connection: url })
  await fill(url, replayed)
  const database = createDatabase({ connection: url })
  await migrate(database, 'engine', engineMigrations)
  const floor = new Floor(url, 1)
  await floor.install()
  await fillFloor(url, 0n)
  const head = await store.head()
  let run = 0
  const toTheEnd = (): Promise<number> =>
    timed(replayed, async () => {
      const next = tally(++run)
      const runner = new ProjectionRunner(store, database, {
        failed: (_name, error) => console.error(error),
      })
      runner.start([next])
      await reached(database, next, head, 600_000)
      await runner.stop()
    })
  await compare(`Projection that counts ${replayed} events per stream, to its checkpointed end`, rounds, [
    { name: 'bare pg: replay alone', run: () => timed(replayed, () => floor.replay(1_000, () => undefined)) },
    { name: 'projection', run: toTheEnd },
  ])
  await floor.close()
  await database.close()
  await store.close()
}

function timed(events: number, work: () => Promise<unknown>): Promise<number> {
  return rate(async () => {
    await work()
    return events
  })
}
