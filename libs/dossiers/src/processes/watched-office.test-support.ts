import {
  accountabilityContext,
  accountabilityRuleSeedCommand,
  accountabilityWorkflow,
} from '#accountability/record'
import { calendarContext, calendarSeedCommands, readCalendarSeed } from '#calendar/record'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import type { JsonValue } from '#kernel'
import type { VirtualClock } from '#testing'
import { ProcessLab } from '#testing/workflow'
import { people } from '../domain/dossier.cases.test-support.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { procedureWorkflow } from '../domain/procedure.workflow.js'
import { accountabilityProcess } from './accountability.process.js'

const workflows = [
  ...calendarContext.workflows,
  procedureWorkflow,
  dossierWorkflow,
  ...accountabilityContext.workflows,
]

export const key = 'mcdt:H52-1'

/** A dossier of ten working days in an office whose time passes when it is told, with the process at work. */
export class WatchedOffice {
  readonly #lab: ProcessLab

  private constructor(start: string) {
    this.#lab = new ProcessLab({ start, workflows, process: accountabilityProcess })
  }

  static async open(start: string): Promise<WatchedOffice> {
    const office = new WatchedOffice(start)
    const seeds = [...calendarSeedCommands(readCalendarSeed()), accountabilityRuleSeedCommand()]
    for (const command of seeds) await office.commands.handleOrThrow({ ...command, actor: people.system })
    const time = { time: 10, unit: 'working-day', validFrom: '2026-01-01' }
    const data = { code: 'TT-10', ...time, document: 'Quyết định 1/QĐ-UBND' }
    await office.act('SetVersion', data, people.clerk, 'procedure', 'TT-10')
    return office
  }

  get clock(): VirtualClock {
    return this.#lab.clock
  }

  get commands(): CommandHandler {
    return this.#lab.commands
  }

  async act(
    transition: string,
    data: JsonValue,
    actor: Actor = people.clerk,
    workflow = 'dossier',
    aggregate = key,
  ): Promise<void> {
    await this.#lab.send({ workflow, aggregate, transition, data, actor })
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
  work(): Promise<void> {
    return this.#lab.work()
  }

  /** Time passes up to the moment; timers fire when they are due. */
  until(moment: string): Promise<void> {
    return this.#lab.until(moment)
  }

  /** Timers that wait, in the order in which they are due. */
  pending(): ReturnType<ProcessLab['pending']> {
    return this.#lab.pending()
  }

  /** What the system did, each with the day and what it is about. */
  async did(): Promise<readonly string[]> {
    const own = ['dossier.Overdue', 'dossier.SupplementExpired', ...accountabilityWorkflow.eventTypes]
    return (await this.#lab.log({ types: own })).map(({ type, data, recordedAt }) => {
      const { due, to, reason } = data as { due: string; to?: string; reason?: string }
      const day = new Date(recordedAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
      return `${day} ${type} ${[due, to, reason].filter((part) => part !== undefined).join(' ')}`
    })
  }

  log(types: readonly string[]): ReturnType<ProcessLab['log']> {
    return this.#lab.log({ types })
  }

  /** Incidents of the process: refused commands and held events. */
  incidents(): Promise<readonly unknown[]> {
    return this.#lab.incidents(key)
  }
}
