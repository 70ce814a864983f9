import { writeSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { createApi } from '../../apps/api/src/create-api.js'
import { findActor, openPlatform, readConfig, seedBase, seedDemo } from '#platform'

/**
 * The API with both real plans in a process of its own, as it is run. Prints where it listens, a key for each official
 * named, and the routes that Fastify itself knows.
 */
const [env = '{}', people = '[]'] = process.argv.slice(2)
const platform = await openPlatform(readConfig(JSON.parse(env) as Record<string, string>), {
  waitForViewsMs: 5_000,
  metrics: true,
})
await seedBase(platform)
platform.startWorker()
await seedDemo(platform)
const app = await createApi(platform)
await app.listen(0, '127.0.0.1')
const operator = await findActor(platform, 'van-hanh')
const keys: Record<string, string> = {}
for (const id of JSON.parse(people) as string[]) keys[id] = await platform.credentials.issue(id, operator)
const fastify = app.getHttpAdapter().getInstance() as FastifyInstance
const routes = fastify.printRoutes({ commonPrefix: false })
// One write: the reader takes whole lines.
writeSync(1, `ready ${JSON.stringify({ url: await app.getUrl(), keys, routes })}\n`)
