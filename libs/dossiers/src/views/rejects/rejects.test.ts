import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { line } from '../../evaluate/evaluate.test-support.js'
import { clerk, ingest, ingestOn, setVersion } from '../../ingest/ingest.test-support.js'
import { listRejected } from './rejects.queries.js'
import { rejectsProjection } from './rejects.projection.js'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  await database.query('CREATE SCHEMA build; CREATE SCHEMA view')
  await database.transaction(async (transaction) => {
    await transaction.query('SET LOCAL search_path = build')
    await transaction.query(rejectsProjection.create)
  })
  await database.query('CREATE VIEW view.dossier_rejects AS SELECT * FROM build.dossier_rejects')
})
afterAll(() => server.close())

describe('the list of rejected lines', () => {
  it('loses a line once the message itself is taken, not one of another dossier with its id', async () => {
    const store = new InMemoryEventStore()
    const parts = await ingestOn('2026-05-07T02:00:00.000Z', store)
    const waiting = ['H52-1', 'H52-2'].map((dossier) =>
      line('1', 'Accepted', '2026-04-15', { dossier, procedure: 'TT-30' }),
    )
    await ingest(parts, waiting)
    await ingest(parts, [line('1', 'Accepted', '2026-04-16', { dossier: 'H52-3' })])
    await setVersion(parts, { code: 'TT-30', time: 20, unit: 'working-day' })
    await ingest(parts, waiting.slice(0, 1))
    const events: RecordedEvent[] = []
    for await (const page of store.readAll({ types: rejectsProjection.events })) events.push(...page)
    await database.transaction(async (transaction) => {
      await transaction.query('SET LOCAL search_path = build')
      await rejectsProjection.apply(transaction, events)
    })
    const asking = { actor: clerk, database, store, now: '2026-05-07T02:00:00.000Z' }
    const { items } = await listRejected.answer({ ...asking, params: {} })
    expect(items.map(({ dossier, code }) => [dossier, code])).toEqual([['H52-2', 'procedure-unknown']])
  })
})
