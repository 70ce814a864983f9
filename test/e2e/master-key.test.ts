import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmod, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, run } from './cli.test-support.js'

/** One data directory from its first command on. */
let dataDir: string
let env: Record<string, string>
let key: string

beforeAll(async () => {
  // Below this name the global teardown clears away what a failing test leaves.
  dataDir = await mkdtemp(`${process.env['ROVIEC_TEST_DATA_DIR'] ?? join(tmpdir(), 'roviec')}-server-`)
  await chmod(dataDir, 0o755)
  env = { ROVIEC_DATA_DIR: dataDir, ROVIEC_DEMO: 'false' }
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const path = (): string => join(dataDir, 'master.key')
const fingerprint = /([0-9a-f]{4}-){3}[0-9a-f]{4}/

/** Whatever was printed, the key is not in it. */
function withoutKey(...texts: readonly string[]): void {
  const forms = [
    key,
    Buffer.from(key, 'base64').toString('hex'),
    Buffer.from(key, 'base64url').toString('base64url'),
  ]
  for (const text of texts) for (const form of forms) expect(text).not.toContain(form.slice(0, 16))
}

describe('the master key of an embedded installation', () => {
  it('is made by the first command, which says that it has to be backed up; by no later one', async () => {
    const first = await run(['doctor', '--json'], env)
    key = (await readFile(path(), 'utf8')).trim()
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect(first.err).toContain(path())
    expect(first.err).toContain('sao lưu')
    const shown = fingerprint.exec(first.err)![0]
    expect(JSON.parse(first.out).masterKey).toEqual({ fingerprint: shown, source: path() })
    const again = await run(['doctor'], env)
    expect(again.out).toContain(`dấu vân tay ${shown}`)
    expect(again.err).not.toContain('sao lưu')
    withoutKey(first.out, first.err, again.out, again.err)
  }, 120_000)

  it('is not replaced by another one, nor made anew when its file is gone', async () => {
    const { key: other } = (await json(['master-key'], {})) as { key: string }
    const wrong = await run(['doctor'], { ...env, ROVIEC_MASTER_KEY: other })
    expect([wrong.code, wrong.err.includes('[master-key-wrong]')]).toEqual([1, true])
    await rename(path(), `${path()}.away`)
    const lost = await run(['doctor'], env)
    expect([lost.code, lost.err.includes('[master-key-lost]')]).toEqual([1, true])
    await expect(stat(path())).rejects.toMatchObject({ code: 'ENOENT' })
    const named = await run(['doctor'], { ...env, ROVIEC_MASTER_KEY_FILE: `${path()}.away` })
    expect([named.code, named.out.includes('ROVIEC_MASTER_KEY_FILE')]).toEqual([0, true])
    withoutKey(wrong.err, lost.err, named.out, named.err)
  }, 120_000)
})

describe('an installation on a database of its own', () => {
  it('does not start without a master key, and says how to make one', async () => {
    const bare = { ROVIEC_DATABASE_URL: 'postgresql://127.0.0.1:1/x', ROVIEC_MASTER_KEY: '' }
    const { code, err } = await run(['serve'], bare)
    expect([code, err.includes('[config-invalid]'), err.includes('openssl rand -base64 32')]).toEqual([
      1,
      true,
      true,
    ])
    expect(err).toContain('ROVIEC_MASTER_KEY')
  })
})
