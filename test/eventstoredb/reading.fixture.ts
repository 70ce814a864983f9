// A process of its own that fills the log in EventStoreDB, or keeps the views of it and kills itself at the point it
// is told: before a page, or when its rows are written and its checkpoint is not.
import { ProjectionRunner, reached, type Projection } from '#engine'
import { demoClerk, findActor, importPlanFile, openPlatform, readConfig, seedBase } from '#platform'
import { testMasterKey } from '#testing'

export type ReadingTask = 'fill' | 'before-page' | 'in-page' | 'to-the-end'

const [databaseUrl, eventStoreUrl, task, count] = process.argv.slice(2) as [
  string,
  string,
  ReadingTask,
  string,
]
const platform = await openPlatform(
  readConfig({
    ROVIEC_DATABASE_URL: databaseUrl,
    ROVIEC_EVENTSTORE_URL: eventStoreUrl,
    ROVIEC_MASTER_KEY: testMasterKey,
  }),
)
let passed = 0

function pass(here: ReadingTask): void {
  if (here === task && ++passed === Number(count)) process.kill(process.pid, 'SIGKILL')
}

function mortal(projection: Projection): Projection {
  return {
    ...projection,
    async apply(transaction, events) {
      pass('before-page')
      await projection.apply(transaction, events)
      pass('in-page')
    },
  }
}

const projections = platform.contexts.flatMap((context) => context.projections)
const log = { failed: (name: string, error: Error) => console.error(name, error) }
const runner = new ProjectionRunner(platform.store, platform.database, log, { pageSize: 20 })
runner.start(projections.map(mortal))
if (task === 'fill') {
  await seedBase(platform)
  const file = 'seeds/phu-luc-2025.csv'
  const plan = { code: 'CCHC2025', issuer: 'Chủ tịch UBND tỉnh', year: 2025, declared: 72 }
  await importPlanFile(platform, { path: file }, plan, await findActor(platform, demoClerk))
}
const head = await platform.store.head()
for (const projection of projections) await reached(platform.database, projection, head, 60_000)
await runner.stop()
await platform.close()
process.exit()
