// A process of its own: seeds the registry, imports the plan of 2025 and keeps the views, with every command that was
// answered noted in a file. It kills itself at the point it is told, with no chance to do anything.
import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  CommandHandler,
  ProjectionRunner,
  reached,
  type Command,
  type Outcome,
  type Projection,
} from '#engine'
import type { Stateful } from '#engine/workflow'
import type { EventStore } from '#event-store'
import { demoClerk, findActor, importPlanFile, openPlatform, readConfig, seedBase } from '#platform'
import { testMasterKey } from '#testing'

/** Where it dies: at the n-th append or page. */
export type KillPoint =
  'before-append' | 'during-append' | 'after-append' | 'before-page' | 'in-page' | 'never'

const [url, noteFile, point, count] = process.argv.slice(2) as [string, string, KillPoint, string]
const passed = new Map<KillPoint, number>()

function pass(here: KillPoint): void {
  const times = (passed.get(here) ?? 0) + 1
  passed.set(here, times)
  if (here === point && times === Number(count)) process.kill(process.pid, 'SIGKILL')
}

function mortal(store: EventStore): EventStore {
  return Object.assign(Object.create(store) as EventStore, {
    readStream: store.readStream.bind(store),
    head: store.head.bind(store),
    async append(...args: Parameters<EventStore['append']>) {
      pass('before-append')
      const appending = store.append(...args)
      // The statement has left by then, the answer is not there.
      setImmediate(() => pass('during-append'))
      const appended = await appending
      pass('after-append')
      return appended
    },
  })
}

function mortalProjection(projection: Projection): Projection {
  return {
    ...projection,
    async apply(transaction, events) {
      pass('before-page')
      await projection.apply(transaction, events)
      pass('in-page')
    },
  }
}

class NotedCommands extends CommandHandler {
  override async handle<State extends Stateful = Stateful>(command: Command): Promise<Outcome<State>> {
    const outcome = await super.handle<State>(command)
    if (outcome.status !== 'refused') appendFileSync(noteFile, `${command.id}\n`)
    return outcome
  }
}

const opened = await openPlatform(readConfig({ ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: testMasterKey }))
const store = mortal(opened.store)
const workflows = opened.contexts.flatMap((context) => context.workflows)
const projections = opened.contexts.flatMap((context) => context.projections)
const { clock, sealing } = opened
const platform = { ...opened, store, commands: new NotedCommands({ store, clock, workflows, sealing }) }
const log = { failed: (name: string, error: Error) => console.error(name, error) }
const runner = new ProjectionRunner(opened.store, opened.database, log, { pageSize: 20 })
runner.start(projections.map(mortalProjection))

await seedBase(platform)
const file = fileURLToPath(new URL('../../seeds/phu-luc-2025.csv', import.meta.url))
const plan = { code: 'CCHC2025', issuer: 'Chủ tịch UBND tỉnh', year: 2025, declared: 72 }
await importPlanFile(platform, { path: file }, plan, await findActor(platform, demoClerk))
for (const projection of projections) await reached(opened.database, projection, await store.head(), 60_000)
await runner.stop()
await opened.close()
process.exit()
