import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { newId, systemClock } from '#kernel'
import type { Database } from '#database'
import { Leadership, ProcessRunner, ProjectionRunner, QueryHandler, type Query } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { code, follower, handler, place, workflows } from './ledger.test-support.js'
import { processProjection } from './process.projection.js'
import { findIncidents, findProcess, listProcesses } from './process.queries.js'
import { migrateProcesses } from './reminder.test-support.js'

const actor = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })

describe('what can be asked of processes', () => {
  const store = new InMemoryEventStore()
  let server: TestDatabase
  let database: Database
  let stop: () => Promise<void>

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrateProcesses(database)
    const failed = (name: string, error: Error): void => console.error(name, error)
    const views = new ProjectionRunner(store, database, { failed })
    const leadership = new Leadership(database)
    const processes = new ProcessRunner({ store, commands: handler(store), workflows, leadership, failed })
    views.start([processProjection])
    processes.start([follower()])
    stop = async () => {
      await processes.stop()
      leadership.withdraw()
      await views.stop()
    }
    code.mended = false
    for (const [order, text, last] of [
      ['a', 'x', false],
      ['b', 'no', false],
      ['c', 'bug', false],
      ['c', 'y', false],
      ['d', 'z', true],
    ] as const)
      await place(store, { order, entries: [{ ledger: 'l', text }], last })
    const log = async (): Promise<number> => (await store.readStream('process-follower:d')).length
    await eventually(async () => (await log()) === 3)
    await eventually(async () => (await store.readStream('process-follower:c')).length === 3)
  })
  afterAll(async () => {
    await stop()
    await store.close()
    await server.close()
  })

  const ask = async <Params, Answer>(
    query: Query<Params, Answer>,
    params: object = {},
    role = 'operator',
  ): Promise<Answer> => {
    const queries = new QueryHandler(database, store, systemClock, 20_000)
    return (await queries.ask(query, params, actor(role), await store.head())).answer
  }

  it('the list tells how each instance stands, page by page', async () => {
    const whole = await ask(listProcesses)
    expect(whole.processes).toEqual([
      {
        process: 'follower',
        instances: 4,
        running: 2,
        held: 1,
        ended: 1,
        incidents: 2,
        led: true,
        position: expect.stringMatching(/^\d+$/),
      },
    ])
    expect(whole.items).toMatchObject([
      { instance: 'a', status: 'running', version: 1, reactions: 1, unsent: 0, waiting: 0, incidents: 0 },
      { instance: 'b', status: 'running', incidents: 1 },
      { instance: 'c', status: 'held', reactions: 1, unsent: 1, waiting: 1, incidents: 1 },
      { instance: 'd', status: 'ended' },
    ])
    const first = await ask(listProcesses, { limit: 3 })
    const second = await ask(listProcesses, { limit: 3, cursor: first.next! })
    expect([...first.items, ...second.items]).toEqual(whole.items)
    expect([whole.next, second.next]).toEqual([null, null])
    expect((await ask(listProcesses, { status: 'held' })).items.map(({ instance }) => instance)).toEqual([
      'c',
    ])
    expect((await ask(listProcesses, { process: 'other' })).items).toEqual([])
    await expect(ask(listProcesses, { cursor: 'x' })).rejects.toMatchObject({ code: 'cursor-invalid' })
  })

  it('the incidents tell what waits for whom, until it is resolved', async () => {
    const incidents = await ask(findIncidents, { process: 'follower' })
    expect(incidents).toHaveLength(2)
    expect(incidents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'command-refused', code: 'not-wanted', instance: 'b', event: null }),
        expect.objectContaining({ kind: 'held', code: 'TypeError', instance: 'c' }),
      ]),
    )
    expect(incidents.map(({ command }) => command?.transition)).toEqual(['Enter', 'Enter'])
    await handler(store).handleOrThrow({
      id: newId(),
      workflow: 'process',
      aggregate: 'follower:b',
      transition: 'Dismiss',
      data: { reason: 'không cần nữa' },
      actor: actor('operator'),
    })
    expect((await ask(findIncidents)).map(({ instance }) => instance)).toEqual(['c'])
  })

  it('one instance is shown with its history', async () => {
    const { state, history } = await ask(findProcess, { id: 'follower:d' })
    expect(state).toMatchObject({ status: 'ended', ended: true })
    expect(history.map(({ type }) => type)).toEqual(['process.Reacted', 'process.Ended', 'process.Delivered'])
    await expect(ask(findProcess, { id: 'follower:z' })).rejects.toMatchObject({ code: 'process-unknown' })
  })

  it('those who operate and inspect may ask, others not', async () => {
    for (const query of [listProcesses, findIncidents] as readonly Query<unknown, unknown>[]) {
      for (const role of ['operator', 'auditor', 'inspectorate'])
        await expect(ask(query, {}, role)).resolves.toBeDefined()
      await expect(ask(query, {}, 'clerk')).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})
