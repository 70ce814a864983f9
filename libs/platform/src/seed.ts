import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accountabilityRuleSeedCommand } from '#accountability/record'
import { calendarSeedCommands, readCalendarSeed } from '#calendar/record'
import { reportPeriodSeedCommand } from '#dossiers'
import { CommandIdTaken, type EventMetadata } from '#engine'
import type { Actor } from '#engine/workflow'
import { EventIdTaken } from '#event-store'
import { actorWorkflow, systemActor } from '#identity'
import { canonicalJson, deriveId, type JsonValue } from '#kernel'
import { agencyId, seedCommands, type AgencySeed } from '#registry'
import type { ImportReport } from '#tasks'
import { findActor } from './find-actor.js'
import { importPlanFile } from './import-plan-file.js'
import type { Platform } from './platform.js'
import { seedDossiers } from './seed-dossiers.js'

/** The clerk in whose name the real plans are entered, and whom the command line acts for unless told otherwise. */
export const demoClerk = 'van-thu-vpub'

const agencyFiles = ['agencies.trung-uong.json', 'agencies.son-la.json', 'agencies.lang-son.json']
const officialsFile = 'officials.json'
const plansFile = 'plans.json'
const demoDossierFiles = ['procedures.demo.csv', 'dossiers.demo.ndjson']
const seedProvince = 'son-la'

/** Seeding sends hundreds of commands; so many are under way together. */
const inFlight = 32

interface SeedingCommand {
  readonly id: string
  readonly workflow: string
  readonly aggregate: string
  readonly transition: string
  readonly data: JsonValue
}

interface SeededOfficial {
  readonly id: string
  readonly title: string
  readonly agency: string | null
  readonly roles: readonly string[]
  readonly scope: JsonValue
}

type SeededPlan = Readonly<Record<string, JsonValue>> & { readonly file: string }

/**
 * The agencies, officials, the calendar and the rule data, entered as commands. Their ids derive from their content: a
 * start that was killed goes on where it stopped, and a start with everything in place sends nothing. A record that an
 * older program began is given what has come since.
 */
export async function seedBase(platform: Platform): Promise<void> {
  const seeds = await readAgencySeeds()
  const officials = await readSeed<readonly SeededOfficial[]>(officialsFile)
  const calendar = readCalendarSeed()
  await once(platform, 'base', canonicalJson([seeds, officials, calendar]), async () => {
    const batches = [...agencyBatches(seeds), officials.map(registration), calendarSeedCommands(calendar)]
    for (const commands of batches) await sendAll(platform, commands as SeedingCommand[])
  })
  const rules = [accountabilityRuleSeedCommand(), reportPeriodSeedCommand()]
  await once(platform, 'rules', canonicalJson(rules), () => sendAll(platform, rules))
}

/** The agencies alone: for a look at what they are called before there is a record. */
export async function seedAgencies(platform: Pick<Platform, 'commands'>): Promise<void> {
  for (const commands of agencyBatches(await readAgencySeeds())) await sendAll(platform, commands)
}

function readAgencySeeds(): Promise<readonly AgencySeed[]> {
  return Promise.all(agencyFiles.map((file) => readSeed<AgencySeed>(file)))
}

/** The commands of one agency follow each other; successions need both sides, so they come last. */
function agencyBatches(seeds: readonly AgencySeed[]): SeedingCommand[][] {
  const agencies: SeedingCommand[] = seeds.flatMap((seed) => seedCommands(seed))
  return partition(agencies, (command) => command.transition !== 'RecordSuccession')
}

/** The two real plans of the province, imported as a clerk would, and a few dossiers that are openly made up. */
export async function seedDemo(platform: Platform): Promise<readonly ImportReport[]> {
  const plans = await readSeed<readonly SeededPlan[]>(plansFile)
  const contents = await Promise.all(plans.map(({ file }) => readFile(join(seedsDirectory(), file), 'utf8')))
  const reports: ImportReport[] = []
  await once(platform, 'demo', canonicalJson([plans, contents]), async () => {
    const clerk = await findActor(platform, demoClerk)
    for (const plan of plans) reports.push(await importSeed(platform, plan, clerk))
  })
  const [procedures, dossiers] = demoDossierFiles.map((file) => join(seedsDirectory(), file)) as [
    string,
    string,
  ]
  const shown = await Promise.all([procedures, dossiers].map((file) => readFile(file, 'utf8')))
  await once(platform, 'demo-dossiers', canonicalJson(shown), () =>
    seedDossiers(platform, { procedures, dossiers }),
  )
  return reports
}

function importSeed(
  platform: Platform,
  { file, ...parameters }: SeededPlan,
  clerk: Actor,
): Promise<ImportReport> {
  return importPlanFile(platform, { name: file, path: join(seedsDirectory(), file) }, parameters, clerk)
}

/** Beside the sources as beside the build, which lies one folder deeper. */
function seedsDirectory(): string {
  const candidates = ['../../../seeds', '../../../../seeds'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return candidates.find((path) => existsSync(path)) ?? candidates[0]!
}

async function readSeed<Content>(file: string): Promise<Content> {
  return JSON.parse(await readFile(join(seedsDirectory(), file), 'utf8')) as Content
}

/** Does the work unless the log says that this very content was seeded; says so when it is done. */
async function once(
  { store, clock }: Platform,
  name: string,
  content: string,
  work: () => Promise<void>,
): Promise<void> {
  const stream = `seeding-${name}`
  const digest = createHash('sha256').update(content).digest('hex')
  const [last] = await store.readStream(stream, { direction: 'backward', limit: 1 })
  if ((last?.data as { digest?: string } | undefined)?.digest === digest) return
  await work()
  const id = deriveId(stream, digest, String(last?.revision ?? ''))
  const metadata: EventMetadata = {
    commandId: id,
    transition: 'Seed',
    digest,
    actor: systemActor.id,
    agency: systemActor.agency,
    occurredAt: clock.now().toISOString(),
    correlationId: id,
    causationId: null,
  }
  const event = { id, type: 'platform.Seeded', data: { digest }, metadata: { ...metadata } }
  await store.append(stream, [event], 'any').catch((error: unknown) => {
    // Another process, whose clock differs, has just said so.
    if (!(error instanceof EventIdTaken)) throw error
  })
}

async function sendAll(
  { commands }: Pick<Platform, 'commands'>,
  seeding: readonly SeedingCommand[],
): Promise<void> {
  const byAggregate = new Map<string, SeedingCommand[]>()
  for (const command of seeding)
    byAggregate.set(command.aggregate, [...(byAggregate.get(command.aggregate) ?? []), command])
  const queues = [...byAggregate.values()]
  const workers = Array.from({ length: inFlight }, async () => {
    for (let queue = queues.pop(); queue !== undefined; queue = queues.pop())
      for (const command of queue) {
        // Refused or taken: the entry is there already, in other words of its source.
        await commands.handle({ ...command, actor: systemActor }).catch((error: unknown) => {
          if (!(error instanceof CommandIdTaken)) throw error
        })
      }
  })
  await Promise.all(workers)
}

function registration({ id, title, agency, roles, scope }: SeededOfficial): SeedingCommand {
  const data = {
    title,
    agency: agency === null ? null : agencyId(seedProvince, agency),
    roles: [...roles],
    scope,
  }
  return {
    id: deriveId('identity.seed', id, canonicalJson(data)),
    workflow: actorWorkflow.name,
    aggregate: id,
    transition: 'Register',
    data,
  }
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}
