import { beforeAll, describe, it, expect } from '@jest/globals'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newDataDir, open, quick } from './embedded-harness.test-support.js'
import { openEmbedded } from './embedded-postgres.js'

describe('embedded PostgreSQL refuses, saying what to do', () => {
  let cluster: string

  beforeAll(async () => {
    cluster = await newDataDir()
    await (await openEmbedded(cluster, quick)).close()
  })

  it('a directory that cannot be one', async () => {
    const dataDir = await newDataDir()
    await writeFile(join(dataDir, 'file'), '')
    await expect(openEmbedded(join(dataDir, 'file', 'data'))).rejects.toMatchObject({
      code: 'data-dir-not-writable',
    })
  })

  it('a directory with a cluster that is not ours', async () => {
    const dataDir = await newDataDir()
    await mkdir(join(dataDir, 'postgres'))
    await writeFile(join(dataDir, 'postgres', 'notes.txt'), '')
    await expect(openEmbedded(dataDir, quick)).rejects.toMatchObject({ code: 'data-dir-not-of-roviec' })
    expect((await readdir(dataDir)).sort()).toEqual(['postgres'])
  })

  it('the data of another major version', async () => {
    const dataDir = await newDataDir()
    await cp(join(cluster, 'postgres', 'data', 'PG_VERSION'), join(dataDir, 'postgres', 'data', 'PG_VERSION'))
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '17\n')
    await expect(openEmbedded(dataDir)).rejects.toMatchObject({
      code: 'data-dir-of-other-postgres-version',
      details: { found: '17', supported: '18' },
    })
  })

  it('settings the server does not take, with its own words', async () => {
    await expect(openEmbedded(cluster, { settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'postgres-did-not-start',
      message: expect.stringContaining('shared_buffers'),
    })
  })

  it('a server that does not answer', async () => {
    const server = await open(cluster, { stopWhenLast: false })
    await server.close()
    process.kill(server.pid, 'SIGSTOP')
    try {
      await expect(openEmbedded(cluster, { answerWithinMs: 200 })).rejects.toMatchObject({
        code: 'postgres-does-not-answer',
        details: { pid: server.pid },
      })
    } finally {
      process.kill(server.pid, 'SIGCONT')
    }
    await (await open(cluster)).close()
    await rm(cluster, { recursive: true })
  })
})
