import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '#testing'
import { eventStoreContract } from '../contract/event-store.contract.js'
import { PostgresEventStore } from './postgres-event-store.js'

eventStoreContract('PostgresEventStore', async () => {
  const database = await testDatabase()
  const store = await PostgresEventStore.open({ connection: database.url })
  return { store, release: () => database.close() }
})

describe('PostgresEventStore', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.close())

  it('creates its log once, however many open it together', async () => {
    const stores = await Promise.all(
      Array.from({ length: 5 }, () => PostgresEventStore.open({ connection: database.url })),
    )
    for (const store of stores) expect(await store.head()).toBe(0n)
    await Promise.all(stores.map((store) => store.close()))
  })
})
