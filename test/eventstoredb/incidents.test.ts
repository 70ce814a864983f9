import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EventStoreDbEventStore } from '#event-store'
import {
  eventually,
  standInEventStoreDb,
  testDatabase,
  type StandInEventStoreDb,
  type TestDatabase,
} from '#testing'
import { startApi, type TestApi } from '../e2e/api.test-support.js'
import { json, run, start } from '../e2e/cli.test-support.js'

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']
if (!realServer)
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- named in the closing lines, never silently green
  it.skip('what an administrator does to the log, on a real server: set ROVIEC_TEST_EVENTSTORE_URL', () =>
    undefined)

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
    const store = await EventStoreDbEventStore.open({ url: env['ROVIEC_EVENTSTORE_URL']! })
    const [noticed] = await store.readStream('incident-log', { direction: 'backward', limit: 1 })
    await store.close()
    expect(noticed!.metadata).toMatchObject({
      actor: 'system',
      correlationId: noticed!.id,
      causationId: null,
    })
    const report = await json(['doctor'], env)
    expect(ours(report.incidents)).toMatchObject(expected)
    expect(report.versions.eventStoreDb).toMatch(/^\d+\.\d+/)
    const doctor = await run(['doctor'], env)
    expect(doctor.out).toContain('task-CCHC2025-II-4: đã bị xoá vĩnh viễn')
    expect(doctor.out).not.toContain('Mọi thứ hoạt động bình thường')
    expect(doctor.code).toBe(1)
  }, 60_000)

  it('is shown by a worker, which goes on with its work', async () => {
    const { child, ended } = start(['worker'], { ...env, ROVIEC_PORT: '0' })
    let said = ''
    child.stderr!.on('data', (text: Buffer) => (said += text.toString()))
    const [url] = await eventually(() => /http:\S+\/health/u.exec(said) ?? false, { timeout: 30_000 })
    const answer = await fetch(url)
    child.kill('SIGTERM')
    expect([answer.status, (await ended).code]).toEqual([200, 0])
    const { incidents, incidentsWatched } = (await answer.json()) as {
      incidents: { stream: string }[]
      incidentsWatched: boolean
    }
    expect(ours(incidents)[0]).toMatchObject({ stream: 'task-CCHC2025-II-4', kind: 'tombstoned' })
    expect(incidentsWatched).toBe(true)
  }, 60_000)

  it('is counted with the rest of the connection, what only grows as a counter', async () => {
    const { text } = await api.ask(null, '/metrics')
    const types = [...text.matchAll(/^# TYPE roviec_eventstoredb_(\w+) (\w+)$/gmu)]
    expect(Object.fromEntries(types.map(([, name, type]) => [name, type]))).toEqual({
      incidents_watched: 'gauge',
      listening: 'gauge',
      drops_total: 'counter',
      reconnects_total: 'counter',
      page_retries_total: 'counter',
      appends_unknown_total: 'counter',
      fell_behind_total: 'counter',
      subscriptions: 'gauge',
      subscriptions_caught_up: 'gauge',
      subscription_seconds_behind: 'gauge',
      subscription_bytes_behind: 'gauge',
      subscription_events_behind: 'gauge',
    })
    expect(text).toMatch(/^roviec_eventstoredb_incidents_watched 1$/mu)
    expect(text).toMatch(/^roviec_eventstoredb_drops_total \d+$/mu)
  })

  // A real log has to serve the other tests as well.
  const whereExpendable = realServer ? describe.skip : describe
  whereExpendable('when nobody can record it', () => {
    it('is not overlooked in silence', async () => {
      await administrator.tombstoneStream('incident-log')
      await administrator.setStreamMetadata('task-CCHC2025-II-5', { maxCount: 1 })
      await eventually(
        async () => {
          const { body } = await api.ask(null, '/api/v1/health')
          return body.incidentsWatched === false
        },
        { timeout: 30_000 },
      )
      const { out, code } = await run(['doctor'], env)
      expect(code).toBe(1)
      expect(out).toContain('incident-log: đã bị xoá vĩnh viễn')
      await eventually(async () => {
        expect((await run(['doctor'], env)).out).toContain('KHÔNG HOẠT ĐỘNG')
      })
      // Each new attempt to watch counts for its moment.
      await eventually(async () => {
        const { text } = await api.ask(null, '/metrics')
        expect(text).toMatch(/^roviec_eventstoredb_incidents_watched 0$/mu)
      })
    }, 60_000)
  })
})

/** A real log may hold what other tests did. */
function ours(incidents: readonly { readonly stream: string }[]) {
  return incidents.filter(({ stream }) => stream.startsWith('task-CCHC2025-'))
}
