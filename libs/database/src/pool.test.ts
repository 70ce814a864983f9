import { afterAll, beforeAll, describe, it, expect } from '@jest/globals'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { isConnectionLoss, isSerializationFailure, isUniqueViolation } from './pg-errors.js'
import { createDatabase, jsonAsText, type Database } from './pool.js'

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await testDatabase()
  database = server.connect({ max: 3 })
  await database.query('create table item (id int primary key, note text)')
})
afterAll(() => server.close())

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('values', () => {
  it('keeps what JavaScript would change: big integers, and days as days', async () => {
    const { rows } = await database.query(
      `select 9007199254740993::bigint as big, date '2025-01-31' as day, '{"a":1}'::jsonb as json`,
    )
    expect(rows).toEqual([{ big: '9007199254740993', day: '2025-01-31', json: { a: 1 } }])
  })

  it('leaves JSON as text, byte for byte, where asked, by pool or by query', async () => {
    const text = `select '{"b": 1,  "a":1.0}'::json as json, '[1, 2]'::jsonb as jsonb, date '2025-01-31' as day`
    const expected = [{ json: '{"b": 1,  "a":1.0}', jsonb: '[1, 2]', day: '2025-01-31' }]
    expect((await database.query({ text, types: jsonAsText })).rows).toEqual(expected)
    expect((await server.connect({ types: jsonAsText }).query(text)).rows).toEqual(expected)
  })
})

describe('a transaction', () => {
  it('commits what it did, and gives the result', async () => {
    const result = await database.transaction(async (client) => {
      await client.query('insert into item values (1)')
      return 'done'
    })
    expect(result).toBe('done')
    expect((await database.query('select 1 from item where id = 1')).rowCount).toBe(1)
  })

  it('leaves nothing when it throws, and throws the same error on', async () => {
    const thrown = new Error('no')
    const work = database.transaction(async (client) => {
      await client.query('insert into item values (2)')
      throw thrown
    })
    expect(await failureOf(work)).toBe(thrown)
    expect((await database.query('select 1 from item where id = 2')).rowCount).toBe(0)
  })

  it('does not pass for committed when the error of a statement was swallowed', async () => {
    const work = database.transaction(async (client) => {
      await client.query('insert into item values (3)')
      await client.query('insert into item values (3)').catch(() => undefined)
    })
    expect(await failureOf(work)).toMatchObject({ code: 'transaction-not-committed' })
    expect((await database.query('select 1 from item where id = 3')).rowCount).toBe(0)
  })

  it('takes its isolation and refuses writes when it only reads', async () => {
    const isolation = await database.transaction(
      async (client) =>
        (await client.query<{ level: string }>(`select current_setting('transaction_isolation') as level`))
          .rows,
      { isolation: 'serializable' },
    )
    expect(isolation).toEqual([{ level: 'serializable' }])
    const writing = database.transaction(async (client) => client.query('insert into item values (4)'), {
      readOnly: true,
    })
    expect(await failureOf(writing)).toMatchObject({ code: '25006' })
  })

  it('gives a connection lost within it up, not back to the pool', async () => {
    const lone = server.connect({ max: 1 })
    const work = lone.transaction(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await database.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await client.query('select 1')
    })
    expect(isConnectionLoss(await failureOf(work))).toBe(true)
    expect((await lone.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})

describe('what can go wrong', () => {
  it('an idle connection that is lost is reported and replaced', async () => {
    const lost: Error[] = []
    const other = server.connect({ max: 1, onConnectionError: (error) => lost.push(error) })
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    await database.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await eventually(() => expect(lost).toHaveLength(1))
    expect(isConnectionLoss(lost[0])).toBe(true)
    expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('a statement that takes too long is cancelled', async () => {
    const hasty = server.connect({ statementTimeoutMs: 20 })
    expect(await failureOf(hasty.query('select pg_sleep(10)'))).toMatchObject({ code: '57014' })
  })

  it('a server that cannot be reached is a lost connection', async () => {
    const nowhere = createDatabase({ connection: 'postgres://roviec:x@127.0.0.1:1/roviec' })
    const failure = await failureOf(nowhere.query('select 1'))
    expect(isConnectionLoss(failure)).toBe(true)
    expect(isConnectionLoss(new Error('something else'))).toBe(false)
    await nowhere.close()
  })

  it('a key that exists is told apart by its constraint', async () => {
    await database.query('insert into item values (20)')
    const failure = await failureOf(database.query('insert into item values (20)'))
    expect(isUniqueViolation(failure)).toBe(true)
    expect(isUniqueViolation(failure, 'item_pkey')).toBe(true)
    expect(isUniqueViolation(failure, 'item_note_key')).toBe(false)
    expect(isConnectionLoss(failure)).toBe(false)
  })

  it('a transaction that lost against another may be repeated', async () => {
    await database.query('insert into item values (30)')
    const work = database.transaction(
      async (client) => {
        await client.query('select * from item')
        await database.query(`update item set note = 'first' where id = 30`)
        await client.query(`update item set note = 'second' where id = 30`)
      },
      { isolation: 'repeatable read' },
    )
    expect(isSerializationFailure(await failureOf(work))).toBe(true)
  })
})
