import { readFileSync } from 'node:fs'
import { isRefusal } from '#kernel'
import { decide, type Actor } from '#engine/workflow'
import type { AgencyRecord } from './agency.js'
import type { AgencyEvent } from './agency.events.js'
import { evolveDirectory } from './agency-fold.js'
import { seedCommands, type AgencySeed, type SeedCommand } from './agency-seed.js'
import { agencyWorkflow, type AgencyState } from './agency.workflow.js'

export const clerk: Actor = { id: 'clerk', agency: null, roles: ['clerk'], scope: 'all' }

const at = '2026-01-05T01:00:00.000Z'

export function readSeed(name: string): AgencySeed {
  const path = new URL(`../../../../seeds/agencies.${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as AgencySeed
}

export const seeds = ['trung-uong', 'son-la', 'lang-son'].map(readSeed)

/** The events that the workflow decides on commands, stream by stream; a refusal fails the test. */
export function eventsOf(commands: readonly SeedCommand[]): (readonly [string, AgencyEvent])[] {
  const states = new Map<string, AgencyState>()
  return commands.flatMap(({ aggregate, transition, data, id }) => {
    const state = states.get(aggregate) ?? agencyWorkflow.initial
    const decided = decide(agencyWorkflow, transition, {
      aggregate,
      state,
      command: data,
      actor: clerk,
      occurredAt: at,
      now: at,
      hasEvent: () => false,
    })
    if (isRefusal(decided)) throw new Error(`${transition} ${JSON.stringify(data)}: ${decided.text.en}`)
    const context = { actor: clerk.id, agency: null, occurredAt: at, commandId: id }
    states.set(
      aggregate,
      decided.reduce((folded, event) => agencyWorkflow.evolve(folded, event, context), state),
    )
    return decided.map((event) => [aggregate, event as AgencyEvent] as const)
  })
}

/** The registry after all seeds went through the workflow. */
export function seededRecords(): ReadonlyMap<string, AgencyRecord> {
  return eventsOf(seeds.flatMap(seedCommands)).reduce<ReadonlyMap<string, AgencyRecord>>(
    (records, [id, event]) => evolveDirectory(records, id, event),
    new Map(),
  )
}
