// Records the history anew. On purpose only: what old code has written is what the test is about.
//   node --import ./libs/testing/typescript-hooks.js test/histories/record.ts --anew
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { actorWorkflow, systemActor } from '#identity'
import { deriveId, type Clock, type JsonValue } from '#kernel'
import {
  agencyId,
  agencyWorkflow,
  createDirectory,
  evolveDirectory,
  seedCommands,
  type AgencyEvent,
  type AgencyRecord,
  type AgencySeed,
} from '#registry'
import { importPlan, planWorkflow, taskWorkflow } from '#tasks'
import { testSealing } from '#testing/workflow'
import { historyFile, linesOf, replay, statesFile, type Line } from './replay.js'

const province = 'son-la'
const clock: Clock = { now: () => new Date('2026-01-05T01:00:00.000Z') }
const clerk: Actor = { id: 'van-thu-vpub', agency: null, roles: ['clerk'], scope: 'all' }

interface SeededPlan {
  readonly file: string
  readonly code: string
  readonly issuer: string
  readonly year: number
  readonly date?: string
}

interface SeededOfficial {
  readonly id: string
  readonly agency: string | null
}

const seed = (file: string): URL => new URL(`../../seeds/${file}`, import.meta.url)
const readSeed = <Content>(file: string): Content => JSON.parse(readFileSync(seed(file), 'utf8')) as Content

const store = new InMemoryEventStore({ clock })
const commands = new CommandHandler({
  store,
  clock,
  workflows: [actorWorkflow, agencyWorkflow, planWorkflow, taskWorkflow],
  sealing: testSealing(),
})

async function seedAgencies(): Promise<void> {
  const seeds = ['trung-uong', 'son-la', 'lang-son'].map((name) =>
    readSeed<AgencySeed>(`agencies.${name}.json`),
  )
  for (const command of seeds.flatMap(seedCommands))
    await commands.handleOrThrow({ ...command, actor: systemActor })
}

async function seedOfficials(): Promise<void> {
  for (const { id, agency, ...official } of readSeed<readonly SeededOfficial[]>('officials.json'))
    await commands.handleOrThrow({
      id: deriveId('identity.seed', id),
      workflow: actorWorkflow.name,
      aggregate: id,
      transition: 'Register',
      data: { ...official, agency: agency === null ? null : agencyId(province, agency) } as JsonValue,
      actor: systemActor,
    })
}

async function importPlans(): Promise<void> {
  let agencies: ReadonlyMap<string, AgencyRecord> = new Map()
  for await (const page of store.readAll({ streamPrefix: 'agency-' }))
    for (const { stream, type, data } of page)
      agencies = evolveDirectory(agencies, stream.slice('agency-'.length), {
        type,
        data,
      } as unknown as AgencyEvent)
  const directory = createDirectory([...agencies.values()])
  for (const { file, ...plan } of readSeed<readonly SeededPlan[]>('plans.json')) {
    const question = { date: plan.date ?? `${plan.year}-12-31`, province }
    const resolve = (name: string): ReturnType<typeof directory.resolve> => directory.resolve(name, question)
    await importPlan({ name: file, path: fileURLToPath(seed(file)) }, plan, {
      commands,
      store,
      clock,
      actor: clerk,
      resolve,
      tasksOf: () => Promise.resolve([]),
    })
  }
}

function write(file: URL, lines: readonly string[]): void {
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`, { level: 9 }))
  console.log(`${fileURLToPath(file)}: ${lines.length} lines`)
}

if (process.argv[2] !== '--anew')
  throw new Error('Say --anew to give up the recorded history for one of today.')
await seedAgencies()
await seedOfficials()
await importPlans()
const lines: Line[] = []
for await (const page of store.readAll())
  for (const { stream, type, data, metadata } of page) lines.push({ stream, type, data, metadata })
write(
  historyFile,
  lines.map((line) => JSON.stringify(line)),
)
write(statesFile, linesOf(replay(lines)))
