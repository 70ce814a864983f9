import { migrate, type Database } from '#database'
import type { EventStore, RecordedEvent } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import {
  CommandHandler,
  effectOf,
  engineContext,
  engineMigrations,
  ProjectionRunner,
  type Operation,
  type Projection,
} from '#engine'
import type { Actor } from '#engine/workflow'
import { openLog } from '#testing'

export const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: 'all' }

/** Workers over one log and database, and the orders they are given. */
export interface Operated {
  readonly store: EventStore
  readonly commands: CommandHandler
  /** What a worker complained of. */
  readonly failures: string[]
  worker(projections: readonly Projection[], options?: WorkerOptions): ProjectionRunner
  /** Sends the order and answers its effect, once it is known. */
  order(view: string, transition: string, data?: object, waitMs?: number): Promise<Operation>
  close(): Promise<void>
}

export interface WorkerOptions {
  readonly leaseMs?: number
  readonly pageSize?: number
  readonly store?: EventStore
}

export async function openOperated(database: Database, logUrl: string): Promise<Operated> {
  await migrate(database, 'engine', engineMigrations)
  const store = await openLog(logUrl)
  const commands = new CommandHandler({ store, clock: systemClock, workflows: engineContext.workflows })
  const failures: string[] = []
  const workers: ProjectionRunner[] = []
  return {
    store,
    commands,
    failures,
    worker(projections, { store: own = store, ...options } = {}) {
      const log = { failed: (name: string, error: Error) => void failures.push(`${name}: ${error.message}`) }
      const send = commands.handle.bind(commands)
      const worker = new ProjectionRunner(own, database, log, { pageSize: 10, ...options, send })
      worker.start(projections)
      workers.push(worker)
      return worker
    },
    async order(view, transition, data = {}, waitMs = 20_000) {
      const outcome = await commands.handleOrThrow({
        id: newId(),
        workflow: 'projection',
        aggregate: view,
        transition,
        data: { reason: 'thử nghiệm', ...data } as JsonValue,
        actor: operator,
      })
      const [event] = await store.readStream(outcome.stream, { direction: 'backward', limit: 1 })
      const [operation] = await effectOf(database, event!.id, waitMs)
      return operation!
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await store.close()
    },
  }
}

/** For tests with a stream that cannot be applied from here on. */
export function isPoison({ stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>): boolean {
  return stream === 'counter-3' && revision === 4n
}

/** Everything of a test, for the next one; a log in EventStoreDB is another's to empty. */
export async function clear(database: Database): Promise<void> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'build\\_%'`,
  )
  await database.query(
    `DROP SCHEMA IF EXISTS ${['event_log', 'roviec', 'view', ...rows.map(({ name }) => name)].join(', ')} CASCADE`,
  )
}
