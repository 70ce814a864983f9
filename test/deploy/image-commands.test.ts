import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  eventually,
  standInEventStoreDb,
  testDatabase,
  testMasterKey,
  type StandInEventStoreDb,
  type TestDatabase,
} from '#testing'
import { composeOf, imageCommand } from './deploy.test-support.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the image and the compose file say, on this machine: only the addresses and the key are others, and the port is free. */
describe('the commands of the image', () => {
  const { services } = composeOf('single')
  let server: StandInEventStoreDb
  let database: TestDatabase
  let masterKey: string
  const started: { readonly child: ChildProcess; readonly ended: Promise<number | null> }[] = []
  beforeAll(async () => {
    server = await standInEventStoreDb()
    database = await testDatabase()
    masterKey = join(await mkdtemp(join(tmpdir(), 'roviec-secrets-')), 'master-key')
    await writeFile(masterKey, testMasterKey)
  })
  afterAll(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ ended }) => ended))
    await database.close()
    server.stop()
  })

  const environmentOf = async (service: string): Promise<Record<string, string>> => ({
    PATH: process.env['PATH']!,
    HOME: process.env['HOME'] ?? '/',
    ...services[service]!.environment,
    ROVIEC_MASTER_KEY_FILE: masterKey,
    ROVIEC_EVENTSTORE_URL: server.url,
    ROVIEC_DATABASE_URL: database.url,
    ROVIEC_DEMO: 'false',
    ROVIEC_PORT: String(await freePort()),
  })
  const start = (command: readonly string[], env: Record<string, string>) => {
    const child = spawn(process.execPath, command.slice(1), {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    started.push({ child, ended })
    return { child, ended, said: () => said }
  }
  /** The health check of the compose file, as the container's engine would run it. */
  const isHealthy = async (service: string, env: Record<string, string>): Promise<boolean> => {
    const [, , ...command] = services[service]!.healthcheck!.test
    return (await start(['node', ...command], env).ended) === 0
  }

  it('start the worker and the api, which are healthy by their own checks and end in order when told', async () => {
    const running = []
    // The api is ready when the views are, which the worker fills.
    for (const service of ['worker', 'api']) {
      const env = await environmentOf(service)
      expect(await isHealthy(service, env)).toBe(false)
      const command = [...imageCommand('ENTRYPOINT'), ...services[service]!.command!]
      const one = start(command, env)
      running.push(one)
      await eventually(
        async () => {
          if (one.child.exitCode !== null) throw new Error(`it ended: ${one.said()}`)
          return isHealthy(service, env)
        },
        { timeout: 60_000, what: `a healthy ${service}` },
      )
    }
    for (const { child, ended } of running.toReversed()) {
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    }
  }, 150_000)
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
