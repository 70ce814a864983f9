import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { newId, type JsonValue } from '#kernel'
import { testDatabase, virtualClock, type TestDatabase } from '#testing'
import { testSealing } from '#testing/workflow'
import { actorWorkflow } from '../domain/actor.workflow.js'
import { formatApiKey, hashSecret, newSecret } from './api-key.js'
import { credentialMigration, insertCredential } from './credential.sql.js'
import { Credentials } from './credentials.js'

const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: [] }
const rememberedMs = 5_000

describe('Credentials', () => {
  let server: TestDatabase
  let database: Database
  let store: EventStore
  let commands: CommandHandler
  let credentials: Credentials
  const clock = virtualClock('2025-03-14T01:00:00Z')

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrate(database, 'identity', [credentialMigration])
  })
  afterAll(() => server.close())

  const sealing = testSealing()
  beforeEach(async () => {
    await database.query('truncate roviec.api_credential')
    store = new InMemoryEventStore({ clock })
    commands = new CommandHandler({ store, clock, workflows: [actorWorkflow], sealing })
    credentials = new Credentials(database, commands, clock)
    await send('Register', { title: 'Công chức', agency: 'so-y-te', roles: ['lead-officer'], scope: 'own' })
  })

  const send = async (transition: string, data: JsonValue): Promise<unknown> =>
    commands.handleOrThrow({
      id: newId(),
      workflow: 'actor',
      aggregate: 'a1',
      transition,
      data,
      actor: operator,
    })
  const refused = { kind: 'unauthenticated', code: 'unauthenticated' }

  it('knows the actor by the key, as the actor stands', async () => {
    const key = await credentials.issue('a1', operator)
    expect(await credentials.authenticate(key)).toEqual({
      id: 'a1',
      agency: 'so-y-te',
      roles: ['lead-officer'],
      scope: ['so-y-te'],
    })
  })

  it('keeps no secret: neither the table nor the log can give it back', async () => {
    const key = await credentials.issue('a1', operator)
    const secret = key.slice(key.lastIndexOf('_') + 1)
    const { rows } = await database.query<{ row: string }>(
      'select c::text as row from roviec.api_credential c',
    )
    const log = (await store.readStream('actor-a1')).map(
      ({ dataText, metadataText }) => dataText + metadataText,
    )
    expect(rows).toHaveLength(1)
    expect([...rows.map(({ row }) => row), ...log].filter((text) => text.includes(secret))).toEqual([])
  })

  it('says the same of every key that does not hold', async () => {
    const key = await credentials.issue('a1', operator)
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
    const unknown = key.replace(/^rv_[^_]+/, `rv_${newId()}`)
    for (const text of ['', 'rv_', key.slice(0, -1), `${key}A`, wrong, unknown, "rv_' or 1=1"])
      await expect(credentials.authenticate(text)).rejects.toMatchObject(refused)
  })

  it.each([
    ['revoked', (keyId: string) => send('RevokeKey', { keyId, reason: 'Mất máy' })],
    ['of a disabled actor', () => send('Disable', { reason: 'Nghỉ hưu' })],
  ])('lets go of a key that is %s, within five seconds', async (_what, end) => {
    const key = await credentials.issue('a1', operator)
    await credentials.authenticate(key)
    await end(key.split('_')[1]!)
    // Another process learns it at once, this one when it no longer relies on what it remembers.
    const another = new Credentials(
      database,
      new CommandHandler({ store, clock, workflows: [actorWorkflow], sealing }),
      clock,
    )
    await expect(another.authenticate(key)).rejects.toMatchObject(refused)
    clock.advance(rememberedMs)
    await expect(credentials.authenticate(key)).rejects.toMatchObject(refused)
  })

  it('gives no use to a key whose issue was cut short between hash and event', async () => {
    // What a crash leaves: the hash is there, the event is not.
    const [keyId, secret] = [newId(), newSecret()]
    await database.query(insertCredential, [keyId, 'a1', hashSecret(secret)])
    await expect(credentials.authenticate(formatApiKey({ keyId, secret }))).rejects.toMatchObject(refused)
  })

  it('is issued by an operator only, to an actor there is', async () => {
    const officer: Actor = { ...operator, id: 'a1', roles: ['lead-officer'] }
    await expect(credentials.issue('a1', officer)).rejects.toMatchObject({ code: 'not-permitted' })
    await expect(credentials.issue('nobody', operator)).rejects.toMatchObject({
      code: 'transition-not-allowed',
    })
  })
})
