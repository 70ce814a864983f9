import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { newId } from '#kernel'
import { testDatabase, type TestDatabase } from '#testing'
import { foldTouched, listParked, reached, type Projection } from '#engine'
import { workflow, type Workflow } from '#engine/workflow'
import { clear, openOperated, type Operated } from '../operating/operated.fixture.js'

interface Minutes {
  readonly status: 'taken'
  readonly present: readonly string[]
}
type Present = { readonly present: readonly string[] }

/** As of the first form of its events, those present as a list; and of the second, which names them in one text. */
const minutesAsOf = (form: 1 | 2): Workflow<Minutes> =>
  workflow<Minutes, object, { 'minutes.Taken': { readonly present: string | readonly string[] } }>({
    name: 'minutes',
    initial: { status: 'taken', present: [] },
    statuses: { taken: { vi: 'đã lập', en: 'taken' } },
    transitions: {},
    evolve: {
      'minutes.Taken': (state, { present }) => ({
        ...state,
        present: [...state.present, ...(typeof present === 'string' ? present.split('; ') : present)],
      }),
    },
    ...(form === 2 && {
      upcast: { 'minutes.Taken': [({ present }: Present) => ({ present: present.join('; ') })] as const },
    }),
  })

const select = `SELECT id, state FROM minutes WHERE id = ANY ($1)`
const upsert = `INSERT INTO minutes VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET state = excluded.state`

/** Keeps the fold of the workflow, as the views of the system do. */
const minutesView = (form: 1 | 2, version = 1): Projection => ({
  name: 'minutes',
  version,
  events: ['minutes.Taken'],
  create: 'CREATE TABLE minutes (id text PRIMARY KEY, state json NOT NULL)',
  rules: [select, upsert],
  async apply(transaction, events) {
    const touched = await foldTouched(minutesAsOf(form), events, transaction, select)
    for (const { id, state } of touched) await transaction.query(upsert, [id, JSON.stringify(state)])
  },
})

describe('an event of a version newer than the program', () => {
  let server: TestDatabase
  let database: Database
  let operated: Operated

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 20 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    operated = await openOperated(database, server.url)
    for (const [id, present, schema] of [
      ['a', ['An']],
      ['b', ['Bình']],
      ['a', 'Chi; Dũng', 2],
      ['b', ['Giang']],
      ['a', ['Hà']],
      ['b', ['Khánh']],
    ] as const)
      await operated.store.append(
        `minutes-${id}`,
        [{ id: newId(), type: 'minutes.Taken', data: { present }, metadata: schema ? { schema } : {} }],
        'any',
      )
  })
  afterEach(async () => {
    await operated.close()
    await clear(database)
  })

  const shown = async (view: Projection): Promise<Readonly<Record<string, readonly string[]>>> => {
    await reached(database, view, await operated.store.head(), 20_000)
    const { rows } = await database.query<{ id: string; state: Minutes }>('SELECT * FROM view.minutes')
    return Object.fromEntries(rows.map(({ id, state }) => [id, state.present]))
  }
  const exact = { a: ['An', 'Chi', 'Dũng', 'Hà'], b: ['Bình', 'Giang', 'Khánh'] }
  const olderProgram = async (): Promise<void> => {
    const worker = operated.worker([minutesView(1)])
    expect(await shown(minutesView(1))).toEqual({ ...exact, a: ['An'] })
    await worker.stop()
  }

  it('parks its stream, and nothing else; once the program knows it, a replay gives the exact view', async () => {
    await olderProgram()
    expect(await listParked(database)).toMatchObject([
      { stream: 'minutes-a', events: 2, failed: { revision: '1', code: 'unknown-event-version' } },
    ])
    expect(operated.failures).toEqual([])
    operated.worker([minutesView(2)])
    expect(await operated.order('minutes', 'Replay', { stream: 'minutes-a' })).toMatchObject({
      state: 'done',
      outcome: { applied: 2 },
    })
    expect(await shown(minutesView(2))).toEqual(exact)
    expect(await listParked(database)).toEqual([])
  })

  it('is no matter of the next version of the view, which is filled anew', async () => {
    await olderProgram()
    operated.worker([minutesView(2, 2)])
    expect(await shown(minutesView(2, 2))).toEqual(exact)
    expect(await listParked(database)).toEqual([])
  })
})
