import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { newId } from '#kernel'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { eventStoreContract } from '../contract/event-store.contract.js'
import {
  caughtUp,
  collect,
  deliveriesUntil,
  event,
  eventsOf,
  freshStream,
  ids,
  refusal,
  someEvents,
} from '../contract/harness.js'
import { EventStoreUnavailable } from '../port/errors.js'
import { PostgresEventStore } from './postgres-event-store.js'

eventStoreContract('PostgresEventStore', async () => {
  const database = await testDatabase()
  const store = await PostgresEventStore.open({ connection: database.url })
  return { store, release: () => database.close() }
})

describe('PostgresEventStore', () => {
  let database: TestDatabase
  let store: PostgresEventStore
  let sql: pg.Client
  beforeAll(async () => {
    database = await testDatabase()
    store = await PostgresEventStore.open({ connection: database.url })
  })
  afterAll(async () => {
    await store.close()
    await database.close()
  })
  beforeEach(async () => {
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
  })
  afterEach(() => sql.end())

  it('starts empty, and is created once however many open it together', async () => {
    const own = await testDatabase()
    const stores = await Promise.all(
      Array.from({ length: 5 }, () => PostgresEventStore.open({ connection: own.url })),
    )
    for (const one of stores) expect(await one.head()).toBe(0n)
    await Promise.all(stores.map((one) => one.close()))
    await own.close()
  })

  it('commits appends that queue together in few transactions', async () => {
    const from = await store.head()
    await Promise.all(
      Array.from({ length: 100 }, () => store.append(freshStream(), someEvents(1), 'no-stream')),
    )
    const { rows } = await sql.query<{ transactions: string; events: string }>(
      'select count(distinct xmin::text) as transactions, count(*) as events from event_log.event where position > $1',
      [from],
    )
    expect(rows[0]!.events).toBe('100')
    expect(Number(rows[0]!.transactions)).toBeLessThanOrEqual(5)
  })

  it('numbers without gaps, also after conflicts', async () => {
    const stream = freshStream()
    await Promise.allSettled(
      Array.from({ length: 30 }, () => store.append(stream, someEvents(2), 'no-stream')),
    )
    const { rows } = await sql.query<{ dense: boolean }>(
      `select count(*) = max(position) and max(position) = (select position from event_log.head) as dense from event_log.event`,
    )
    expect(rows).toEqual([{ dense: true }])
  })

  it('lets only the append fail that the server refuses, not those that travel with it', async () => {
    await sql.query(`
      create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;
      create trigger poison before insert on event_log.event for each row when (new.type = 'thing.Poison')
        execute function refuse_poison()`)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        store.append(
          freshStream(),
          [event(), event({}, index === 7 ? 'thing.Poison' : 'thing.Noted')],
          'no-stream',
        ),
      ),
    )
    expect(outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7])
    expect(outcomes[7]).toMatchObject({ reason: { message: 'poison' } })
    await sql.query('drop trigger poison on event_log.event')
  })

  it('hears of what other processes append', async () => {
    const other = await PostgresEventStore.open({ connection: database.url })
    const events = someEvents(3)
    const seen: string[] = []
    for await (const delivery of store.subscribe(await store.head())) {
      if (delivery.kind === 'events') seen.push(...ids(delivery.events))
      if (seen.length === 3) break
      if (delivery.kind === 'caught-up') await other.append(freshStream(), [events[seen.length]!], 'any')
    }
    expect(seen).toEqual(ids(events))
    await other.close()
  })

  it('finds events by polling when no notification comes', async () => {
    const from = await store.head()
    const id = newId()
    const deliveries = await deliveriesUntil(store, from, {}, (delivery, all) => {
      if (all.length === 1)
        void sql.query(`
          begin;
          insert into event_log.event values (${from + 1n}, 0, now(), '${id}', 'quiet-${id}', 'thing.Noted', '{}', '{}');
          update event_log.head set position = position + 1;
          commit`)
      return delivery.kind === 'events'
    })
    expect(ids(eventsOf(deliveries))).toEqual([id])
  })

  it('pages over long stretches that do not match, in both directions', async () => {
    const from = await store.head()
    const rare = freshStream('rare')
    const fill = (count: number) =>
      sql.query(`
        begin;
        insert into event_log.event
          select h.position + n, n, now(), gen_random_uuid(), 'fill-' || gen_random_uuid(), 'thing.Fill', '{}', '{}'
          from event_log.head h, generate_series(1, ${count}) n;
        update event_log.head set position = position + ${count};
        commit`)
    const matching: string[] = []
    for (const count of [19_998, 25_000, 45_000]) {
      const events = someEvents(2)
      await store.append(rare, events, 'any')
      matching.push(...ids(events))
      await fill(count)
    }
    const filter = { streamPrefix: 'rare-' }
    expect(ids(await collect(store, { ...filter, from }))).toEqual(matching)
    expect(ids(await collect(store, { ...filter, direction: 'backward' }))).toEqual(matching.toReversed())
    for (const pageSize of [1, 2, 6, 100]) {
      const deliveries = await deliveriesUntil(store, from, { ...filter, pageSize }, caughtUp)
      expect(ids(eventsOf(deliveries))).toEqual(matching)
      expect(deliveries.at(-1)!.checkpoint).toBe(await store.head())
    }
  })

  it.each([
    'update event_log.event set data = $$1$$',
    'delete from event_log.event',
    'truncate event_log.event',
  ])('refuses to change what is recorded: %s', async (statement) => {
    await store.append(freshStream(), [event()], 'any')
    await expect(sql.query(statement)).rejects.toThrow('append-only')
  })

  it('refuses a log that another version has written', async () => {
    await sql.query('update event_log.head set schema_version = 99')
    expect(await refusal(PostgresEventStore.open({ connection: database.url }))).toMatchObject({
      code: 'event-log-schema-unknown',
    })
    await sql.query('update event_log.head set schema_version = 1')
  })

  it('says that it is unavailable when the server is not there', async () => {
    const url = new URL(database.url)
    url.port = '1'
    expect(await refusal(PostgresEventStore.open({ connection: url.href }))).toBeInstanceOf(
      EventStoreUnavailable,
    )
  })

  it('keeps what the connection string asks of the session', async () => {
    const url = new URL(database.url)
    url.searchParams.set('options', '-c work_mem=7MB')
    const own = await PostgresEventStore.open({ connection: url.href })
    await own.append(freshStream(), [event()], 'any')
    expect(await own.head()).toBeGreaterThan(0n)
    await own.close()
  })

  describe.each(['commit', 'rollback'] as const)(
    'while another transaction has appended and ends in %s',
    (end) => {
      it('shows nothing early, skips nothing and keeps the order', async () => {
        const from = await store.head()
        const held = newId()
        await sql.query('begin')
        await sql.query(
          `select event_log.append($1, '{-1}', '{1}', '{1}', '{0}', $2, '{thing.Held}', '{"{}"}', '{"{}"}')`,
          [[freshStream()], [held]],
        )
        const written = Array.from({ length: 8 }, () => someEvents(3))
        const appends = written.map((events) => store.append(freshStream(), events, 'no-stream'))
        const expected = 24 + (end === 'commit' ? 1 : 0)
        const following = deliveriesUntil(store, from, {}, (_, all) => eventsOf(all).length >= expected)
        await eventually(async () => {
          const { rows } = await database
            .connect({ max: 1 })
            .query(
              `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            )
          return rows.length > 0
        })
        expect(await store.head()).toBe(from)
        expect(await deliveriesUntil(store, from, {}, () => true)).toEqual([
          { kind: 'caught-up', checkpoint: from },
        ])
        await sql.query(end)
        await Promise.all(appends)
        const inLog = await collect(store, { from })
        expect(inLog.map(({ position }) => position)).toEqual(
          Array.from({ length: expected }, (_, index) => from + BigInt(index) + 1n),
        )
        expect(ids(eventsOf(await following))).toEqual(ids(inLog))
        expect(ids(inLog).includes(held)).toBe(end === 'commit')
      })
    },
  )
})
