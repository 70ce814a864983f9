import { newId, systemClock, type Clock } from '#kernel'
import { migrate, type Database } from '#database'
import {
  CommandHandler,
  engineMigrations,
  Leadership,
  leadershipMigration,
  ProjectionRunner,
  TimerRunner,
  type Command,
  type EventMetadata,
  type Outcome,
} from '#engine'
import type { EventStore, RecordedEvent } from '#event-store'
import type { Actor } from '#engine/workflow'
import { timerDue } from './timer-due.projection.js'
import type { CatchUp } from './timer.events.js'
import { timerWorkflow } from './timer.workflow.js'

export const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

export async function migrateTimers(database: Database): Promise<void> {
  await migrate(database, 'engine', engineMigrations)
  await migrate(database, 'leadership', [leadershipMigration])
}

export interface Running {
  stop(): Promise<void>
}

export interface TimerOptions {
  readonly leaseMs?: number
  readonly inFlight?: number
  readonly pageSize?: number
}

const failed = (name: string, error: Error): void => console.error(name, error)

/** Keeps the index of due timers. */
export function startIndex(store: EventStore, database: Database): Running {
  const runner = new ProjectionRunner(store, database, { failed })
  runner.start([timerDue])
  return runner
}

/** Fires by the index, whoever keeps it. */
export function startFiring(store: EventStore, database: Database, options: TimerOptions = {}): Running {
  const leadership = new Leadership(database, options.leaseMs)
  const runner = new TimerRunner({ store, database, leadership, failed }, options)
  runner.start()
  return {
    async stop() {
      await runner.stop()
      leadership.withdraw()
    },
  }
}

/** A worker as the platform starts it. */
export function startTimers(store: EventStore, database: Database, options: TimerOptions = {}): Running {
  const [index, firing] = [startIndex(store, database), startFiring(store, database, options)]
  return {
    async stop() {
      await firing.stop()
      await index.stop()
    },
  }
}

/** Sends commands to timers. */
export class Timers {
  readonly #commands: CommandHandler

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    clock: Clock = systemClock,
  ) {
    this.#commands = new CommandHandler({ store, clock, workflows: [timerWorkflow] })
  }

  /** The database's time, so many milliseconds from now. */
  async at(inMs: number): Promise<string> {
    const { rows } = await this.database.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    return new Date(rows[0]!.now.getTime() + inMs).toISOString()
  }

  schedule(timer: string, at: string, catchUp: CatchUp = 'each', every?: string): Promise<Outcome> {
    const owner = { kind: 'workflow', name: 'task', id: timer }
    const data = { owner, name: 'reminder', at, catchUp, ...(every !== undefined && { every }) }
    return this.send(timer, 'Schedule', data)
  }

  send(timer: string, transition: string, data: Command['data'], actor = system): Promise<Outcome> {
    return this.#commands.handle({
      id: newId(),
      workflow: 'timer',
      aggregate: timer,
      transition,
      data,
      actor,
    })
  }

  /** Everything that is on record of timers, in the order of the log. */
  async log(types = timerWorkflow.eventTypes): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of this.store.readAll({ types })) events.push(...page)
    return events
  }

  /** `<timer> <number of the due time>` of every fire, in the order of the log. */
  async fired(): Promise<readonly string[]> {
    const log = await this.log(['timer.Fired'])
    return log.map(({ stream, data }) => `${stream.slice(6)} ${(data as { occurrence: number }).occurrence}`)
  }
}

export function metadataOf(event: RecordedEvent): EventMetadata {
  return event.metadata as unknown as EventMetadata
}
