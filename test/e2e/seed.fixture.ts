import { reached } from '#engine'
import { openPlatform, readConfig, seedBase, seedDemo } from '#platform'

/** Brings a database to where a first start leaves it, or has only its base; views included. Then ends. */
const platform = await openPlatform(readConfig(JSON.parse(process.argv[2]!) as Record<string, string>))
await seedBase(platform)
platform.startWorker()
if (process.argv[3] === 'seeded') await seedDemo(platform)
const head = await platform.store.head()
const projections = platform.contexts.flatMap((context) => context.projections)
await Promise.all(projections.map((projection) => reached(platform.database, projection, head, 300_000)))
await platform.close()
