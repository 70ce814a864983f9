import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { EventStoreDbEventStore } from '#event-store'
import { caCertificate, standInEventStoreDb, testMasterKey, userCertificate, userKey } from '#testing'
import { readConfig } from './config.js'
import { withEventStoreAccount } from './event-store-account.js'

const address = 'esdb://es1:2113,es2:2113?tls=true'

describe('the account of the event store', () => {
  let file: string
  let empty: string
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'roviec-password-'))
    file = join(directory, 'password')
    empty = join(directory, 'empty')
    await writeFile(file, 'mật khẩu @:/?#%\n')
    await writeFile(empty, '\n')
  })

  it('comes from the environment, encoded', () => {
    const env = { ROVIEC_EVENTSTORE_USER: 'rõ@việc', ROVIEC_EVENTSTORE_PASSWORD: 'a:b@c/d?' }
    expect(withEventStoreAccount(address, env)).toBe(
      `esdb://${encodeURIComponent('rõ@việc')}:${encodeURIComponent('a:b@c/d?')}@es1:2113,es2:2113?tls=true`,
    )
  })

  it('takes the password from a file', () => {
    const env = { ROVIEC_EVENTSTORE_USER: 'app', ROVIEC_EVENTSTORE_PASSWORD_FILE: file }
    expect(withEventStoreAccount(address, env)).toContain(`app:${encodeURIComponent('mật khẩu @:/?#%')}@es1`)
  })

  it('names the files of the CA and of a user certificate', () => {
    const env = {
      ROVIEC_EVENTSTORE_CA_FILE: '/run/ca & b.crt',
      ROVIEC_EVENTSTORE_USER_CERT_FILE: '/run/user.crt',
      ROVIEC_EVENTSTORE_USER_KEY_FILE: '/run/user.key',
    }
    expect(withEventStoreAccount('esdb+discover://es.tinh.vn', env)).toBe(
      'esdb+discover://es.tinh.vn?tlsCAFile=%2Frun%2Fca%20%26%20b.crt&userCertFile=%2Frun%2Fuser.crt&userKeyFile=%2Frun%2Fuser.key',
    )
  })

  it('is the user certificate that a server asks for, read from the files named', async () => {
    const server = await standInEventStoreDb({ tls: true, userCertificates: true })
    const directory = await mkdtemp(join(tmpdir(), 'roviec-user-'))
    const files = { CA_FILE: caCertificate, USER_CERT_FILE: userCertificate, USER_KEY_FILE: userKey }
    const env: Record<string, string> = {
      ROVIEC_DATABASE_URL: 'postgresql://db/roviec',
      ROVIEC_MASTER_KEY: testMasterKey,
      ROVIEC_EVENTSTORE_URL: server.url,
    }
    for (const [name, text] of Object.entries(files)) {
      env[`ROVIEC_EVENTSTORE_${name}`] = join(directory, name)
      await writeFile(join(directory, name), text)
    }
    const config = readConfig(env)
    const store = await EventStoreDbEventStore.open({ url: config.eventStoreUrl! })
    expect(await store.head()).toBe(0n)
    await store.close()
    server.stop()
  })

  it('stands back behind what the address says itself, and leaves other addresses alone', () => {
    const env = {
      ROVIEC_EVENTSTORE_USER: 'app',
      ROVIEC_EVENTSTORE_PASSWORD: 'p',
      ROVIEC_EVENTSTORE_CA_FILE: '/run/ca.crt',
    }
    const whole = 'esdb://me:mine@es1:2113?tls=true&tlscafile=/mine.crt'
    expect(withEventStoreAccount(whole, env)).toBe('esdb://me:mine@es1:2113?tls=true&tlscafile=%2Fmine.crt')
    for (const other of ['postgresql://app@db/roviec', 'embedded:/var/lib/roviec'])
      expect(withEventStoreAccount(other, env)).toBe(other)
  })

  it.each([
    [{ USER: 'app' }, 'PASSWORD'],
    [{ PASSWORD: 'secret' }, 'USER'],
    [{ USER_CERT_FILE: '/c' }, 'USER_KEY_FILE'],
    [{ USER: 'app', PASSWORD_FILE: '/nonexistent' }, 'PASSWORD_FILE'],
    [{ USER: 'app', PASSWORD_FILE: 'empty' }, 'PASSWORD_FILE'],
    [{ USER: 'app', PASSWORD: 'secret', PASSWORD_FILE: 'file' }, 'PASSWORD_FILE'],
  ])('is refused by the name of the variable alone: %j', (set, variable) => {
    const paths: Record<string, string> = { empty, file }
    const env = Object.fromEntries(
      Object.entries(set).map(([name, value]) => [`ROVIEC_EVENTSTORE_${name}`, paths[value] ?? value]),
    )
    const refused = () =>
      readConfig({ ...env, ROVIEC_DATABASE_URL: 'postgresql://db/roviec', ROVIEC_EVENTSTORE_URL: address })
    expect(refused).toThrow(
      expect.objectContaining({ details: { variable: `ROVIEC_EVENTSTORE_${variable}` } }),
    )
    expect(refused).not.toThrow('secret')
  })
})
