import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PostgresEventStore, type CopiedLog, type NewEvent } from '#event-store'
import { emptyEventStoreDb, testDatabase, testProcess, type TestDatabase } from '#testing'
import { patientLine } from './patient-line.test-support.js'

const script = new URL('./copy.fixture.ts', import.meta.url)
const eventStoreDb = emptyEventStoreDb()
const events = 2_000
const kills = Array.from({ length: 2 }, () => randomInt(1, 600))

describe(`a copy of a log to and from EventStoreDB, ${eventStoreDb.what}, that is killed after some ${kills.join(' and ')} events`, () => {
  let source: TestDatabase
  let back: TestDatabase
  let server: Awaited<ReturnType<typeof eventStoreDb.start>>
  beforeAll(async () => {
    source = await testDatabase()
    back = await testDatabase()
    server = await eventStoreDb.start()
    const store = await PostgresEventStore.open({ connection: source.url })
    await Promise.all(
      Array.from({ length: events / 2 }, (_, n) =>
        store.append(`thing-${n % 37}`, [event(), event()], 'any'),
      ),
    )
    await store.close()
  })
  afterAll(async () => {
    await Promise.all([source.close(), back.close()])
    await server.stop()
  })

  it.each([
    ['PostgreSQL to EventStoreDB', () => [source.url, server.url]],
    ['EventStoreDB to PostgreSQL', () => [server.url, back.url]],
  ] as const)(
    'goes on from %s when it is run again, with nothing lost or double',
    async (_, addresses) => {
      for (const kill of kills) {
        const copying = testProcess(script, addresses())
        while (Number(await patientLine(copying, 'copied')) < kill);
        await copying.kill9()
      }
      const last = testProcess(script, addresses())
      const copied = JSON.parse(await patientLine(last, 'done')) as CopiedLog
      expect(await last.ended).toBe(0)
      expect(copied).toMatchObject({ events, difference: null, sourceGrew: false })
      expect(copied.written).toBeLessThan(events)
      expect(copied.targetDigest).toBe(copied.sourceDigest)
    },
    60_000,
  )
})

function event(): NewEvent {
  return { id: crypto.randomUUID(), type: 'thing.Noted', data: { text: 'Nhiệm vụ' }, metadata: {} }
}
