import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  eventually,
  standInEventStoreDb,
  testDatabase,
  type StandInEventStoreDb,
  type TestDatabase,
} from '#testing'
import { startApi, type Asked, type TestApi } from '../e2e/api.test-support.js'
import { json } from '../e2e/cli.test-support.js'

describe('the application with EventStoreDB as its log', () => {
  let server: StandInEventStoreDb
  let api: TestApi
  beforeAll(async () => {
    server = await standInEventStoreDb()
    api = await startApi({ ROVIEC_EVENTSTORE_URL: server.url })
  }, 120_000)
  afterAll(async () => {
    await api.close()
    server.stop()
  })

  const transition = (code: string, name: string, body: object) =>
    api.send('lead', `/api/v1/tasks/${code}/transitions/${name}`, body)
  const shownAfter = ({ headers }: Asked, code: string) =>
    api.ask('lead', `/api/v1/tasks/${code}`, {
      headers: { 'roviec-at-least': headers.get('roviec-position')! },
    })

  it('has both plans in the log and in the views', async () => {
    const streams = new Set(
      server.log.all.map(({ stream }) => stream).filter((name) => name.startsWith('task-')),
    )
    const listed = await api.ask('lead', '/api/v1/tasks?limit=1')
    expect(Number(listed.headers.get('total-count'))).toBe(streams.size)
    expect(streams.size).toBeGreaterThan(100)
  })

  it('takes a transition, shows it to the reader who waits for it, and tells it on the stream', async () => {
    const stop = new AbortController()
    const told = await fetch(new URL('/api/v1/stream', api.url), {
      headers: { authorization: `Bearer ${api.keys['so-noi-vu-cchc']}` },
      signal: stop.signal,
    })
    const heard = (async () => {
      let text = ''
      for await (const chunk of told.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk
        if (text.includes('task.Accepted')) return text
      }
      return text
    })()
    const accepted = await transition('CCHC2025-II-1', 'Accept', {})
    expect(accepted.body).toMatchObject({ status: 'accepted', events: [{ type: 'task.Accepted' }] })
    expect((await shownAfter(accepted, 'CCHC2025-II-1')).body.status).toBe('accepted')
    expect(await heard).toContain('CCHC2025-II-1')
    stop.abort()
  })

  it('goes on by itself when the server has been away', async () => {
    server.stop()
    await server.start()
    const report = { data: { period: 'Quý I/2025', summary: 'Đang soạn thảo' } }
    const reported = await eventually(async () => {
      const answer = await transition('CCHC2025-II-2', 'Report', report)
      return answer.status === 200 && answer
    })
    const shown = await shownAfter(reported, 'CCHC2025-II-2')
    expect([shown.status, shown.headers.get('etag')]).toEqual([200, reported.headers.get('etag')])
  })
})

describe('the command line with EventStoreDB as its log', () => {
  let server: StandInEventStoreDb
  let database: TestDatabase
  beforeAll(async () => {
    server = await standInEventStoreDb()
    database = await testDatabase()
  })
  afterAll(async () => {
    await database.close()
    server.stop()
  })

  it('imports a plan and answers from it', async () => {
    const env = { ROVIEC_DATABASE_URL: database.url, ROVIEC_EVENTSTORE_URL: server.url }
    const plan = [
      '--code',
      'CCHC2025',
      '--issuer',
      'Chủ tịch UBND tỉnh',
      '--year',
      '2025',
      '--declared',
      '72',
    ]
    const imported = await json(['import', 'seeds/phu-luc-2025.csv', ...plan], env)
    expect(imported).toMatchObject({ plan: 'CCHC2025', tasks: 71, deliverables: 100 })
    const table = await json(['on-time', '--plan', 'CCHC2025', '--as-of', '2025-09-30'], env)
    expect(table).toMatchObject({ plan: 'CCHC2025', asOf: '2025-09-30' })
    const again = await json(['import', 'seeds/phu-luc-2025.csv', ...plan], env)
    expect(again).toMatchObject({ plan: 'CCHC2025', tasks: 71 })
  }, 60_000)
})
