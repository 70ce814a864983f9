import { EventStoreDBClient } from '@eventstore/db-client'
import { describe, expect, it } from '@jest/globals'
import { createDatabase } from '#database'
import { emptyEventStoreDb } from '#testing'
import { startApi } from '../e2e/api.test-support.js'
import { marker, open, play, settled } from '../e2e/personal-texts.test-support.js'
import { formsOf, tablesWith } from '../e2e/search-database.test-support.js'

const eventStoreDb = emptyEventStoreDb()

describe(`personal texts over EventStoreDB, ${eventStoreDb.what}`, () => {
  it('stand in no event and in no table', async () => {
    const server = await eventStoreDb.start()
    const api = await startApi({ ROVIEC_EVENTSTORE_URL: server.url })
    const database = createDatabase({ connection: api.databaseUrl })
    try {
      const sent = await play(api)
      await settled(api, sent)
      const log = await wholeLog(server.url)
      const holds = (form: string): boolean => log.some((event) => event.includes(form))
      expect([open, ...formsOf(marker)].filter(holds)).toEqual([open])
      expect(await tablesWith(database, marker)).toEqual([])
    } finally {
      await database.close()
      await api.close()
      await server.stop()
    }
  }, 120_000)
})

/** Every event as text, as the server has it and not as the adapter gives it. */
async function wholeLog(url: string): Promise<readonly string[]> {
  const client = EventStoreDBClient.connectionString(url)
  const events: string[] = []
  for await (const { event } of client.readAll()) if (event) events.push(JSON.stringify(event, withBigInts))
  await client.dispose()
  return events
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
