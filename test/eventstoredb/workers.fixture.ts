// A worker in a process of its own, as `roviec worker` runs it, or the one that fills the log while two of them read.
import { demoClerk, findActor, importPlanFile, openPlatform, readConfig, seedBase } from '#platform'
import { testMasterKey } from '#testing'

const [databaseUrl, eventStoreUrl, task] = process.argv.slice(2) as [string, string, 'work' | 'fill']
const platform = await openPlatform(
  readConfig({
    ROVIEC_DATABASE_URL: databaseUrl,
    ROVIEC_EVENTSTORE_URL: eventStoreUrl,
    ROVIEC_MASTER_KEY: testMasterKey,
  }),
)
if (task === 'work') {
  platform.startWorker()
  console.log('working')
} else {
  await seedBase(platform)
  console.log('half')
  const clerk = await findActor(platform, demoClerk)
  for (const code of ['CCHC2025', 'THU2025', 'BA2025']) {
    const file = 'seeds/phu-luc-2025.csv'
    const plan = { code, issuer: 'Chủ tịch UBND tỉnh', year: 2025, declared: 72 }
    await importPlanFile(platform, { path: file }, plan, clerk)
    console.log('plan', code)
  }
  await platform.close()
  process.exit()
}
