import { describe, it, expect } from '@jest/globals'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually } from '#testing'
import { createDatabase } from '../pool.js'
import {
  connect,
  killServer,
  newDataDir,
  open,
  quick,
  secondProcess,
  serverIn,
  stranger,
} from './embedded-harness.test-support.js'
import { openEmbedded } from './embedded-postgres.js'

describe('the PostgreSQL of a data directory', () => {
  it('is created at first use, keeps its data, its URL and its password to itself', async () => {
    const dataDir = await newDataDir()
    const first = await open(dataDir, { durable: true })
    const database = connect(first)
    const { rows } = await database.query(
      `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as commits, 'Ă' < 'B' as vietnamese, lower('Đ') as lower,
              current_setting('data_checksums') as checksums, current_setting('server_version_num')::int / 10000 as major`,
    )
    expect(rows).toEqual([
      {
        encoding: 'UTF8',
        fsync: 'on',
        commits: 'on',
        vietnamese: false,
        lower: 'đ',
        checksums: 'on',
        major: 18,
      },
    ])
    await database.query('create table kept as select 1 as n')
    await database.close()
    await first.close()
    expect(await serverIn(dataDir)).toBeUndefined()

    const second = await open(dataDir)
    expect(second.url).toBe(first.url)
    expect((await connect(second).query('select n from kept')).rows).toEqual([{ n: 1 }])
    expect((await stat(join(dataDir, 'postgres', 'password'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(dataDir, 'postgres', 'data', 'pg_hba.conf'), 'utf8')).not.toMatch(
      /^[^#].*trust$/m,
    )
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(new URL(second.url).password)
  })

  it('is shared with a second process, and stopped by whoever leaves last', async () => {
    const dataDir = await newDataDir()
    const server = await open(dataDir)
    const other = secondProcess(dataDir)
    expect(await other.line('open')).toBe(String(server.pid))
    await server.close()
    expect(await serverIn(dataDir)).toMatchObject({ pid: server.pid })
    other.tell('close')
    expect(await other.ended).toBe(0)
    expect(await serverIn(dataDir)).toBeUndefined()
  })

  it('outlives a killed process and is shared by the next', async () => {
    const dataDir = await newDataDir()
    const killed = secondProcess(dataDir)
    const pid = await killed.line('open')
    await killed.kill9()
    const next = await open(dataDir)
    expect(String(next.pid)).toBe(pid)
    await next.close()
    expect(await serverIn(dataDir)).toBeUndefined()
  })

  it('is one and the same for four processes that open at once, and none is left when they close', async () => {
    const dataDir = await newDataDir()
    const four = Array.from({ length: 4 }, () => secondProcess(dataDir))
    const pids = await Promise.all(four.map((each) => each.line('open')))
    expect(new Set(pids).size).toBe(1)
    for (const each of four) each.tell('close')
    expect(await Promise.all(four.map((each) => each.ended))).toEqual([0, 0, 0, 0])
    expect(await serverIn(dataDir)).toBeUndefined()
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
  })

  it('survives being opened and closed in any overlap', async () => {
    const dataDir = await newDataDir()
    await (await open(dataDir)).close()
    const rounds = Array.from({ length: 6 }, async (_, index) => {
      for (let round = 0; round < 3; round++) {
        const server = await openEmbedded(dataDir, quick)
        const database = createDatabase({ connection: server.url })
        expect((await database.query('select $1::int as n', [index])).rows).toEqual([{ n: index }])
        await database.close()
        await server.close()
      }
    })
    await Promise.all(rounds)
    expect(await serverIn(dataDir)).toBeUndefined()
  })
})

describe('after a crash', () => {
  it('of the server, an open process brings it back and its pool goes on', async () => {
    const dataDir = await newDataDir()
    const troubles: unknown[] = []
    const server = await open(dataDir, { onTrouble: (error) => troubles.push(error) })
    const database = connect(server)
    await database.query('create table kept as select 1 as n')
    const { url, pid } = server
    await killServer(pid, dataDir)
    await eventually(async () =>
      expect((await database.query('select n from kept')).rows).toEqual([{ n: 1 }]),
    )
    await eventually(() => server.pid !== pid)
    expect(server.url).toBe(url)
    expect(troubles.length).toBeGreaterThan(0)
  })

  it('of server and application, nothing committed is lost', async () => {
    const dataDir = await newDataDir()
    const first = await open(dataDir, { stopWhenLast: false })
    await connect(first).query('create table kept as select 1 as n')
    await first.close()
    await killServer(first.pid, dataDir)
    expect(await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).toContain(
      `${first.pid}`,
    )
    expect((await connect(await open(dataDir)).query('select n from kept')).rows).toEqual([{ n: 1 }])
  })

  it('a pid that now belongs to another process does not keep the server from starting', async () => {
    const dataDir = await newDataDir()
    const first = await open(dataDir, { stopWhenLast: false })
    await first.close()
    await killServer(first.pid, dataDir)
    const other = stranger()
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid')
    const lines = (await readFile(pidFile, 'utf8')).split('\n')
    await writeFile(pidFile, [String(other), ...lines.slice(1)].join('\n'))
    await writeFile(join(dataDir, 'postgres.lock'), `${other} 12345`)
    const second = await open(dataDir)
    expect((await connect(second).query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('with its data deleted under it, no empty database takes their place', async () => {
    const dataDir = await newDataDir()
    const troubles: unknown[] = []
    const server = await open(dataDir, { onTrouble: (error) => troubles.push(error) })
    await rm(join(dataDir, 'postgres'), { recursive: true })
    process.kill(server.pid, 'SIGKILL')
    await eventually(() =>
      expect(troubles).toContainEqual(expect.objectContaining({ code: 'data-dir-vanished' })),
    )
    expect(await readdir(dataDir)).not.toContain('postgres')
  })

  it('in the middle of initdb, it is begun anew', async () => {
    const dataDir = await newDataDir()
    const killed = secondProcess(dataDir)
    await eventually(async () => (await readdir(dataDir)).some((name) => name.startsWith('postgres.init-')))
    await killed.kill9()
    const server = await open(dataDir)
    expect((await connect(server).query('select 1 as one')).rows).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
  })
})

describe('the lock of a data directory', () => {
  it('refuses a second application, naming the first, until that is gone', async () => {
    const dataDir = await newDataDir()
    const first = secondProcess(dataDir, 'serve')
    await first.line('open')
    const second = secondProcess(dataDir, 'serve')
    const refused = await second.line('refused')
    expect(refused).toMatch(new RegExp(`^data-dir-in-use .*roviec serve, pid ${first.pid}\\b`))
    expect(await second.ended).toBe(1)
    await first.kill9()
    const third = await open(dataDir)
    await expect(third.lockDataDir('serve', () => undefined)).resolves.toBeUndefined()
  })

  it('is taken again when the server comes back', async () => {
    const dataDir = await newDataDir()
    const one = await open(dataDir)
    const lost: Error[] = []
    await one.lockDataDir('serve', (error) => lost.push(error))
    const { pid } = one
    await killServer(pid, dataDir)
    await eventually(() => one.pid !== pid)
    const two = await open(dataDir)
    await expect(two.lockDataDir('serve', () => undefined)).rejects.toMatchObject({ code: 'data-dir-in-use' })
    expect(lost).toEqual([])
  })

  it('has one holder when its connection is lost while another waits: the loser is told', async () => {
    const dataDir = await newDataDir()
    const one = await open(dataDir)
    const two = await open(dataDir)
    const lost: string[] = []
    await one.lockDataDir('serve', () => lost.push('one'))
    const second = two
      .lockDataDir('import', () => lost.push('two'))
      .then(
        () => 'two',
        () => 'one',
      )
    await connect(two).query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'roviec serve, %'`,
    )
    const holder = await second
    await eventually(() => expect(lost).toEqual(holder === 'two' ? ['one'] : []))
  })
})
