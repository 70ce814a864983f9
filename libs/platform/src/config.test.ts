import { describe, expect, it } from '@jest/globals'
import { readConfig } from './config.js'

const eventStore = 'esdb://app:secret@es1:2113,es2:2113?tls=true'
const key = Buffer.from(Array.from({ length: 32 }, (_none, index) => index)).toString('base64')
const database = 'postgresql://app@db:5432/roviec'

describe('the mode', () => {
  it.each([
    [{}, 'embedded'],
    [{ ROVIEC_DATABASE_URL: database, ROVIEC_MASTER_KEY: key }, 'postgres'],
    [
      { ROVIEC_DATABASE_URL: database, ROVIEC_EVENTSTORE_URL: eventStore, ROVIEC_MASTER_KEY: key },
      'eventstoredb',
    ],
    [
      {
        ROVIEC_DATABASE_URL: database,
        ROVIEC_EVENTSTORE_URL: 'esdb+discover://es.tinh.vn:2113',
        ROVIEC_MASTER_KEY: key,
      },
      'eventstoredb',
    ],
  ])('follows from the addresses: %j is %s', (env, mode) => {
    expect(readConfig(env).mode).toBe(mode)
  })

  it.each([
    [{ ROVIEC_EVENTSTORE_URL: eventStore }, 'ROVIEC_DATABASE_URL'],
    [
      { ROVIEC_EVENTSTORE_URL: 'http://app:secret@es1:2113', ROVIEC_DATABASE_URL: database },
      'ROVIEC_EVENTSTORE_URL',
    ],
  ])('names the variable that is wrong, and no password: %j', (env, variable) => {
    const refused = () => readConfig(env)
    expect(refused).toThrow(expect.objectContaining({ code: 'config-invalid', details: { variable } }))
    expect(refused).not.toThrow('secret')
  })
})
