import {
  CommandHandler,
  ProcessRunner,
  processWorkflow,
  timerWorkflow,
  type Command,
  type Outcome,
  type Process,
} from '#engine'
import type { Actor, Workflow } from '#engine/workflow'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { newId } from '#kernel'
import { eventually } from '../eventually.js'
import { virtualClock, type VirtualClock } from '../virtual-clock.js'
import { testKeys, testSealing } from './test-sealing.js'

const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

export interface ProcessLabParts {
  /** ISO instant. */
  readonly start: string
  /** Beside those of timers and processes. */
  readonly workflows: readonly Workflow[]
  readonly process: Process
}

/** A process at work over a log in memory, where time passes when it is told. */
export class ProcessLab {
  readonly clock: VirtualClock
  readonly store: InMemoryEventStore
  readonly commands: CommandHandler
  readonly #process: Process
  readonly #workflows: readonly Workflow[]
  #place = 0n

  constructor({ start, workflows, process }: ProcessLabParts) {
    this.clock = virtualClock(start)
    this.store = new InMemoryEventStore({ clock: this.clock })
    this.#process = process
    this.#workflows = [...workflows, timerWorkflow, processWorkflow]
    const sealing = testSealing(testKeys())
    this.commands = new CommandHandler({
      store: this.store,
      clock: this.clock,
      workflows: this.#workflows,
      sealing,
    })
  }

  async send(command: Omit<Command, 'id'>): Promise<Exclude<Outcome, { status: 'refused' }>> {
    return this.commands.handleOrThrow({ id: newId(), ...command })
  }

  /** The process takes in everything that is on record. */
  async work(): Promise<void> {
    const last = async (): Promise<bigint> =>
      (await this.log({ types: this.#process.eventTypes })).at(-1)?.position ?? 0n
    for (let end = await last(); this.#place < end; end = await last()) await this.#workUpTo(end)
  }

  /** Time passes up to the moment; timers fire when they are due. */
  async until(moment: string): Promise<void> {
    await this.work()
    for (;;) {
      const next = (await this.pending()).at(0)
      if (next === undefined || next.at > new Date(moment).toISOString()) break
      if (Date.parse(next.at) > this.clock.now().getTime()) this.clock.set(next.at)
      await this.fire(next)
      await this.work()
    }
    this.clock.set(moment)
  }

  async fire({ timer, schedule, occurrence }: PendingTimer): Promise<void> {
    const data = { schedule, occurrence }
    await this.send({ workflow: 'timer', aggregate: timer, transition: 'Fire', data, actor: system })
  }

  /** Timers that wait, in the order in which they are due. */
  async pending(): Promise<readonly PendingTimer[]> {
    const streams = new Set(
      (await this.log({ streamPrefix: 'timer-' })).map(({ stream }) => stream.slice('timer-'.length)),
    )
    const states = await Promise.all(
      [...streams].map(async (timer) => ({
        timer,
        ...(await this.commands.load(timerWorkflow, timer)).state,
      })),
    )
    return states
      .flatMap(({ timer, at, schedule, occurrence }) =>
        at === null ? [] : [{ timer, at, schedule, occurrence }],
      )
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
  }

  /** What went wrong in an instance of the process: refused commands and held events. */
  async incidents(instance: string): Promise<readonly unknown[]> {
    const { state } = await this.commands.load(processWorkflow, `${this.#process.name}:${instance}`)
    return state.incidents
  }

  async log(filter: {
    readonly streamPrefix?: string
    readonly types?: readonly string[]
  }): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of this.store.readAll(filter)) events.push(...page)
    return events
  }

  async #workUpTo(end: bigint): Promise<void> {
    const lead = {
      position: this.#place,
      progressed: () => undefined,
      move: (to: bigint) => {
        this.#place = to
        return Promise.resolve()
      },
    }
    const failures: unknown[] = []
    const runner = new ProcessRunner({
      store: this.store,
      commands: this.commands,
      workflows: this.#workflows,
      leadership: {
        whileLeading: (_name, signal, _failed, work) =>
          work({ ...lead, signal }).catch((error: unknown) => void failures.push(error)),
      },
      failed: () => undefined,
    })
    runner.start([this.#process])
    await eventually(() => failures.length > 0 || this.#place >= end)
    await runner.stop()
    if (failures.length > 0) throw failures[0]
  }
}

interface PendingTimer {
  readonly timer: string
  /** ISO instant. */
  readonly at: string
  readonly schedule: number
  readonly occurrence: number
}
