import { describe, expect, it } from '@jest/globals'
import { emptiedServer, emptyEventStoreDb } from './empty-server.js'

describe('an EventStoreDB with nothing in its log', () => {
  const url = 'esdb://127.0.0.1:2113?tls=false'
  const named = { ROVIEC_TEST_EVENTSTORE_URL: url, ROVIEC_TEST_EVENTSTORE_EMPTY: 'true' }

  it('is the named server, once the command has emptied it', async () => {
    expect(emptyEventStoreDb(named).what).toBe('a real server')
    expect(await emptyEventStoreDb(named).start()).toMatchObject({ url })
    await expect(emptiedServer({ ...named, ROVIEC_TEST_EVENTSTORE_EMPTY: 'false' })!()).rejects.toThrow(
      'false',
    )
  })

  it('is the stand-in where the named server cannot be emptied, and it says so', async () => {
    const stood = emptyEventStoreDb({ ROVIEC_TEST_EVENTSTORE_URL: url })
    expect(stood.what).toContain('ROVIEC_TEST_EVENTSTORE_EMPTY')
    const server = await stood.start()
    expect(server.url).not.toBe(url)
    await server.stop()
    expect(emptiedServer({ ROVIEC_TEST_EVENTSTORE_URL: url })).toBeUndefined()
  })

  it('is no server that other test files empty at the same time', async () => {
    await expect(emptiedServer({ ...named, JEST_WORKER_ID: '2' })!()).rejects.toThrow('--runInBand')
  })
})
