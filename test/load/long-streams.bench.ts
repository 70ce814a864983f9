import { IsString, MaxLength } from 'class-validator'
import { deriveId, newId, systemClock } from '#kernel'
import { createDatabase, migrate, type Database } from '#database'
import { CommandHandler, PostgresSnapshots, snapshotMigration } from '#engine'
import { party, workflow, type Actor } from '#engine/workflow'
import { PostgresEventStore } from '#event-store'
import { data, freshDatabase } from './logs.js'
import { compare, throughput } from './measure.js'

class Note {
  @IsString() @MaxLength(1000) text!: string
}

interface Notes {
  readonly status: 'empty' | 'noted'
  readonly count: number
  /** The latest, so that the state has the size of a task's. */
  readonly latest: readonly string[]
}

const anyone = party<Notes>('anyone', { vi: 'ai cũng được', en: 'anyone' }, () => true)

const notes = workflow<Notes, { Note: Note }, { 'bench.Noted': { text: string } }>({
  name: 'note',
  initial: { status: 'empty', count: 0, latest: [] },
  statuses: { empty: { vi: 'trống', en: 'empty' }, noted: { vi: 'đã ghi', en: 'noted' } },
  transitions: {
    Note: {
      text: { vi: 'Ghi', en: 'Note' },
      input: Note,
      from: ['empty', 'noted'],
      by: [anyone],
      to: ['noted'],
      decide: ({ command }) => [{ type: 'bench.Noted', data: { text: command.text } }],
    },
  },
  evolve: {
    'bench.Noted': ({ count, latest }, { text }) => ({
      status: 'noted',
      count: count + 1,
      latest: [...latest.slice(-9), text],
    }),
  },
})

const actor: Actor = { id: 'a-17', agency: 'so-tu-phap', roles: [], scope: 'all' }
const long = 10_000
const short = 10
/** Few enough to be written quickly, many enough that none grows long while the bench runs. */
const shortStreams = 500
const batch = 500

/** A command on a long stream takes no more than 1.5 times as long as on a short one. */
const target = { atLeast: 1 / 1.5 }

/** A command on an aggregate of 10,000 events against one on an aggregate of 10: as a restarted process, and warm. */
export async function longStreamsBench(
  server: string,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<void> {
  const url = await freshDatabase(server, 'bench_long_streams')
  const store = await PostgresEventStore.open({ connection: url })
  const database = createDatabase({ connection: url })
  await migrate(database, 'snapshots', [snapshotMigration])
  await fill(store)
  const warm = handler(store, database)
  const bare = (): CommandHandler => new CommandHandler({ store, clock: systemClock, workflows: [notes] })
  let next = 0
  const oneOfShort = (): string => `short-${next++ % shortStreams}`
  await send(warm, 'long')
  for (let index = 0; index < shortStreams; index++) await send(warm, oneOfShort())
  for (const [how, by] of [
    ['as after a restart', () => handler(store, database)],
    ['warm', () => warm],
  ] as const)
    await compare(`Whole command by the length of its stream, ${how}`, rounds, [
      { name: `${short} events`, run: () => throughput(1, seconds, () => send(by(), oneOfShort())) },
      { name: `${long} events`, run: () => throughput(1, seconds, () => send(by(), 'long')), target },
      ...(how === 'warm'
        ? []
        : [
            {
              name: `${long} events, read whole`,
              run: () => throughput(1, seconds, () => send(bare(), 'long')),
            },
          ]),
    ])
  await database.close()
  await store.close()
}

function handler(store: PostgresEventStore, database: Database): CommandHandler {
  const snapshots = new PostgresSnapshots(database)
  return new CommandHandler({ store, clock: systemClock, workflows: [notes], snapshots })
}

async function send(to: CommandHandler, aggregate: string): Promise<void> {
  const command = { id: newId(), workflow: 'note', aggregate, transition: 'Note', actor }
  await to.handleOrThrow({ ...command, data: { text: data.text } })
}

async function fill(store: PostgresEventStore): Promise<void> {
  for (let from = 0; from < long; from += batch) await write(store, 'long', from, batch)
  await Promise.all(
    Array.from({ length: shortStreams }, (_, index) => write(store, `short-${index}`, 0, short)),
  )
}

async function write(store: PostgresEventStore, id: string, from: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => {
    const commandId = deriveId(id, from + index)
    const about = { transition: 'Note', digest: commandId, actor: 'a-17', agency: null, causationId: null }
    return {
      id: deriveId(commandId, 0),
      type: 'bench.Noted',
      data: { text: data.text },
      metadata: { ...about, commandId, correlationId: commandId, occurredAt: '2025-03-14T01:00:00.000Z' },
    }
  })
  await store.append(`note-${id}`, events, from === 0 ? 'no-stream' : BigInt(from - 1))
}
