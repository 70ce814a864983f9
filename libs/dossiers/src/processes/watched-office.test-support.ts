import { calendarContext, calendarSeedCommands, readCalendarSeed } from '#calendar/record'
import { CommandHandler, ProcessRunner, processWorkflow, timerWorkflow } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, type JsonValue } from '#kernel'
import { eventually, virtualClock, type VirtualClock } from '#testing'
import { testKeys, testSealing } from '#testing/workflow'
import { accountabilityWorkflow } from '../domain/accountability.workflow.js'
import { people } from '../domain/dossier.cases.test-support.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { procedureWorkflow } from '../domain/procedure.workflow.js'
import { accountabilityProcess } from './accountability.process.js'

const workflows = [
  ...calendarContext.workflows,
  procedureWorkflow,
  dossierWorkflow,
  accountabilityWorkflow,
  timerWorkflow,
  processWorkflow,
]

export const key = 'mcdt:H52-1'

/** A dossier of ten working days in an office whose time passes when it is told, with the process at work. */
export class WatchedOffice {
  readonly clock: VirtualClock
  readonly store: InMemoryEventStore
  readonly commands: CommandHandler
  #place = 0n

  private constructor(start: string) {
    this.clock = virtualClock(start)
    this.store = new InMemoryEventStore({ clock: this.clock })
    const sealing = testSealing(testKeys())
    this.commands = new CommandHandler({ store: this.store, clock: this.clock, workflows, sealing })
  }

  static async open(start: string): Promise<WatchedOffice> {
    const office = new WatchedOffice(start)
    for (const command of calendarSeedCommands(readCalendarSeed()))
      await office.commands.handleOrThrow({ ...command, actor: people.system })
    const data = { code: 'TT-10', time: 10, unit: 'working-day', document: 'Quyết định 1/QĐ-UBND' }
    await office.act('SetVersion', data, people.clerk, 'procedure', 'TT-10')
    return office
  }

  async act(
    transition: string,
    data: JsonValue,
    actor: Actor = people.clerk,
    workflow = 'dossier',
    aggregate = key,
  ): Promise<void> {
    await this.commands.handleOrThrow({ id: newId(), workflow, aggregate, transition, data, actor })
  }

  /** A source tells facts about the dossier; those of one call together. */
  async told(...facts: (readonly [type: string, occurredAt: string, about?: object])[]): Promise<void> {
    const messages = facts.map(([type, occurredAt, about = {}]) => {
      const pin = type === 'Accepted' ? { pin: { calendar: 'vn/7', procedure: 1 }, procedure: 'TT-10' } : {}
      const agencies = { 'Sở NN&MT': 'so-nnmt' }
      return { type, id: `${type} ${occurredAt}`, occurredAt, agency: 'Sở NN&MT', agencies, ...pin, ...about }
    })
    await this.act('TakeMessages', { source: 'mcdt', dossier: 'H52-1', messages } as unknown as JsonValue)
  }

  /** The process takes in everything that is on record. */
  async work(): Promise<void> {
    const last = async (): Promise<bigint> =>
      (await this.#log({ types: accountabilityProcess.eventTypes })).at(-1)?.position ?? 0n
    for (let end = await last(); this.#place < end; end = await last()) await this.#workUpTo(end)
  }

  /** Time passes up to the moment; timers fire when they are due. */
  async until(moment: string): Promise<void> {
    await this.work()
    for (;;) {
      const next = (await this.pending()).at(0)
      if (next === undefined || next.at > new Date(moment).toISOString()) break
      if (Date.parse(next.at) > this.clock.now().getTime()) this.clock.set(next.at)
      const { timer: aggregate, schedule, occurrence } = next
      await this.act('Fire', { schedule, occurrence }, people.system, 'timer', aggregate)
      await this.work()
    }
    this.clock.set(moment)
  }

  /** Timers that wait, in the order in which they are due. */
  async pending() {
    const streams = new Set(
      (await this.#log({ streamPrefix: 'timer-' })).map(({ stream }) => stream.slice('timer-'.length)),
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

  /** What the system did, each with the day and what it is about. */
  async did(): Promise<readonly string[]> {
    const own = ['dossier.Overdue', 'dossier.SupplementExpired', ...accountabilityWorkflow.eventTypes]
    return (await this.#log({ types: own })).map(({ type, data, recordedAt }) => {
      const { due, to, reason } = data as { due: string; to?: string; reason?: string }
      const day = new Date(recordedAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
      return `${day} ${type} ${[due, to, reason].filter((part) => part !== undefined).join(' ')}`
    })
  }

  /** Incidents of the process: refused commands and held events. */
  async incidents(): Promise<readonly unknown[]> {
    const { state } = await this.commands.load(processWorkflow, `accountability:${key}`)
    return (state as unknown as { incidents: readonly unknown[] }).incidents
  }

  async #log(filter: { readonly streamPrefix?: string; readonly types?: readonly string[] }) {
    const events = []
    for await (const page of this.store.readAll(filter)) events.push(...page)
    return events
  }

  async #workUpTo(end: bigint): Promise<void> {
    const { store, commands } = this
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
      store,
      commands,
      workflows,
      leadership: {
        whileLeading: (_name, signal, _failed, work) =>
          work({ ...lead, signal }).catch((error: unknown) => void failures.push(error)),
      },
      failed: () => undefined,
    })
    runner.start([accountabilityProcess])
    await eventually(() => failures.length > 0 || this.#place >= end)
    await runner.stop()
    if (failures.length > 0) throw failures[0]
  }
}
