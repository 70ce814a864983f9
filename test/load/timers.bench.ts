import { setTimeout as delay } from 'node:timers/promises'
import { newId, systemClock } from '#kernel'
import { createDatabase, migrate, type Database } from '#database'
import {
  CommandHandler,
  engineMigrations,
  Leadership,
  leadershipMigration,
  ProjectionRunner,
  TimerRunner,
  timerWorkflow,
  timingContext,
} from '#engine'
import type { Actor } from '#engine/workflow'
import { PostgresEventStore } from '#event-store'
import { freshDatabase } from './logs.js'
import { judged, throughputOf } from './measure.js'

export interface TimersBenchOptions {
  readonly seconds: number
  /** Timers that wait, at most. */
  readonly pendingTimers: number
  /** Timers that are due in the same second. */
  readonly dueTimers: number
}

/** Pending timers cost nothing: a million as good as a thousand, to what can be measured. */
const moreStatements = { atMost: 1.1 }
const morePercent = { atMost: 1 }

interface Idle {
  /** Of a processor core. */
  readonly percent: number
  /** A second. */
  readonly statements: number
}

const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

/** What pending timers cost while they wait, how late a fire is, and how fast many of one second are fired. */
export async function timersBench(server: string, options: TimersBenchOptions): Promise<void> {
  const url = await freshDatabase(server, 'bench_timers')
  const database = createDatabase({ connection: url })
  await migrate(database, 'engine', engineMigrations)
  await migrate(database, 'leadership', [leadershipMigration])
  const store = await PostgresEventStore.open({ connection: url })
  const failed = (name: string, error: Error): void => console.error(name, error)
  const views = new ProjectionRunner(store, database, { failed })
  views.start(timingContext.projections)
  const bench = new TimersBench(database, store, failed)
  await bench.made()
  console.log('Timers that wait (index and runner with nothing to do)')
  await bench.watch('index alone', options.seconds * 5)
  const few = await bench.idle(1_000, options.seconds * 5)
  const many = await bench.idle(options.pendingTimers, options.seconds * 5)
  const ratio = many.statements / few.statements
  const percent = many.percent - few.percent
  console.log(`  the many need ${ratio.toFixed(2)}× the statements  ${judged(ratio, moreStatements)}`)
  console.log(`  and ${percent.toFixed(2)} % of a core more  ${judged(percent, morePercent)}`)
  await bench.precision(options.pendingTimers)
  await bench.flood(options.dueTimers)
  await views.stop()
  await store.close()
  await database.close()
}

class TimersBench {
  readonly #commands: CommandHandler

  constructor(
    private readonly database: Database,
    private readonly store: PostgresEventStore,
    private readonly failed: (name: string, error: Error) => void,
  ) {
    this.#commands = new CommandHandler({ store, clock: systemClock, workflows: [timerWorkflow] })
  }

  async made(): Promise<void> {
    const exists = `SELECT to_regclass('view.timer_due') IS NOT NULL AS made`
    while (!(await this.database.query<{ made: boolean }>(exists)).rows[0]!.made) await delay(20)
  }

  async idle(pending: number, seconds: number): Promise<Idle> {
    await this.#fill(pending)
    return this.#running(() => this.watch(`with ${pending.toLocaleString('en')} pending`, seconds))
  }

  /** The rest of the process is idle, so that its processor time and its statements are those of what is told. */
  async watch(what: string, seconds: number): Promise<Idle> {
    // The server counts with a second's delay.
    await delay(2_000)
    const [cpu, before, begin] = [process.cpuUsage(), await this.#statements(), performance.now()]
    await delay(seconds * 1_000)
    const passed = (performance.now() - begin) / 1_000
    const { user, system: kernel } = process.cpuUsage(cpu)
    const percent = (user + kernel) / 10_000 / passed
    const statements = ((await this.#statements()) - before) / passed
    const told = `${percent.toFixed(2).padStart(7)} % of a core  ${statements.toFixed(1).padStart(7)} statements/s`
    console.log(`  ${what.padEnd(24)} ${told}`)
    return { percent, statements }
  }

  /** Timers due one after the other while the others wait. */
  async precision(pending: number): Promise<void> {
    await this.#running(async () => {
      const [count, gapMs, start] = [200, 20, Date.now() + 4_000]
      const at = (index: number): string => new Date(start + index * gapMs).toISOString()
      await throughputOf(count, 32, (index) => this.#schedule(`precise-${index}`, at(index)))
      const late = await this.#lateness('precise-', count)
      const of = (share: number): string => `${late[Math.floor(share * (count - 1))]!.toFixed(1)} ms`
      console.log(
        `Lateness of ${count} timers, one every ${gapMs} ms, beside ${pending.toLocaleString('en')}`,
      )
      console.log(`  p50 ${of(0.5)}, p99 ${of(0.99)}, worst ${of(1)}`)
    })
  }

  async flood(count: number): Promise<void> {
    const at = new Date(Date.now() + 1_000).toISOString()
    const rate = await throughputOf(count, 32, (index) => this.#schedule(`flood-${index}`, at))
    console.log(`Timers due in the same second: ${count.toLocaleString('en')}`)
    console.log(`  set    ${rate.toFixed(0).padStart(7)}/s`)
    await this.#running(async () => {
      const begin = performance.now()
      const late = await this.#lateness('flood-', count)
      const seconds = (performance.now() - begin) / 1_000
      console.log(
        `  fired  ${(late.length / seconds).toFixed(0).padStart(7)}/s, all in ${seconds.toFixed(1)} s`,
      )
    })
  }

  /** Rows straight into the index: their timers' streams are not looked at while they wait. */
  async #fill(pending: number): Promise<void> {
    const { rows } = await this.database.query<{ build: number }>(
      `SELECT build FROM roviec.projection WHERE name = 'timer_due' AND standing = 'live'`,
    )
    const table = `build_timer_due_${rows[0]!.build}.timer_due`
    await this.database.query(
      `INSERT INTO ${table}
       SELECT 'idle-' || n, clock_timestamp() + interval '1 day' + n * interval '1 second', 1, 1, NULL, 'once',
              'reminder', 'workflow', 'task', 'id-' || n, gen_random_uuid(), gen_random_uuid()::text
         FROM generate_series(1, ${pending}) n ON CONFLICT DO NOTHING`,
    )
    await this.database.query(`VACUUM ANALYZE ${table}`)
  }

  async #running<Result>(work: () => Promise<Result>): Promise<Result> {
    const leadership = new Leadership(this.database)
    const { store, database, failed } = this
    const runner = new TimerRunner({ store, database, leadership, failed })
    runner.start()
    const result = await work()
    await runner.stop()
    leadership.withdraw()
    return result
  }

  async #schedule(timer: string, at: string): Promise<unknown> {
    const owner = { kind: 'workflow', name: 'task', id: timer }
    const data = { owner, name: 'reminder', at, catchUp: 'once' }
    return this.#commands.handleOrThrow({
      id: newId(),
      workflow: timerWorkflow.name,
      aggregate: timer,
      transition: 'Schedule',
      data,
      actor: system,
    })
  }

  /** Milliseconds from due to recorded of so many fires, by the log; ascending. */
  async #lateness(prefix: string, count: number): Promise<readonly number[]> {
    const end = new AbortController()
    const late: number[] = []
    const fires = this.store.subscribe(0n, {
      types: ['timer.Fired'],
      streamPrefix: `timer-${prefix}`,
      signal: end.signal,
    })
    for await (const delivery of fires) {
      if (delivery.kind === 'events')
        for (const { data, recordedAt } of delivery.events)
          late.push(recordedAt.getTime() - Date.parse((data as { dueAt: string }).dueAt))
      if (late.length >= count) end.abort()
    }
    return late.toSorted((a, b) => a - b)
  }

  async #statements(): Promise<number> {
    const { rows } = await this.database.query<{ count: string }>(
      `SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()`,
    )
    return Number(rows[0]!.count)
  }
}
