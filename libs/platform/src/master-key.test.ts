import { chmod, mkdtemp, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { readConfig } from './config.js'
import { embeddedMasterKeys, masterKeysOf } from './master-key.js'

const key = Buffer.from(Array.from({ length: 32 }, (_none, index) => index)).toString('base64')
const database = 'postgresql://app@db:5432/roviec'
const eventStore = 'esdb://es1:2113?tls=true'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'roviec-master-'))
})

describe('the master key by configuration', () => {
  it.each([
    [{ ROVIEC_DATABASE_URL: database }, 'ROVIEC_MASTER_KEY'],
    [{ ROVIEC_DATABASE_URL: database, ROVIEC_EVENTSTORE_URL: eventStore }, 'ROVIEC_MASTER_KEY'],
    [{ ROVIEC_DATABASE_URL: database, ROVIEC_MASTER_KEY: 'bí mật' }, 'ROVIEC_MASTER_KEY'],
    [{ ROVIEC_MASTER_KEY: `${key.slice(0, 40)}` }, 'ROVIEC_MASTER_KEY'],
    [{ ROVIEC_MASTER_KEY_FILE: '/nonexistent' }, 'ROVIEC_MASTER_KEY_FILE'],
    [{ ROVIEC_MASTER_KEY: key, ROVIEC_MASTER_KEY_FILE: '/nonexistent' }, 'ROVIEC_MASTER_KEY_FILE'],
  ])('is asked for by the name of the variable, with how to make one: %j', (env, variable) => {
    const refused = (): unknown => readConfig(env)
    expect(refused).toThrow(expect.objectContaining({ code: 'config-invalid', details: { variable } }))
    expect(refused).not.toThrow('bí mật')
    expect(refused).not.toThrow(key.slice(0, 8))
  })

  it('tells how to make one where it is missing', () => {
    expect(() => readConfig({ ROVIEC_DATABASE_URL: database })).toThrow('openssl rand -base64 32')
  })

  it('comes from the variable or from the file, and is the same', async () => {
    const file = join(directory, 'key')
    await writeFile(file, `${key}\n`)
    const [text, named] = [
      masterKeysOf({ ROVIEC_MASTER_KEY: key }),
      masterKeysOf({ ROVIEC_MASTER_KEY_FILE: file }),
    ]
    expect(named?.current).toBe(text?.current)
    expect([text?.source, named?.source]).toEqual(['ROVIEC_MASTER_KEY', 'ROVIEC_MASTER_KEY_FILE'])
    expect(masterKeysOf({ ROVIEC_MASTER_KEY: '' })).toBeNull()
    expect(JSON.stringify(readConfig({ ROVIEC_MASTER_KEY: key }))).not.toContain(key.slice(0, 8))
  })
})

describe('the master key of an embedded installation', () => {
  const unused = (): Promise<boolean> => Promise.resolve(false)
  const used = (): Promise<boolean> => Promise.resolve(true)

  it('is made at the first start, for its owner alone, and found at the next', async () => {
    const made = await embeddedMasterKeys(directory, unused)
    expect([made.isNew, made.path]).toEqual([true, join(directory, 'master.key')])
    expect((await stat(made.path)).mode & 0o777).toBe(0o600)
    const found = await embeddedMasterKeys(directory, used)
    expect([found.isNew, found.keys.current]).toEqual([false, made.keys.current])
  })

  it('is one for all processes that start at once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => embeddedMasterKeys(directory, unused)))
    expect(new Set(made.map(({ keys }) => keys.current)).size).toBe(1)
  })

  it('is never made anew where the data are sealed under one that is gone', async () => {
    const { path } = await embeddedMasterKeys(directory, unused)
    await unlink(path)
    const lost = { kind: 'fault', code: 'master-key-lost', details: { path } }
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(embeddedMasterKeys(directory, used)).rejects.toMatchObject(lost)
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is not guessed from a file that holds none', async () => {
    const { path } = await embeddedMasterKeys(directory, unused)
    await chmod(path, 0o600)
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 20))
    await expect(embeddedMasterKeys(directory, used)).rejects.toMatchObject({ code: 'master-key-lost' })
  })
})
