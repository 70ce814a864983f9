import { systemClock, type Clock } from '#kernel'
import {
  createDatabase,
  isConnectionLoss,
  migrate,
  openEmbedded,
  type Database,
  type EmbeddedPostgres,
} from '#database'
import {
  AttemptLog,
  CommandHandler,
  PostgresSnapshots,
  ProcessRunner,
  ProjectionRunner,
  engineMigrations,
  Leadership,
  leadershipMigration,
  QueryHandler,
  snapshotMigration,
  Unsealing,
  type Context,
  type PersonalReading,
  type Sealing,
  TimerRunner,
  type RunnerLog,
} from '#engine'
import {
  EventStoreDbEventStore,
  EventStoreUnavailable,
  PostgresEventStore,
  type EventStore,
} from '#event-store'
import { credentialMigration, Credentials } from '#identity'
import type { Config } from './config.js'
import { contexts } from './contexts.js'
import { IncidentWatcher } from './incident-watch.js'
import { lagWatch, type SystemLag } from './lag-watch.js'
import type { Metrics } from './metrics/metrics.js'
import { openSealing, type MasterKeyInUse } from './open-sealing.js'
import { programDigest } from './program-digest.js'

/** The running parts, put together once per process and closed in reverse. */
export interface Platform {
  readonly config: Config
  readonly clock: Clock
  readonly database: Database
  readonly store: EventStore
  readonly commands: CommandHandler
  readonly queries: QueryHandler
  readonly credentials: Credentials
  readonly sealing: Sealing
  /** Opens what is personal in the answers of commands; those of questions come opened. */
  readonly personal: PersonalReading
  readonly masterKey: MasterKeyInUse
  /** Where attempts are noted that never reach a command or a question. */
  readonly attempts: AttemptLog
  /** How far views, processes and timers are behind, at most a second old. */
  lag(): Promise<SystemLag>
  /** Null where nobody asked for them. */
  readonly metrics: Metrics | null
  readonly contexts: readonly Context[]
  /** Keeps the projections up to date from here on, until `close`. */
  startWorker(): void
  /** Finishes what is in hand, then gives everything back. Idempotent. */
  close(): Promise<void>
}

export interface PlatformOptions {
  readonly clock?: Clock
  readonly log?: RunnerLog
  /**
   * What the process is for, when no second one may be it on the same data directory. Losing the right, which takes a
   * dead database server, ends the process.
   */
  readonly exclusive?: string
  /** Whether what happens is counted, for a monitor to read. Default: no, which spares a short command the set-up. */
  readonly metrics?: boolean
  /** How long a question waits for its view. */
  readonly waitForViewsMs?: number
}

const silent: RunnerLog = { failed: () => undefined }

/**
 * Opens the log and the read models of the configured mode, with their schemas.
 *
 * @throws RoviecError kind `fault` that says what cannot be reached and what to do.
 */
export async function openPlatform(config: Config, options: PlatformOptions = {}): Promise<Platform> {
  const clock = options.clock ?? systemClock
  const opened: (() => Promise<void>)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close()
  }
  let closing: Promise<void> | undefined
  try {
    const url = config.databaseUrl ?? (await embedded(config, options, opened)).url
    const database = createDatabase({ connection: url })
    opened.push(() => database.close())
    await migrate(database, 'identity', [credentialMigration])
    await migrate(database, 'engine', engineMigrations)
    await migrate(database, 'snapshots', [snapshotMigration])
    await migrate(database, 'leadership', [leadershipMigration])
    const { keys, sealing, masterKey } = await openSealing(config, database)
    const store = config.eventStoreUrl
      ? await EventStoreDbEventStore.open({ url: config.eventStoreUrl })
      : await PostgresEventStore.open({ connection: url })
    opened.push(() => store.close())
    const workflows = contexts.flatMap((context) => context.workflows)
    const watch = options.metrics === true ? await import('./metrics/metrics.js') : null
    const registry = watch?.newRegistry()
    const measures = watch && registry ? watch.engineMeasures(registry) : undefined
    const log = options.log ?? silent
    const failed: RunnerLog['failed'] = (...told) => log.failed(...told)
    const attempts = new AttemptLog({
      store,
      clock,
      workflows,
      failed: (error, retryInMs) => failed('attempts', error, retryInMs),
      ...(measures && { measures }),
    })
    opened.push(() => attempts.close())
    const lag = lagWatch(store, database, clock, contexts)
    const snapshots = new PostgresSnapshots(database, { program: programDigest })
    const commands = new CommandHandler({
      store,
      clock,
      workflows,
      sealing,
      attempts,
      measures,
      snapshots,
    })
    const load: CommandHandler['load'] = (workflow, aggregate) => commands.load(workflow, aggregate)
    const personal = new Unsealing({ keys, workflows, load })
    const runner = new ProjectionRunner(store, database, log, {
      send: (command) => commands.handle(command),
    })
    const leadership = new Leadership(database)
    const timers = new TimerRunner({ store, database, leadership, failed, snapshots, measures })
    const processes = new ProcessRunner({ store, commands, workflows, leadership, failed })
    const watcher = new IncidentWatcher(store, leadership, failed, clock)
    // All are told first: none begins anew while another finishes what it has in hand.
    opened.push(async () => {
      await Promise.all([watcher.stop(), processes.stop(), timers.stop(), runner.stop()])
      leadership.withdraw()
    })
    return {
      config,
      clock,
      database,
      store,
      commands,
      queries: new QueryHandler(
        database,
        store,
        clock,
        options.waitForViewsMs,
        contexts.flatMap((context) => context.projections),
        attempts,
        personal,
      ),
      credentials: new Credentials(database, commands, clock),
      sealing,
      personal,
      masterKey,
      attempts,
      lag,
      metrics: watch && registry ? watch.openMetrics(registry, { store, database, lag }) : null,
      contexts,
      startWorker: () => {
        watcher.start()
        runner.start(contexts.flatMap((context) => context.projections))
        timers.start()
        processes.start(contexts.flatMap((context) => context.processes ?? []))
      },
      close: () => (closing ??= closeAll()),
    }
  } catch (error) {
    await closeAll()
    throw isConnectionLoss(error) ? new EventStoreUnavailable(error) : error
  }
}

async function embedded(
  config: Config,
  { exclusive }: PlatformOptions,
  opened: (() => Promise<void>)[],
): Promise<EmbeddedPostgres> {
  const server = await openEmbedded(config.dataDir)
  opened.push(() => server.close())
  if (exclusive !== undefined)
    await server.lockDataDir(exclusive, (error) => process.emit('uncaughtException', error))
  return server
}
