import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { createDatabase, migrate, type Database } from '#database'
import { engineMigrations, leadershipMigration, reached } from '#engine'
import { PostgresEventStore, type Position } from '#event-store'
import { freshDatabase, runSql } from './logs.js'
import { judged, median } from './measure.js'
import { compiledChild, type Child, type Role } from './scale-children.js'
import { differences, isOver, replayViews, viewSums } from './scale-truth.js'
import { processes, projections } from './scale-workload.js'

export interface ScaleBenchOptions {
  /** Aggregates written in a round. */
  readonly manyAggregates: number
  readonly manyRounds: number
  /** Events of the large log, compared with one of 10,000. */
  readonly manyEvents: number
}

const [writers, workers, inFlight] = [4, 2, 8]
const smallLog = 10_000

/** How much slower a long log may be than a short one. */
const slower = { atMost: 1.25 }

/** Of one round. */
interface Figures {
  /** Commands that writers were answered, a second. */
  readonly commands: number
  /** All that the round left behind, from the first command to the last view, a second. */
  readonly events: number
  /** Milliseconds by which timers fired after they were due, or set where that came later: the 99th of a hundred. */
  readonly late: number
  /** Events a second into all six views of an empty database. */
  readonly replayed: number
  /** How many views and leads each worker had. */
  readonly split: string
}

/**
 * Four writers and two workers, each a process of its own, on one log: 10,000 aggregates, six views, two processes, a
 * timer for each aggregate. After each round every answer is looked up in the log, the views are compared with what was
 * answered and with a fresh replay. Rounds on a short and on a long log take turns.
 */
export async function scaleBench(server: string, options: ScaleBenchOptions): Promise<void> {
  const { manyAggregates, manyEvents, manyRounds } = options
  const folder = await mkdtemp(join(tmpdir(), 'roviec-scale-'))
  const large = await filled(server, 'scale_large', manyEvents)
  const [shorts, longs]: [Figures[], Figures[]] = [[], []]
  for (let round = 0; round < manyRounds; round++) {
    const run = `r${round}`
    const small = await filled(server, `scale_small_${round}`, smallLog)
    const cases = manyAggregates
    shorts.push(await measure(server, small, run, { cases, earlier: 0, folder }))
    longs.push(await measure(server, large, run, { cases, earlier: cases * round, folder }))
  }
  await rm(folder, { recursive: true })
  print(options, shorts, longs)
}

/** Cases of five notes, as of years ago. */
async function filled(server: string, name: string, events: number): Promise<string> {
  const url = await freshDatabase(server, name)
  const database = createDatabase({ connection: url })
  await migrate(database, 'engine', engineMigrations)
  await migrate(database, 'leadership', [leadershipMigration])
  const store = await PostgresEventStore.open({ connection: url })
  await store.close()
  await database.close()
  await runSql(
    url,
    `begin;
    insert into event_log.event
      select n + 1, n / (${events} / 5), now(), gen_random_uuid(), 'case-old-' || n % (${events} / 5), 'case.Noted',
        '{"amount":7}', format('{"commandId":"%1$s","transition":"Note","digest":"%2$s","actor":"writer","agency":null,'
          '"occurredAt":"2025-01-31T00:00:00.000Z","correlationId":"%1$s","causationId":null}',
          gen_random_uuid(), repeat('0', 64))
      from generate_series(0, ${events} - 1) n;
    update event_log.head set position = ${events};
    commit`,
  )
  await runSql(url, 'vacuum analyze event_log.event')
  return url
}

/** One round on a log, and the proof that it came out as it should. */
async function measure(
  server: string,
  url: string,
  run: string,
  options: { readonly cases: number; readonly earlier: number; readonly folder: string },
): Promise<Figures> {
  const { cases, earlier, folder } = options
  const database = createDatabase({ connection: url })
  const store = await PostgresEventStore.open({ connection: url })
  const begin = await store.head()
  const noteFiles = Array.from({ length: writers }, (_, writer) => join(folder, `${run}-${begin}-${writer}`))
  const working = await started(
    url,
    Array.from({ length: workers }, () => ({ kind: 'work' })),
  )
  await Promise.all(projections.map((each) => reached(database, each, begin, 3_600_000)))
  const plan = { run, cases, writers }
  const writing = await started(
    url,
    noteFiles.map((noteFile, writer) => ({ kind: 'write', plan, writer, inFlight, noteFile })),
  )
  const from = performance.now()
  await Promise.all(writing.map((child) => child.line('done')))
  const answered = performance.now()
  while (!(await isOver(store, database, earlier + cases))) await delay(50)
  const over = performance.now()
  const split = await sharing(database)
  await ended([...writing, ...working])

  const wrong = await differences(store, database, begin, noteFiles)
  if (wrong.length > 0) throw new Error(`what was answered is not what is there:\n${wrong.join('\n')}`)
  const replayed = await replay(server, store, database)
  const [commands, events] = [await countLines(noteFiles), Number((await store.head()) - begin)]
  const late = await lateness(store, begin)
  await store.close()
  await database.close()
  return {
    commands: (commands * 1_000) / (answered - from),
    events: (events * 1_000) / (over - from),
    late,
    replayed,
    split,
  }
}

/** All of them ready first, so that none begins before the others. */
async function started(url: string, roles: readonly Role[]): Promise<readonly Child[]> {
  const children = roles.map((role) => compiledChild(url, role))
  await Promise.all(children.map((child) => child.line('ready')))
  for (const child of children) child.tell('go')
  return children
}

/** A clean stop of each, which has complained of nothing. */
async function ended(children: readonly Child[]): Promise<void> {
  for (const child of children) child.tell('stop')
  const codes = await Promise.all(children.map((child) => child.ended))
  const complaints = children.map((child) => child.complaints()).join('')
  if (complaints !== '' || codes.some((code) => code !== 0)) throw new Error(`${codes.join()}: ${complaints}`)
}

/** How many views and how many leads each worker has: whoever comes first takes what is free. */
async function sharing(database: Database): Promise<string> {
  const of = async (table: string): Promise<string> => {
    const { rows } = await database.query<{ has: string }>(
      `SELECT string_agg(has::text, ' + ' ORDER BY has DESC) AS has
         FROM (SELECT count(*) AS has FROM ${table} GROUP BY lease_holder)`,
    )
    return rows[0]!.has
  }
  return `views ${await of('roviec.projection')}, leads ${await of('roviec.leadership')}`
}

/** Fills the views of an empty database, which must come out the same; gives events a second. */
async function replay(server: string, store: PostgresEventStore, live: Database): Promise<number> {
  const url = await freshDatabase(server, 'scale_replay')
  const fresh = createDatabase({ connection: url })
  const from = performance.now()
  await replayViews(store, fresh)
  const rate = (Number(await store.head()) * 1_000) / (performance.now() - from)
  const [replayed, shown] = [await viewSums(fresh), await viewSums(live)]
  if (!isDeepStrictEqual(replayed, shown))
    throw new Error(`a fresh replay gives other rows: ${JSON.stringify({ replayed, shown })}`)
  await fresh.close()
  await runSql(server, 'drop database scale_replay')
  return rate
}

/** From due, or set where that came later, to recorded: all fires but the last hundredth. */
async function lateness(store: PostgresEventStore, begin: Position): Promise<number> {
  const set = new Map<string, number>()
  const late: number[] = []
  for await (const page of store.readAll({ from: begin, types: ['timer.Scheduled', 'timer.Fired'] }))
    for (const { type, stream, data, recordedAt } of page)
      if (type === 'timer.Scheduled') set.set(stream, recordedAt.getTime())
      else {
        const due = Date.parse((data as { readonly dueAt: string }).dueAt)
        late.push(recordedAt.getTime() - Math.max(due, set.get(stream)!))
      }
  return late.toSorted((a, b) => a - b)[Math.floor(late.length * 0.99)]!
}

async function countLines(files: readonly string[]): Promise<number> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return texts.reduce((count, text) => count + text.split('\n').length - 1, 0)
}

function print(
  { manyAggregates, manyEvents }: ScaleBenchOptions,
  small: readonly Figures[],
  large: readonly Figures[],
): void {
  const named = (count: number): string => count.toLocaleString('en')
  console.log(
    `${named(manyAggregates)} aggregates by ${writers} writers, ${projections.length} views and ${processes.length} processes of ${workers} workers (${large[0]!.split}): all as answered, all as replayed`,
  )
  const line = (what: string, of: (figures: Figures) => number, asTime: (ratio: number) => number): void => {
    const [before, after] = [median(small.map(of)), median(large.map(of))]
    const ratio = asTime(after / before)
    const figures = `${before.toFixed(0).padStart(8)} ${after.toFixed(0).padStart(8)}  ${ratio.toFixed(2).padStart(6)}×`
    console.log(`  ${what.padEnd(44)} ${figures}  ${judged(ratio, slower)}`)
  }
  console.log(`  ${''.padEnd(44)} ${named(smallLog).padStart(8)} ${named(manyEvents).padStart(8)}  slower`)
  const rate = (ratio: number): number => 1 / ratio
  line('commands answered, a second', ({ commands }) => commands, rate)
  line('events written and dealt with, a second', ({ events }) => events, rate)
  line('timers late by, 99 of 100 (ms)', ({ late }) => late, Number)
  line('events into all views of a new database, a second', ({ replayed }) => replayed, rate)
}
