import { migrate, type Database } from '#database'
import {
  type CommandHandler,
  engineMigrations,
  Leadership,
  leadershipMigration,
  ProcessRunner,
  ProjectionRunner,
  TimerRunner,
} from '#engine'
import type { EventStore } from '#event-store'
import { timerDue } from '../timing/timer-due.projection.js'
import { enter, handler, workflows, type Order } from './ledger.test-support.js'
import { processProjection } from './process.projection.js'
import { process } from './process.js'

interface Reminded {
  readonly count: number
}

type ReminderInput = { readonly order: string } | { readonly nudge: string }

/** Enters each order twice, and once more when the timer has fired that the first order of an instance sets. */
export const reminder = process<Reminded, ReminderInput>({
  name: 'reminder',
  version: 1,
  reacts: {
    'order.Placed': {
      instance: ({ data }) => (data as Order).order,
      input: ({ data }) => ({ order: (data as Order).order }),
    },
  },
  timers: { nudge: ({ data }) => ({ nudge: data!['text'] as string }) },
  initial: { count: 0 },
  evolve: ({ count }, input) => ({ count: 'order' in input ? count + 1 : count }),
  decide(input, { count }, { instance, event, timers }) {
    if ('nudge' in input) return { commands: [enter(`l-${instance}`, input.nudge)] }
    const number = `${instance} ${count + 1}`
    const entries = [enter('all', number), enter(`l-${instance}`, number)]
    const nudge = { at: event.recordedAt, data: { text: `${instance} nudged` } }
    return { commands: count === 0 ? [...entries, timers.schedule('nudge', nudge)] : entries }
  },
})

export async function migrateProcesses(database: Database): Promise<void> {
  await migrate(database, 'engine', engineMigrations)
  await migrate(database, 'leadership', [leadershipMigration])
}

export interface Running {
  stop(): Promise<void>
}

interface Reacting {
  readonly leaseMs?: number
  readonly leadership?: Leadership
  /** What receives the commands of the process. */
  readonly commands?: CommandHandler
}

const failed = (name: string, error: Error): void => console.error(name, error)

/** The views that processes and timers live beside. */
export const viewsBeside = [timerDue, processProjection]

/** A worker as the platform starts it. */
export function startProcesses(store: EventStore, database: Database, options: Reacting = {}): Running {
  const views = new ProjectionRunner(store, database, { failed })
  views.start(viewsBeside)
  const reacting = startReacting(store, database, options)
  return {
    async stop() {
      await reacting.stop()
      await views.stop()
    },
  }
}

/** Reacts and fires, whoever keeps the views. */
export function startReacting(
  store: EventStore,
  database: Database,
  { leaseMs, leadership = new Leadership(database, leaseMs), commands = handler(store) }: Reacting = {},
): Running {
  const timers = new TimerRunner({ store, database, leadership, failed })
  const processes = new ProcessRunner(
    { store, commands, workflows, leadership, failed },
    { pageSize: 20, inFlight: 8 },
  )
  timers.start()
  processes.start([reminder])
  return {
    async stop() {
      await processes.stop()
      await timers.stop()
      leadership.withdraw()
    },
  }
}
