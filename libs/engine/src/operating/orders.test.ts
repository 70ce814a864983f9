import { describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { newId } from '#kernel'
import { eventually, testDatabase } from '#testing'
import { effectOf, engineMigrations, listProgress, reached } from '#engine'
import { appendAmounts, foldTally, gate, readTally, tally } from '../projecting/tally.fixture.js'
import { openOperated, operator, type Operated } from './operated.fixture.js'
import { forEachTest } from './rebuilding.test-support.js'

describe('what an operator orders', () => {
  let database: Database
  let operated: Operated
  forEachTest((on) => ({ database, operated } = on))

  const settled = async (): Promise<void> => {
    await reached(database, tally(), await operated.store.head(), 20_000)
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
  }
  const builds = async (): Promise<number[]> => (await listProgress(database)).map(({ build }) => build)

  it('stands in the log with actor and reason', async () => {
    operated.worker([tally()])
    await settled()
    await operated.order('tally', 'Pause', { reason: 'bảo trì' })
    const [event] = await operated.store.readStream('projection-tally')
    expect(event).toMatchObject({
      type: 'projection.Paused',
      data: { reason: 'bảo trì' },
      metadata: { actor: 'van-hanh' },
    })
  })

  it('is not for everyone to order', async () => {
    const stranger = { id: 'x', agency: null, roles: ['clerk'], scope: 'all' as const }
    for (const [transition, data] of [
      ['Replay', { stream: 's', reason: 'r' }],
      ['Discard', { stream: 's', first: '1', last: '2', reason: 'r' }],
    ] as const) {
      const command = { id: crypto.randomUUID(), workflow: 'projection', aggregate: 'journal', transition }
      const sent = await operated.commands.handle({ ...command, data, actor: stranger })
      expect(sent).toMatchObject({ status: 'refused', refusal: { code: 'not-permitted' } })
      await expect(
        operated.commands.handle({ ...command, data: { ...data, reason: '' }, actor: stranger }),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  it('has its effect once, however many workers read it', async () => {
    await appendAmounts(operated.store, 10)
    for (let worker = 0; worker < 4; worker++) operated.worker([tally()])
    await settled()
    expect(await operated.order('tally', 'Rebuild', { version: 1 })).toMatchObject({ state: 'done' })
    expect(await builds()).toEqual([1, 2])
    expect(await operated.order('tally', 'Rebuild', { version: 1 })).toMatchObject({
      state: 'failed',
      outcome: { code: 'rebuild-under-way' },
    })
    expect(await builds()).toEqual([1, 2])
    expect(operated.failures).toEqual([])
  })

  it('is not lost while no worker runs, and not done again by one that comes later', async () => {
    await appendAmounts(operated.store, 10)
    const before = operated.worker([tally()])
    await settled()
    await before.stop()
    expect(await operated.order('tally', 'Rebuild', { version: 1 }, 0)).toBeUndefined()
    expect(await operated.order('tally', 'Promote', { version: 1 }, 0)).toBeUndefined()
    const after = operated.worker([tally()])
    await eventually(async () => expect(await builds()).toEqual([2]))
    await after.stop()
    // Nor when the place is lost up to which orders were taken over.
    await database.query('UPDATE roviec.operating SET position = 0')
    operated.worker([tally()])
    expect(await operated.order('tally', 'Pause')).toMatchObject({ state: 'done' })
    expect(await builds()).toEqual([2])
    await operated.order('tally', 'Resume')
    await settled()
    expect(await builds()).toEqual([2])
  })

  it('is taken over as a whole or not at all when its worker fails in the middle', async () => {
    await appendAmounts(operated.store, 10)
    operated.worker([tally()])
    await settled()
    // A table that cannot be locked: dropping the retired build fails, and with it the whole order.
    await operated.order('tally', 'Rebuild', { version: 1 })
    await operated.order('tally', 'Promote', { version: 1 })
    await database.transaction(async (reader) => {
      await reader.query('SELECT FROM build_tally_1.tally')
      expect(await operated.order('tally', 'Rebuild', { version: 1 }, 300)).toBeUndefined()
      expect(await builds()).toEqual([2])
    })
    await eventually(async () => expect(await builds()).toEqual([2, 3]))
  })

  it('pauses a view in the middle of a page, keeps it so over restarts, and lets it go on', async () => {
    await appendAmounts(operated.store, 40)
    const held = gate()
    const slow = tally(1, {
      async apply(transaction, events) {
        await held.pass()
        await tally().apply(transaction, events)
      },
    })
    const worker = operated.worker([slow])
    await held.entered
    expect(await operated.order('tally', 'Pause')).toMatchObject({ state: 'done', outcome: { builds: 1 } })
    held.open()
    await worker.stop()
    operated.worker([tally()])
    await eventually(async () =>
      expect(await listProgress(database)).toMatchObject([{ state: 'paused', led: false, position: 0n }]),
    )
    const again = { id: newId(), workflow: 'projection', aggregate: 'tally', transition: 'Pause' }
    const sent = await operated.commands.handle({ ...again, data: { reason: 'r' }, actor: operator })
    expect(sent).toMatchObject({ status: 'refused', refusal: { code: 'transition-not-allowed' } })
    expect(await operated.order('tally', 'Resume')).toMatchObject({ state: 'done' })
    await settled()
    expect(operated.failures).toEqual([])
  })

  it('of the past is not repeated where the views are made anew from an old log', async () => {
    await appendAmounts(operated.store, 10)
    const worker = operated.worker([tally()])
    await settled()
    await operated.order('tally', 'Rebuild', { version: 1 })
    await operated.order('tally', 'Promote', { version: 1 })
    await operated.order('tally', 'Rollback')
    await worker.stop()
    await database.query('DROP SCHEMA roviec, view CASCADE')
    await migrate(database, 'engine', engineMigrations)
    operated.worker([tally()])
    await settled()
    const all = await operated.store.readStream('projection-tally')
    for (const { id } of all) {
      const effects = await effectOf(database, id, 20_000)
      expect(effects.map(({ state }) => state)).not.toContain('pending')
    }
    expect(await builds()).toEqual([1])
  })

  it('that makes no sense is answered, not dropped', async () => {
    operated.worker([tally()])
    await settled()
    expect(await operated.order('tally', 'Promote', { version: 1 })).toMatchObject({
      state: 'failed',
      outcome: { code: 'nothing-to-promote' },
    })
    expect(await operated.order('tally', 'Rollback')).toMatchObject({
      state: 'failed',
      outcome: { code: 'nothing-to-roll-back-to' },
    })
    expect(await operated.order('tally', 'Replay', { stream: 'counter-1' })).toMatchObject({
      state: 'failed',
      outcome: { code: 'nothing-parked' },
    })
    await expect(
      operated.order('tally', 'Discard', { stream: 'counter-1', first: '3', last: '2' }),
    ).rejects.toMatchObject({ code: 'revisions-reversed' })
    expect(await operated.order('nowhere', 'Rebuild', { version: 1 })).toMatchObject({
      state: 'failed',
      outcome: { code: 'projection-unknown' },
    })
  })
})

describe('a data directory from before there were builds', () => {
  it('loses its derived tables and fills them again from the log', async () => {
    const server = await testDatabase()
    const database = server.connect()
    await migrate(database, 'engine', engineMigrations.slice(0, 1))
    await database.query(`CREATE TABLE view.tally_v1 (stream text)`)
    await database.query(
      `INSERT INTO roviec.projection (name, version, position, state) VALUES ('tally', 1, 999, 'active')`,
    )
    const operated = await openOperated(database, server.url)
    await appendAmounts(operated.store, 10)
    operated.worker([tally()])
    await reached(database, tally(), await operated.store.head(), 20_000)
    expect(await readTally(database)).toEqual(await foldTally(operated.store))
    const left = await database.query(`SELECT FROM pg_tables WHERE tablename = 'tally_v1'`)
    expect(left.rowCount).toBe(0)
    await operated.close()
    await server.close()
  })
})
