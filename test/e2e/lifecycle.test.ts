import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '#testing'
import { json, output, run, start, type Running } from './cli.test-support.js'

/** One data directory through the life of an installation; each test takes it on where the last one left it. */
let dataDir: string
let env: Record<string, string>
let server: Running | undefined

beforeAll(async () => {
  // Below this name the global teardown clears away what a failing test leaves.
  dataDir = await mkdtemp(`${process.env['ROVIEC_TEST_DATA_DIR'] ?? join(tmpdir(), 'roviec')}-server-`)
  await chmod(dataDir, 0o755)
  // Any free port: the greeting says which.
  env = { ROVIEC_DATA_DIR: dataDir, ROVIEC_PORT: '0' }
})
afterAll(async () => {
  server?.child.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

const greeting = 'Dừng: Ctrl-C'

async function serve(): Promise<{ running: Running; text: string; url: string }> {
  const running = start(['serve'], env)
  server = running
  const text = await output(running, greeting)
  return { running, text, url: /http:\/\/127\.0\.0\.1:\d+/.exec(text)![0] }
}

/** The pid of the database server, or null where none runs on the directory. */
async function postgres(): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  try {
    return pid > 0 && process.kill(pid, 0) ? pid : null
  } catch {
    return null
  }
}

async function head(url: string): Promise<string> {
  return ((await (await fetch(`${url}/api/v1/health`)).json()) as { head: string }).head
}

/** What was entered, apart from what the system goes on to say about it by itself. */
async function entered(): Promise<{ tasks: number; events: number; dossiers: number }> {
  const tasks = (await json(['tasks', '--plan', 'CCHC2025'], env)) as unknown[]
  const history = (await json(['history', 'CCHC2025-II-5'], env)) as { actor: string }[]
  const events = history.filter(({ actor }) => actor !== 'system')
  const dossiers = (await json(['dossiers', 'list'], env)) as { total: number }
  return { tasks: tasks.length, events: events.length, dossiers: dossiers.total }
}

describe('the life of a server', () => {
  let recorded: string
  let first: Awaited<ReturnType<typeof entered>>

  it('starts from nothing, loads the plans, says where it is and how they stand, and stops when told', async () => {
    const { running, text, url } = await serve()
    expect(text).toContain('Tiến độ CCHC2025')
    expect(text).toMatch(/Sở Tư pháp +6 +10 +5 +4 +1 +0/)
    expect(text).toMatch(/CCHC2025-II-5\.1 .* 42 +hoàn thành quá hạn/)
    expect(text).toContain(`${url}/api/docs`)
    expect(text).toContain('Authorization: Bearer')
    recorded = await head(url)
    first = await entered()
    expect(first.tasks).toBe(71)
    expect(first.dossiers).toBeGreaterThan(0)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
    expect(await postgres()).toBeNull()
  }, 120_000)

  it('starts again and loads nothing twice; a command and a second server meet it', async () => {
    const { running, url } = await serve()
    expect(await entered()).toEqual(first)
    const second = await run(['serve'], env)
    expect(second.code).toBe(1)
    expect(second.err).toContain(`pid ${running.child.pid}`)
    const doctor = await run(['doctor', '--json'], env)
    expect([doctor.code, JSON.parse(doctor.out)]).toEqual([
      0,
      {
        healthy: true,
        mode: 'embedded',
        versions: {
          roviec: expect.any(String),
          node: process.version,
          postgres: expect.stringMatching(/^18/),
          eventStoreDb: null,
        },
        masterKey: { fingerprint: expect.any(String), source: expect.any(String) },
        store: { reachable: true, head: expect.stringMatching(/^\d+$/), problem: null },
        schema: expect.arrayContaining([{ scope: 'identity', name: '0001-api-credential' }]),
        views: expect.arrayContaining([
          {
            name: 'task_board',
            version: expect.any(Number),
            state: 'active',
            lag: expect.any(String),
            estimated: expect.any(Boolean),
          },
        ]),
        incidents: [],
        incidentsWatched: null,
        disk: { path: dataDir, freeBytes: expect.any(Number) },
      },
    ])
    const { key } = (await json(['key', 'van-thu-vpub'], env)) as { key: string }
    const me = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })
    expect(me.status).toBe(200)
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(200)
  }, 120_000)

  it('comes back after kill -9 with everything it had, and goes on recording', async () => {
    server!.child.kill('SIGKILL')
    await server!.ended
    const { running, url } = await serve()
    expect(Number(await head(url))).toBeGreaterThanOrEqual(Number(recorded))
    const accept = ['transition', 'CCHC2025-II-1', 'Accept', '--as', 'cong-chuc-so-tu-phap']
    expect(await json(accept, env)).toMatchObject({ status: 'accepted' })
    const [task] = (await json(['tasks', '--section', 'II', '--status', 'accepted'], env)) as {
      code: string
    }[]
    expect(task?.code).toBe('CCHC2025-II-1')
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
    expect(await postgres()).toBeNull()
  }, 120_000)

  it('on a busy port says which one and leaves nothing running', async () => {
    const busy = await listening()
    const { port } = busy.address() as { port: number }
    const refused = await run(['serve'], { ...env, ROVIEC_PORT: String(port) })
    busy.close()
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(`Cổng ${port}`)
    expect(refused.err).toContain('[port-in-use]')
    expect(await postgres()).toBeNull()
  }, 120_000)

  it('says all of it in one JSON document where a program starts it', async () => {
    const running = start(['serve', '--json'], env)
    server = running
    await output(running, '\n')
    running.child.kill('SIGTERM')
    const { code, out } = await running.ended
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      url: expect.stringMatching(/^http:/),
      documentation: expect.stringMatching(/\/api\/docs$/),
      onTime: { plan: 'CCHC2025', totals: { tasks: 71 } },
      late: expect.arrayContaining([expect.objectContaining({ code: 'CCHC2025-II-5.1' })]),
    })
  }, 120_000)

  it('told to stop while it starts, stops', async () => {
    const starting = start(['serve'], env)
    await eventually(async () => (await postgres()) !== null)
    starting.child.kill('SIGTERM')
    const { code } = await starting.ended
    // Before it listens for signals the system's own answer to one ends it, as it would any program.
    expect([0, null]).toContain(code)
    await run(['doctor'], env)
    expect(await postgres()).toBeNull()
  }, 120_000)
})

async function listening(): Promise<Server> {
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  return busy
}
