import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Database } from '#database'
import { EventStoreUnavailable, type RecordedEvent } from '#event-store'
import { testDatabase, testLogs, type TestDatabase } from '#testing'
import { listParked, listProgress, parkedEvents, reached, type Projection } from '#engine'
import { clear, openOperated, type Operated, type WorkerOptions } from '../operating/operated.fixture.js'
import { isTransient } from './faults.js'
import { expectedJournal, journal, readJournal } from './journal.fixture.js'
import { appendAmounts, gate } from './tally.fixture.js'

function raise(state: string): string {
  return `DO $$ BEGIN RAISE EXCEPTION 'unlucky' USING ERRCODE = '${state}'; END $$`
}

describe.each(testLogs)('an event that cannot be applied, on $what', (log) => {
  let server: TestDatabase
  let started: Awaited<ReturnType<typeof log.start>>
  let database: Database
  let operated: Operated

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 20 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    started = await log.start(server)
    operated = await openOperated(database, started.url)
  })
  afterEach(async () => {
    await operated.close()
    await started.stop()
    await clear(database)
  })

  const run = async (projection: Projection, options?: WorkerOptions): Promise<void> => {
    operated.worker([projection], options)
    await settled()
  }
  const settled = async (): Promise<{ parked: number }> =>
    reached(database, journal(), await operated.store.head(), 20_000)
  const poison = ({ stream, revision }: RecordedEvent): boolean => stream === 'counter-3' && revision === 4n
  const failing = (event: RecordedEvent): void => {
    if (poison(event)) throw new Error('Nguyễn Văn A, 012345678901')
  }

  it('stops its stream, and nothing else', async () => {
    await appendAmounts(operated.store, 70)
    await run(journal(failing))
    await appendAmounts(operated.store, 70)
    expect(await settled()).toMatchObject({ parked: 1 })
    const expected = await expectedJournal(operated.store, poison)
    expect(await readJournal(database)).toEqual(expected.journal)
    const [parked, ...none] = await listParked(database, { name: 'journal' })
    expect(none).toEqual([])
    expect(parked).toMatchObject({
      stream: 'counter-3',
      standing: 'live',
      firstRevision: '4',
      events: expected.parked['counter-3']!.length,
      failed: { revision: '4', type: 'counter.Added', code: 'Error' },
    })
    expect(await revisions()).toEqual(expected.parked['counter-3'])
    expect(await listProgress(database)).toMatchObject([{ state: 'active', error: null, parked: 1 }])
    expect(operated.failures).toEqual([])
  })

  const revisions = async (stream = 'counter-3'): Promise<number[]> =>
    (await parkedEvents(database, 'journal', stream)).map(({ revision }) => Number(revision))

  it('waits in order for the replay, and what comes meanwhile waits behind it', async () => {
    await appendAmounts(operated.store, 70)
    let mended = false
    const held = gate()
    await run(
      journal(async (event) => {
        if (event.stream === 'counter-3' && mended) await held.pass()
        else failing(event)
      }),
    )
    mended = true
    const replaying = operated.order('journal', 'Replay', { stream: 'counter-3' })
    await held.entered
    await appendAmounts(operated.store, 70)
    held.open()
    expect(await replaying).toMatchObject({ state: 'done', outcome: { applied: 8, failed: null } })
    expect(await settled()).toMatchObject({ parked: 0 })
    expect(await listParked(database)).toEqual([])
    expect(await readJournal(database)).toEqual((await expectedJournal(operated.store)).journal)
  })

  it('is left out when an operator discards it; later events of its stream are applied again', async () => {
    await appendAmounts(operated.store, 70)
    await run(journal(failing))
    const discarded = await operated.order('journal', 'Discard', {
      stream: 'counter-3',
      first: '4',
      last: '4',
    })
    expect(discarded).toMatchObject({ state: 'done', outcome: { applied: 7, discarded: 1, failed: null } })
    await appendAmounts(operated.store, 70)
    expect(await settled()).toMatchObject({ parked: 0 })
    const { journal: whole } = await expectedJournal(operated.store)
    expect(await readJournal(database)).toEqual({
      ...whole,
      'counter-3': whole['counter-3']!.filter((revision) => revision !== 4),
    })
  })

  // The rest does not depend on where the log lies.
  if (log.on !== 'postgres') return

  it('is not tried again with the later ones of its stream: they are parked as they come', async () => {
    const tried: bigint[] = []
    await appendAmounts(operated.store, 70)
    await run(
      journal((event) => {
        if (event.stream === 'counter-3' && event.revision >= 4n) tried.push(event.revision)
        failing(event)
      }),
    )
    const before = tried.length
    await appendAmounts(operated.store, 70)
    await settled()
    expect(tried).toHaveLength(before)
    expect(new Set(tried)).toEqual(new Set([4n]))
    expect(await parkedEvents(database, 'journal', 'counter-3')).toMatchObject([
      { attempts: 4, code: 'Error' },
      ...(await revisions()).slice(1).map(() => ({ attempts: 0, code: null, message: null })),
    ])
  })

  it('leaves rows and parked events as the oracle has them, whatever fails and however pages are cut', async () => {
    await appendAmounts(operated.store, 60)
    const events = (
      await operated.store
        .readAll({ types: ['counter.Added'] })
        [Symbol.asyncIterator]()
        .next()
    ).value as readonly RecordedEvent[]
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(events.map(({ id }) => id)),
        fc.integer({ min: 1, max: 70 }),
        async (bad, pageSize) => {
          const name = `journal_${++run}`
          const set = new Set(bad)
          const fails = ({ id }: RecordedEvent): boolean => set.has(id)
          const failsHere = (event: RecordedEvent): void => {
            if (fails(event)) throw new TypeError(event.stream)
          }
          const write = `INSERT INTO ${name} AS j VALUES ($1, ARRAY[$2::bigint]) ON CONFLICT (stream) DO UPDATE SET revisions = j.revisions || excluded.revisions`
          const own = journal(failsHere, {
            name,
            create: journal().create.replace('journal', name),
            async apply(transaction, page) {
              for (const event of page) {
                await transaction.query(write, [event.stream, String(event.revision)])
                failsHere(event)
              }
            },
          })
          const worker = operated.worker([own], { pageSize })
          await reached(database, own, await operated.store.head(), 20_000)
          await worker.stop()
          const expected = await expectedJournal(operated.store, fails)
          expect(await readJournal(database, `view.${name}`)).toEqual(expected.journal)
          const parked: Record<string, number[]> = {}
          for (const { stream } of await listParked(database, { name }))
            parked[stream] = (await parkedEvents(database, name, stream)).map(({ revision }) =>
              Number(revision),
            )
          expect(parked).toEqual(expected.parked)
        },
      ),
      { numRuns: 6 },
    )
  })

  it('is never parked for what it is not to blame for: the page is tried until it goes', async () => {
    await appendAmounts(operated.store, 30)
    const mishaps = [
      raise('40001'),
      raise('lock_not_available'),
      raise('disk_full'),
      'SELECT pg_terminate_backend(pg_backend_pid())',
    ]
    await run(
      journal(undefined, {
        async apply(transaction, events) {
          const mishap = mishaps.shift()
          if (mishap !== undefined) await transaction.query(mishap)
          await journal().apply(transaction, events)
        },
      }),
    )
    expect(mishaps).toEqual([])
    expect(operated.failures).toHaveLength(4)
    expect(await listParked(database)).toEqual([])
    expect(await readJournal(database)).toEqual((await expectedJournal(operated.store)).journal)
  })

  it.each([
    ['40001', true],
    ['40P01', true],
    ['55P03', true],
    ['57014', true],
    ['53200', true],
    ['58030', true],
    ['XX001', true],
    ['25P03', true],
    ['42P01', true],
    ['42501', true],
    ['22P02', false],
    ['23505', false],
    ['42703', false],
    ['25P02', false],
    ['P0001', false],
  ])('tells what may go by itself from what will not: SQLSTATE %s', async (state, transient) => {
    const error: unknown = await database.query(raise(state)).catch((thrown: unknown) => thrown)
    expect(isTransient(error)).toBe(transient)
  })

  it('is not to blame for a log that cannot be reached', () => {
    expect(isTransient(new EventStoreUnavailable(new Error('refused')))).toBe(true)
  })

  it('is told of without a word of what it says', async () => {
    await appendAmounts(operated.store, 7)
    const secret = 'Trần Thị B'
    await run(
      journal(undefined, {
        async apply(transaction, [first, ...rest]) {
          if (first!.stream === 'counter-1') JSON.parse(`{${secret}`)
          if (first!.stream === 'counter-2') await transaction.query(`SELECT '${secret}'::date`)
          if (first!.stream === 'counter-3')
            await transaction.query('INSERT INTO journal VALUES ($1, NULL)', [secret])
          if (first!.stream === 'counter-4') throw secret
          await journal().apply(transaction, [first!, ...rest])
        },
      }),
      { pageSize: 1 },
    )
    const parked = await listParked(database)
    expect(parked.map(({ stream, failed }) => `${stream} ${failed?.code}`).toSorted()).toEqual([
      'counter-1 SyntaxError',
      'counter-2 22007',
      'counter-3 23502',
      'counter-4 thrown',
    ])
    expect(JSON.stringify(parked)).not.toContain('Trần')
    expect(parked.find(({ stream }) => stream === 'counter-3')!.failed!.message).toContain('column revisions')
    expect(parked.find(({ stream }) => stream === 'counter-1')!.failed!.message).toContain('parking.test.ts')
  })

  it('is parked where the projection swallowed the error of its own statement', async () => {
    await appendAmounts(operated.store, 14)
    await run(
      journal(undefined, {
        async apply(transaction, events) {
          await journal().apply(transaction, events)
          if (events.some(({ stream }) => stream === 'counter-5'))
            await transaction.query('SELECT 1 / 0').catch(() => undefined)
        },
      }),
    )
    expect((await listParked(database)).map(({ stream }) => stream)).toEqual(['counter-5'])
    const { 'counter-5': _gone, ...others } = (await expectedJournal(operated.store)).journal
    expect(await readJournal(database)).toEqual(others)
  })

  it('stays parked when the replay fails, all or none, with the new error and the reason', async () => {
    await appendAmounts(operated.store, 70)
    let later = false
    await run(
      journal((event) => {
        if (!later) return failing(event)
        if (event.stream === 'counter-3' && event.revision === 8n) throw new RangeError('still')
      }),
    )
    const before = [await readJournal(database), await revisions()]
    later = true
    const replayed = await operated.order('journal', 'Replay', { stream: 'counter-3', reason: 'đã sửa' })
    expect(replayed).toMatchObject({
      state: 'failed',
      outcome: { applied: 0, failed: { revision: '8', code: 'RangeError' } },
    })
    expect([await readJournal(database), await revisions()]).toEqual(before)
    expect(await listParked(database)).toMatchObject([
      { reason: 'đã sửa', failed: { revision: '8', code: 'RangeError' } },
    ])
  })
})
