import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PostgresEventStore } from '#event-store'
import { newId } from '#kernel'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { startApi, type TestApi } from './api.test-support.js'
import { json, run } from './cli.test-support.js'
import { seeded } from './seeded.test-support.js'

const stream = 'task-CCHC2025-II-1'
const reason = ['--reason', 'thử nghiệm']

/** A running server, and an operator at the command line beside it. */
describe('an operator', () => {
  let database: TestDatabase
  let api: TestApi
  let env: Record<string, string>

  beforeAll(async () => {
    database = await testDatabase(seeded)
    env = { ROVIEC_DATABASE_URL: database.url }
    api = await startApi(env)
  }, 120_000)
  afterAll(async () => {
    await api.close()
    await database.close()
  })

  const parked = async (): Promise<string | null> =>
    (await api.ask('clerk', '/api/v1/tasks?limit=1')).headers.get('roviec-parked')

  it('sees how the views stand', async () => {
    const views = await json(['projections', 'list'], env)
    expect(views).toContainEqual(
      expect.objectContaining({ name: 'task_board', build: 1, standing: 'live', state: 'active', parked: 0 }),
    )
    expect(await parked()).toBe('0')
  })

  it('rebuilds a view beside the live one, promotes it, goes back', async () => {
    const begun = await json(['projections', 'rebuild', 'task_board', ...reason], env)
    expect(begun.operations).toMatchObject([{ state: 'done', outcome: { build: 2 } }])
    const promoted = await json(['projections', 'promote', 'task_board', ...reason], env)
    expect(promoted.operations).toMatchObject([
      {
        build: 2,
        state: 'done',
        outcome: {
          tables: [
            { table: 'task_board_deliverable' },
            { table: 'task_board_plan' },
            { table: 'task_board_task' },
          ].map((table) => ({ ...table, same: true })),
        },
      },
    ])
    const back = await json(['projections', 'rollback', 'task_board', ...reason], env)
    expect(back.operations).toMatchObject([{ build: 1, state: 'done' }])
    const status = await json(['projections', 'status', 'task_board'], env)
    expect(status.orders.map(({ kind }: { kind: string }) => kind)).toEqual([
      'projection.RollbackOrdered',
      'projection.PromotionOrdered',
      'projection.RebuildOrdered',
    ])
    expect((await api.ask('clerk', '/api/v1/tasks?limit=1')).headers.get('total-count')).not.toBe('0')
  }, 60_000)

  it('is told everywhere that a record stands still, and lets it go on', async () => {
    const store = await PostgresEventStore.open({ connection: database.url })
    // What no command leads to: the fold cannot take it.
    const broken = { id: newId(), type: 'task.Reported', data: null, metadata: null }
    await store.append(stream, [broken], 'stream-exists')
    await store.close()
    await eventually(async () => expect(await parked()).toBe('1'))
    const listed = await run(['tasks', '--plan', 'CCHC2025', '--section', 'II'], env)
    expect(listed.code).toBe(0)
    expect(listed.err).toContain('CHÚ Ý: 1 hồ sơ')
    const [held] = await json(['parked', 'list', '--view', 'task_board'], env)
    expect(held).toMatchObject({ stream, events: 1, failed: { id: broken.id, code: 'TypeError' } })
    const replayed = await json(['parked', 'replay', 'task_board', stream, ...reason], env)
    expect(replayed.operations).toMatchObject([
      { state: 'failed', outcome: { failed: { code: 'TypeError' } } },
    ])
    const discarded = await json(['parked', 'discard', 'task_board', stream, ...reason], env)
    expect(discarded.operations).toMatchObject([{ state: 'done', outcome: { discarded: 1 } }])
    expect(await parked()).toBe('0')
  }, 60_000)

  it('sees questions answered "being rebuilt" while readers have another version, and answered again after', async () => {
    const setVersion = (version: number): Promise<unknown> =>
      database
        .connect()
        .query(`UPDATE roviec.projection SET version = $1 WHERE name = 'task_board'`, [version])
    await setVersion(99)
    const refused = await api.ask('clerk', '/api/v1/tasks?limit=1')
    expect([refused.status, refused.body.code]).toEqual([503, 'view-being-rebuilt'])
    expect(refused.headers.get('retry-after')).toBe('5')
    await setVersion(1)
    await eventually(async () => expect(await parked()).toBe('0'))
  })

  it('gives a reason, has the role, and names a view that there is', async () => {
    expect((await run(['projections', 'pause', 'task_board'], env)).code).toBe(2)
    const stranger = await run(['projections', 'pause', 'task_board', ...reason, '--as', 'van-thu-vpub'], env)
    expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('not-permitted')])
    const unknown = await run(['projections', 'pause', 'nowhere', ...reason], env)
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('view-unknown')])
  }, 60_000)
})
