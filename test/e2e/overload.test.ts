import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createDatabase, type Database } from '#database'
import { newId } from '#kernel'
import { eventually } from '#testing'
import { people, startApi, type TestApi } from './api.test-support.js'

/** As many commands as a server takes in by default. */
const most = 1_000

let api: TestApi
let database: Database
beforeAll(async () => {
  api = await startApi()
  database = createDatabase({ connection: api.databaseUrl })
}, 120_000)
afterAll(async () => {
  await api.close()
  await database.close()
})

/** A cheaper client than `fetch`: a thousand connections are opened at once. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

/** The status of a report on a task, however long the answer takes; null where the connection was cut. */
function report(summary: string): Promise<number | null> {
  const body = JSON.stringify({
    data: { deliverableId: '2', period: 'Quý I/2025', summary, percentage: 40 },
  })
  const headers = {
    authorization: `Bearer ${api.keys[people.lead]}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': newId(),
  }
  const url = new URL('/api/v1/tasks/CCHC2025-II-5/transitions/Report', api.url)
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? null))
    })
    sent.once('error', () => resolve(null))
    sent.end(body)
  })
}

async function metric(name: string): Promise<number> {
  const { text } = await api.ask(null, '/metrics')
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
}

const inside = (): Promise<number> => metric('roviec_http_requests_inside')

describe('more work than there is room for', () => {
  it('is turned away at once and not read, while what is inside is finished', async () => {
    const connection = await database.pool.connect()
    await connection.query('BEGIN')
    // The log takes nothing from here on: every append hangs.
    await connection.query('SELECT * FROM event_log.head FOR UPDATE')
    const sent: Promise<number | null>[] = []
    // A machine that does not keep up turns some away before the room is full: they are sent again, as clients do.
    let unanswered = 0
    await eventually(
      async () => {
        for (; unanswered < most; unanswered++) sent.push(report('Đang làm').finally(() => (unanswered -= 1)))
        return (await inside()) === most
      },
      { timeout: 60_000 },
    )

    const refused = await api.send('lead', '/api/v1/tasks/CCHC2025-II-5/transitions/Accept', {})
    expect([refused.status, refused.body.code]).toEqual([503, 'overloaded'])
    expect(refused.headers.get('retry-after')).toBe('1')

    // A flood that would take 200 MB if any of it were kept.
    const before = await metric('process_resident_memory_bytes')
    const large = 'x'.repeat(500_000)
    for (let round = 0; round < 20; round++) {
      const flood = Array.from({ length: 20 }, () => report(large))
      expect(new Set(await Promise.all(flood))).not.toContain(200)
    }
    const grown = (await metric('process_resident_memory_bytes')) - before
    expect(grown).toBeLessThan(100 * 1024 ** 2)
    expect(await inside()).toBe(most)

    // Those who ask and those who watch are served meanwhile.
    expect((await api.ask(null, '/health/live')).status).toBe(200)
    await eventually(async () => (await api.ask('lead', '/api/v1/me')).status === 200)

    await connection.query('ROLLBACK')
    connection.release()
    const statuses = await Promise.all(sent)
    expect(statuses.filter((status) => status === 200)).toHaveLength(most)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    agent.destroy()
  }, 120_000)
})
