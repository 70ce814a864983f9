import { describe, expect, it } from '@jest/globals'
import { realEventStoreDb } from './real-server.js'

describe('a real EventStoreDB for tests', () => {
  const url = 'esdb://127.0.0.1:2113?tls=false'
  const docker = (path: string) => path === '/var/run/docker.sock'
  const nothing = () => false

  it.each([
    [
      'is the one that was named, before any container',
      { ROVIEC_TEST_EVENTSTORE_URL: url },
      docker,
      { kind: 'named', url },
    ],
    ['is a container where Docker runs', {}, docker, { kind: 'containers' }],
    [
      'is a container where Docker runs elsewhere',
      { DOCKER_HOST: 'tcp://build:2375' },
      nothing,
      { kind: 'containers' },
    ],
    [
      'is none where nobody wants containers',
      { ROVIEC_TEST_CONTAINERS: 'false' },
      docker,
      { kind: 'none', why: expect.stringContaining('ROVIEC_TEST_EVENTSTORE_URL') },
    ],
    [
      'is none without either, and it says so',
      {},
      nothing,
      { kind: 'none', why: expect.stringContaining('ROVIEC_TEST_EVENTSTORE_URL') },
    ],
  ])('%s', (_, env, exists, expected) => {
    expect(realEventStoreDb(env, exists as never)).toEqual(expected)
  })
})
