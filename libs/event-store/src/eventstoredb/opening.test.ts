import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { newId } from '#kernel'
import {
  caCertificate,
  nodeCertificate,
  nodeKey,
  standInEventStoreDb,
  userCertificate,
  userKey,
  type StandInEventStoreDb,
} from '#testing'
import { refusal, someEvents } from '../contract/harness.js'
import { EventStoreUnavailable } from '../port/errors.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

const opening = (url: string) => refusal(EventStoreDbEventStore.open({ url }))

/** gRPC's numbers. */
const permissionDenied = 7
const notFound = 5
const unimplemented = 12
const unauthenticated = 16

describe('opening EventStoreDB', () => {
  let server: StandInEventStoreDb
  beforeAll(async () => {
    server = await standInEventStoreDb()
  })
  afterAll(() => server.stop())
  afterEach(() => server.failWith(null))

  it('says where nobody is, without the account', async () => {
    const error = await opening('esdb://app:secret@127.0.0.1:1?tls=false')
    expect(error).toBeInstanceOf(EventStoreUnavailable)
    expect(error).toMatchObject({ details: { at: '127.0.0.1:1' } })
    expect(error.message).toContain('(127.0.0.1:1)')
  })

  it('says where something else answers', async () => {
    const other = createServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await opening(`esdb://127.0.0.1:${port}?tls=false`)).toMatchObject({
      code: 'event-store-unavailable',
      details: { at: `127.0.0.1:${port}` },
    })
    other.close()
  })

  it('says which versions will do', async () => {
    const old = await standInEventStoreDb({ version: '21.10.2' })
    expect(await opening(old.url)).toMatchObject({
      code: 'event-store-version-unsupported',
      details: { version: '21.10.2' },
    })
    old.stop()
  })

  it.each([
    ['event-store-version-unsupported', [unimplemented, 'Service is unimplemented.']],
    ['event-store-unauthenticated', [unauthenticated, 'Unauthenticated']],
    ['event-store-access-denied', [permissionDenied, 'Access Denied', 'access-denied']],
  ] as const)('says what to change: %s', async (code, failure) => {
    server.failWith([...failure])
    expect(await opening(server.url)).toMatchObject({ code, kind: 'fault' })
  })

  it('finds the leader that a follower names', async () => {
    const follower = await standInEventStoreDb()
    follower.failWith([
      notFound,
      'Leader info available',
      'not-leader',
      { 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(server.port) },
    ])
    const store = await EventStoreDbEventStore.open({ url: follower.url })
    const stream = `thing-${newId()}`
    await store.append(stream, someEvents(1), 'no-stream')
    expect(server.log.stream(stream)).toHaveLength(1)
    await store.close()
    follower.stop()
  })

  it('names the leader that a follower names and that cannot be reached', async () => {
    const follower = await standInEventStoreDb()
    const leader = { 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': '1' }
    follower.failWith([notFound, 'Leader info available', 'not-leader', leader])
    const error = await opening(follower.url)
    expect(error).toBeInstanceOf(EventStoreUnavailable)
    expect(error).toMatchObject({ code: 'event-store-leader-unreachable', details: { at: '127.0.0.1:1' } })
    expect(error.message).not.toContain(String(follower.port))
    follower.stop()
  })

  it('says that nothing was written where a node that does not lead refused it', async () => {
    const follower = await standInEventStoreDb()
    const store = await EventStoreDbEventStore.open({ url: follower.url })
    const endpoint = { 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(server.port) }
    follower.failWith([notFound, 'Leader info available', 'not-leader', endpoint])
    const stream = `thing-${newId()}`
    await expect(store.append(stream, someEvents(1), 'no-stream')).rejects.toBeInstanceOf(
      EventStoreUnavailable,
    )
    await store.append(stream, someEvents(1), 'no-stream')
    expect(server.log.stream(stream)).toHaveLength(1)
    await store.close()
    follower.stop()
  })
})

describe('opening EventStoreDB over TLS', () => {
  let server: StandInEventStoreDb
  let caFile: string
  let otherFile: string
  let directory: string
  beforeAll(async () => {
    server = await standInEventStoreDb({ tls: true })
    directory = await mkdtemp(join(tmpdir(), 'roviec-ca-'))
    caFile = join(directory, 'ca.crt')
    otherFile = join(directory, 'other.crt')
    await writeFile(caFile, caCertificate)
    await writeFile(otherFile, 'no certificate')
  })
  afterAll(async () => {
    server.stop()
    await rm(directory, { recursive: true })
  })

  it('trusts the CA it was given', async () => {
    const store = await EventStoreDbEventStore.open({ url: `${server.url}&tlsCAFile=${caFile}` })
    expect(await store.head()).toBe(0n)
    await store.close()
  })

  it('trusts no other, and no other name', async () => {
    for (const url of [server.url, `${server.url.replace('127.0.0.1', 'localhost')}&tlsCAFile=${caFile}`])
      expect(await opening(url)).toMatchObject({ code: 'event-store-certificate-untrusted' })
  })

  it('says that one side speaks TLS and the other does not, both ways', async () => {
    const plain = await standInEventStoreDb()
    for (const url of [
      plain.url.replace('tls=false', 'tls=true'),
      server.url.replace('tls=true', 'tls=false'),
    ])
      expect(await opening(url)).toMatchObject({ code: 'event-store-tls-mismatch' })
    plain.stop()
  })

  it.each(['tlsCAFile', 'userCertFile'])('names a file that cannot be read: %s', async (option) => {
    expect(await opening(`${server.url}&${option}=/nonexistent/one.crt`)).toMatchObject({
      code: 'event-store-file-unreadable',
      details: { option, path: '/nonexistent/one.crt' },
    })
  })

  it('names a file that holds no certificate', async () => {
    expect(await opening(`${server.url}&tlsCAFile=${otherFile}`)).toMatchObject({
      code: 'event-store-certificate-untrusted',
    })
  })
})

describe('opening EventStoreDB where a user certificate is asked for', () => {
  const content = {
    ca: caCertificate,
    user: userCertificate,
    key: userKey,
    // Of another CA than the one the server asks its clients for.
    stranger: nodeCertificate,
    strangerKey: nodeKey,
    junk: 'no certificate',
  }
  let server: StandInEventStoreDb
  let directory: string
  beforeAll(async () => {
    server = await standInEventStoreDb({ tls: true, userCertificates: true })
    directory = await mkdtemp(join(tmpdir(), 'roviec-user-'))
    for (const [name, text] of Object.entries(content)) await writeFile(join(directory, name), text)
  })
  afterAll(() => server.stop())

  const shown = (certificate: string, key: string): string =>
    `${server.url}&tlsCAFile=${directory}/ca&userCertFile=${directory}/${certificate}&userKeyFile=${directory}/${key}`

  it('appends and reads with the one that the server trusts', async () => {
    const store = await EventStoreDbEventStore.open({ url: shown('user', 'key') })
    const stream = `thing-${newId()}`
    await store.append(stream, someEvents(1), 'no-stream')
    expect(await store.readStream(stream)).toHaveLength(1)
    await store.close()
  })

  it('names both variables to whoever shows none, or one that the server does not trust', async () => {
    for (const url of [`${server.url}&tlsCAFile=${directory}/ca`, shown('stranger', 'strangerKey')]) {
      const error = await opening(url)
      expect(error).toMatchObject({ code: 'event-store-user-certificate-refused', kind: 'fault' })
      expect(error.message).toContain('ROVIEC_EVENTSTORE_USER_CERT_FILE')
      expect(error.message).toContain('_USER_KEY_FILE')
    }
  })

  it.each([
    ['of another pair', 'user', 'strangerKey'],
    ['that is none', 'user', 'junk'],
    ['beside a certificate that is none', 'junk', 'key'],
  ])('names the two files before it asks anybody: a key %s', async (_, certificate, key) => {
    expect(await opening(shown(certificate, key))).toMatchObject({
      code: 'event-store-user-certificate-invalid',
      kind: 'invalid',
      details: { certificate: join(directory, certificate), key: join(directory, key) },
    })
  })

  it('says which of the two is missing', async () => {
    const error = await opening(`${server.url}&userCertFile=${directory}/user`)
    expect(error).toMatchObject({
      code: 'event-store-user-certificate-invalid',
      details: { certificate: join(directory, 'user'), key: undefined },
    })
    expect(error.message).toContain('(missing)')
  })

  it('still says that nobody is there, whatever it would show', async () => {
    const nobody = shown('user', 'key').replace(String(server.port), '1')
    expect(await opening(nobody)).toBeInstanceOf(EventStoreUnavailable)
  })
})

describe('the password of an address', () => {
  const secret = 'hunter2secret'
  const printed: unknown[] = []
  const consoles = (['log', 'warn', 'error', 'debug'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...words) => void printed.push(...words)),
  )
  afterAll(() => consoles.forEach((spy) => spy.mockRestore()))

  it.each([
    '127.0.0.1:1?tls=false',
    '127.0.0.1:1?tls=true',
    '127.0.0.1:1,127.0.0.1:2?tls=true&maxDiscoverAttempts=1',
    '127.0.0.1:port',
    '127.0.0.1:1?tls=perhaps',
    '127.0.0.1:1?colour=red',
    '127.0.0.1:1?tlsVerifyCert=false',
    '127.0.0.1:1?tls',
    '',
  ])('is in no error and on no console: %s', async (rest) => {
    const error = await opening(`esdb://app:${secret}@${rest}`)
    const told = [JSON.stringify(error), error.message, String(error.cause), error.stack, String(printed)]
    for (const text of told) expect(text).not.toContain(secret)
    expect(error).toMatchObject({ code: expect.stringMatching(/^event-store-/u) })
  })
})
