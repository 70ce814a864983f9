import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#database'
import { PostgresEventStore } from '#event-store'
import { newId } from '#kernel'
import { findActor, openPlatform, readConfig } from '#platform'
import { boardProjection } from '#tasks'
import {
  eventually,
  testDatabase,
  testMasterKey,
  testProcess,
  type TestDatabase,
  type TestProcess,
} from '#testing'
import { seeded } from './seeded.test-support.js'

const exitForced = 4
const task = 'CCHC2025-II-5'
const officer = 'cong-chuc-so-tu-phap'

let server: TestDatabase
let database: Database
let env: Record<string, string>
let key: string

beforeAll(async () => {
  server = await testDatabase(seeded)
  database = server.connect()
  env = {
    ROVIEC_DATABASE_URL: server.url,
    ROVIEC_MASTER_KEY: testMasterKey,
    ROVIEC_PORT: '0',
    ROVIEC_REQUESTS_PER_SECOND: '100000',
  }
  const platform = await openPlatform(readConfig(env))
  key = await platform.credentials.issue(officer, await findActor(platform, 'van-hanh'))
  await platform.close()
}, 120_000)
afterAll(() => server.close())

async function serving(
  settings: Record<string, string> = {},
): Promise<{ process: TestProcess; url: string }> {
  const script = new URL('serve.fixture.ts', import.meta.url)
  const started = testProcess(script, [JSON.stringify({ ...env, ...settings })])
  let isOver = false
  void started.ended.then(() => (isOver = true))
  // A first start imports the plans: on a busy machine a wait that ran out is taken up again.
  const url = await eventually(
    () =>
      started.line('Tài liệu API: ').catch((error: unknown) => {
        if (isOver) return null
        throw error
      }),
    { timeout: 60_000 },
  )
  if (url === null) throw new Error('the server ended before it was there')
  return { process: started, url: url.replace('/api/docs', '') }
}

interface Answered {
  readonly id: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function send(url: string, name: string, data: object): Promise<Answered> {
  const id = newId()
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': id,
  }
  const init = { method: 'POST', headers, body: JSON.stringify({ data }) }
  const answer = await fetch(`${url}/api/v1/tasks/${task}/transitions/${name}`, init)
  return { id, status: answer.status, headers: answer.headers, text: await answer.text() }
}

const report = (url: string): Promise<Answered> =>
  send(url, 'Report', { deliverableId: '2', period: 'Quý I/2025', summary: 'Đang làm', percentage: 40 })

async function recordedCommands(): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT metadata::json ->> 'commandId' AS id FROM event_log.event WHERE stream = $1`,
    [`task-${task}`],
  )
  return new Set(rows.map(({ id }) => id))
}

let letGo = (): Promise<void> => Promise.resolve()
// Whatever a test came to, the next one finds the log free.
afterEach(() => letGo())

/** Appends wait from here on until it is let go. */
async function holdLog(): Promise<void> {
  const connection = await database.pool.connect()
  await connection.query('BEGIN')
  await connection.query('SELECT * FROM event_log.head FOR UPDATE')
  letGo = async () => {
    letGo = () => Promise.resolve()
    await connection.query('ROLLBACK')
    connection.release()
  }
}

const waiting = async (): Promise<boolean> => {
  const { rows } = await database.query<{ n: string }>(
    `SELECT count(*) AS n FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%event_log.append%'`,
  )
  return Number(rows[0]!.n) > 0
}

/** Views that some process keeps for itself. */
async function leased(): Promise<readonly object[]> {
  const { rows } = await database.query(`SELECT name FROM roviec.projection WHERE lease_holder IS NOT NULL`)
  return rows
}

/** Does the work while the board stands still behind the end of the log. */
async function paused(work: () => Promise<void>): Promise<void> {
  const platform = await openPlatform(readConfig(env))
  platform.startWorker()
  const actor = await findActor(platform, 'van-hanh')
  const aggregate = boardProjection.name
  const operate = async (transition: string, isDone: (state: string) => boolean): Promise<void> => {
    const data = { reason: 'thử dừng khi bảng chưa kịp' }
    const command = { id: newId(), workflow: 'projection', aggregate, transition, data, actor }
    await platform.commands.handleOrThrow(command)
    await eventually(async () => {
      const { rows } = await database.query<{ state: string }>(
        `SELECT state FROM roviec.projection WHERE name = $1 AND standing <> 'retired'`,
        [aggregate],
      )
      return rows.every(({ state }) => isDone(state))
    })
  }
  await operate('Pause', (state) => state === 'paused')
  try {
    await work()
  } finally {
    await operate('Resume', (state) => state !== 'paused')
    await platform.close()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('a stop', () => {
  it('under load loses nothing that was acknowledged, gives the leases back at once and ends with 0', async () => {
    const { process: running, url } = await serving()
    const acknowledged: string[] = []
    const turnedAway: unknown[] = []
    let stopped = false
    const sender = async (): Promise<void> => {
      while (!stopped) {
        const answer = await report(url).catch(() => null)
        if (answer?.status === 200) acknowledged.push(answer.id)
        else if (answer === null) stopped = true
        else turnedAway.push([answer.status, answer.headers.get('retry-after')])
      }
    }
    const senders = Array.from({ length: 16 }, sender)
    await eventually(() => acknowledged.length > 100)
    const refused = await send(url, 'Issue', { deliverableId: 'none' })
    expect(refused.status).toBe(400)
    process.kill(running.pid, 'SIGTERM')
    expect(await running.ended).toBe(0)
    stopped = true
    await Promise.all(senders)
    expect(turnedAway.filter((told) => JSON.stringify(told) !== '[503,"5"]')).toEqual([])
    const recorded = await recordedCommands()
    expect(acknowledged.filter((id) => !recorded.has(id))).toEqual([])
    expect(await leased()).toEqual([])
    const attempts = await database.query<{ data: string }>(
      `SELECT data FROM event_log.event WHERE stream LIKE 'attempts-%'`,
    )
    expect(attempts.rows.map(({ data }) => data).join()).toContain(refused.id)
  }, 60_000)

  it('answers what is inside, and tells all others that it stops and when to come back', async () => {
    const { process: running, url } = await serving()
    await holdLog()
    const inside = report(url)
    await eventually(waiting)
    process.kill(running.pid, 'SIGTERM')
    await eventually(async () => (await fetch(`${url}/health/ready`)).status === 503)
    expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ status: 'stopping' })
    expect((await fetch(`${url}/health/live`)).status).toBe(200)
    const late = await report(url)
    expect([late.status, JSON.parse(late.text).code]).toEqual([503, 'stopping'])
    expect([late.headers.get('retry-after'), late.headers.get('connection')]).toEqual(['5', 'close'])
    await letGo()
    const answer = await inside
    expect([answer.status, await running.ended]).toEqual([200, 0])
    expect((await recordedCommands()).has(answer.id)).toBe(true)
  }, 60_000)

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is not cut short by a second %s right after the first, as npm sends it',
    async (signal) => {
      const { process: running, url } = await serving()
      await holdLog()
      const inside = report(url)
      await eventually(waiting)
      process.kill(running.pid, signal)
      await delay(5)
      process.kill(running.pid, signal)
      await eventually(async () => (await fetch(`${url}/health/ready`)).status === 503)
      await letGo()
      expect([(await inside).status, await running.ended]).toEqual([200, 0])
      expect(await leased()).toEqual([])
    },
    60_000,
  )

  it('is cut short by a SIGINT that comes later', async () => {
    const { process: running, url } = await serving()
    await holdLog()
    const inside = report(url).catch(() => null)
    await eventually(waiting)
    let code: number | null | undefined
    void running.ended.then((ended) => (code = ended))
    await eventually(() => code !== undefined || !process.kill(running.pid, 'SIGINT'))
    expect([code, await inside]).toEqual([exitForced, null])
    await letGo()
  }, 60_000)

  it('is obeyed while a view that the greeting shows is not there yet', async () => {
    await paused(async () => {
      const port = await freePort()
      const settings = { ...env, ROVIEC_PORT: String(port) }
      const running = testProcess(new URL('serve.fixture.ts', import.meta.url), [JSON.stringify(settings)])
      await eventually(async () => (await fetch(`http://127.0.0.1:${port}/health/live`)).status === 200)
      process.kill(running.pid, 'SIGTERM')
      expect(await running.ended).toBe(0)
      expect(running.errors()).toContain('Đang dừng')
    })
  }, 60_000)

  it('that cannot end in its time is cut short, and its exit code says so', async () => {
    const { process: running, url } = await serving({ ROVIEC_STOP_WITHIN_SECONDS: '1' })
    await holdLog()
    const inside = report(url).catch(() => null)
    await eventually(waiting)
    process.kill(running.pid, 'SIGTERM')
    expect(await running.ended).toBe(exitForced)
    expect(await inside).toBeNull()
    await letGo()
  }, 60_000)

  it('of a worker gives its leases back and ends with 0; until then it tells its numbers to a monitor', async () => {
    const worker = testProcess(new URL('worker.fixture.ts', import.meta.url), [JSON.stringify(env)])
    const url = await eventually(() => /http:\/\/[\d.:]+/.exec(worker.errors())?.[0] ?? false)
    await eventually(async () => (await leased()).length > 0)
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^roviec_up 1$/m)
    const proxied = { headers: { 'x-forwarded-for': '203.0.113.7' } }
    expect((await fetch(`${url}/metrics`, proxied)).status).toBe(401)
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.ended).toBe(0)
    expect(await leased()).toEqual([])
  }, 60_000)

  it('of a worker tells all its parts at once: one that hangs keeps none of them, and is cut off at the set time', async () => {
    const log = await PostgresEventStore.open({ connection: server.url })
    // Nothing can be made of it: the processes have to put that down.
    const broken = { id: newId(), type: 'task.Assigned', data: null, metadata: null }
    await log.append('task-broken', [broken], 'no-stream')
    await log.close()
    await holdLog()
    const settings = JSON.stringify({ ...env, ROVIEC_STOP_WITHIN_SECONDS: '5' })
    const worker = testProcess(new URL('worker.fixture.ts', import.meta.url), [settings])
    let isOver = false
    void worker.ended.then(() => (isOver = true))
    try {
      await eventually(async () => (await waiting()) && (await leased()).length > 0)
      process.kill(worker.pid, 'SIGTERM')
      await eventually(async () => isOver || (await leased()).length === 0)
      expect([isOver, await waiting()]).toEqual([false, true])
      expect(await worker.ended).toBe(exitForced)
    } finally {
      await letGo()
    }
  }, 60_000)
})
