import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  eventually,
  standInEventStoreDb,
  testDatabase,
  type StandInEventStoreDb,
  type TestDatabase,
} from '#testing'
import { startApi, type TestApi } from '../e2e/api.test-support.js'
import { json, run } from '../e2e/cli.test-support.js'

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']

describe(`what an administrator does to ${realServer ? 'a real log' : 'the log'} past the application`, () => {
  let server: StandInEventStoreDb | undefined
  let database: TestDatabase
  let api: TestApi
  let env: Record<string, string>
  let administrator: EventStoreDBClient
  beforeAll(async () => {
    server = realServer ? undefined : await standInEventStoreDb()
    const url = realServer ?? server!.url
    database = await testDatabase()
    env = { ROVIEC_DATABASE_URL: database.url, ROVIEC_EVENTSTORE_URL: url }
    api = await startApi(env)
    administrator = EventStoreDBClient.connectionString(url)
  }, 300_000)
  afterAll(async () => {
    await administrator.dispose()
    await api.close()
    await database.close()
    server?.stop()
  })

  it('is shown by /health and by doctor within moments', async () => {
    await administrator.setStreamMetadata('task-CCHC2025-II-1', { maxCount: 1 })
    await administrator.setStreamMetadata('task-CCHC2025-II-2', { truncateBefore: 1 })
    await administrator.deleteStream('task-CCHC2025-II-3')
    await administrator.tombstoneStream('task-CCHC2025-II-4')
    const expected = [
      { stream: 'task-CCHC2025-II-4', kind: 'tombstoned' },
      { stream: 'task-CCHC2025-II-3', kind: 'soft-deleted' },
      { stream: 'task-CCHC2025-II-2', kind: 'truncated' },
      { stream: 'task-CCHC2025-II-1', kind: 'retention-limited' },
    ]
    await eventually(async () => {
      const { body } = await api.ask(null, '/api/v1/health')
      expect(ours(body.incidents)).toMatchObject(expected)
    })
    expect(ours((await json(['doctor'], env)).incidents)).toMatchObject(expected)
    expect((await run(['doctor'], env)).out).toContain('task-CCHC2025-II-4: đã bị xoá vĩnh viễn')
  }, 60_000)
})

/** A real log may hold what other tests did. */
function ours(incidents: readonly { readonly stream: string }[]) {
  return incidents.filter(({ stream }) => stream.startsWith('task-CCHC2025-'))
}
