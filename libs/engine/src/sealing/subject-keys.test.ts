import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { InMemoryEventStore, PostgresEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { testDatabase, testMasterKey, testProcess, type TestDatabase } from '#testing'
import { testKeys, testSealing } from '#testing/workflow'
import {
  adoptMasterKeys,
  CommandHandler,
  hasMasterKey,
  InMemoryKeyTable,
  MasterKeys,
  personalKeyMigration,
  PostgresKeyTable,
  PostgresSnapshots,
  snapshotMigration,
  SubjectKeys,
} from '#engine'
import { note, write } from './notes.fixture.js'
import type { SubjectKey } from './subject-key.js'

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  await migrate(database, 'sealing', [personalKeyMigration])
})
afterAll(() => server.close())
beforeEach(() => database.query('truncate roviec.personal_key, roviec.master_key'))

const script = new URL('./sealing-processes.fixture.ts', import.meta.url)

interface Counts extends Record<string, unknown> {
  readonly rows: string
  readonly subjects: string
}

async function counts(): Promise<Counts> {
  const { rows } = await database.query<Counts>(
    'select count(*) as rows, count(distinct subject) as subjects from roviec.personal_key',
  )
  return rows[0]!
}

describe.each(['in memory', 'in PostgreSQL'])('keys of subjects %s', (where) => {
  const table = (): InMemoryKeyTable | PostgresKeyTable =>
    where === 'in memory' ? new InMemoryKeyTable() : new PostgresKeyTable(database)
  const over = (rows: InMemoryKeyTable | PostgresKeyTable, options = {}): SubjectKeys =>
    new SubjectKeys(rows, MasterKeys.parse(testMasterKey, 'test')!, options)

  it('are one a subject, for everyone and for good', async () => {
    const rows = table()
    const [one, other] = [over(rows), over(rows)]
    const asked = await Promise.all(
      [one, other, one, other].flatMap((keys) => ['a', 'b', 'a'].map((subject) => keys.ofSubject(subject))),
    )
    expect(new Set(asked.map(({ id, subject }) => `${subject} ${id}`)).size).toBe(2)
    const sealed = asked[0]!.seal('x', { event: 'e', type: 't', path: 'p' })
    const known = await over(rows).byId([asked[0]!.id, asked[1]!.id])
    expect((known.get(asked[0]!.id) as SubjectKey).open(sealed)).toBe('x')
    expect(await over(rows).known('a')).toMatchObject({ id: asked[0]!.id })
    expect(await over(rows).known('c')).toBeUndefined()
  })

  it('are gone for everyone once erased, and told apart from those that never were', async () => {
    const rows = table()
    const keys = over(rows)
    const { id } = await keys.ofSubject('a')
    expect(await keys.erase('a')).toBe(true)
    for (const one of [keys, over(rows)]) {
      expect(await one.byId([id, newUuid])).toEqual(new Map([[id, 'erased']]))
      expect((await one.ofSubject('a')).id).not.toBe(id)
      expect(await one.byId([id])).toEqual(new Map([[id, 'erased']]))
    }
  })

  it('that another process erases are forgotten in time', async () => {
    const rows = table()
    const [eraser, forgetful, remembering] = [
      over(rows),
      over(rows, { rememberedMs: 0 }),
      over(rows, { rememberedKeys: 1 }),
    ]
    const { id } = await forgetful.ofSubject('a')
    await remembering.ofSubject('a')
    await eraser.erase('a')
    expect((await forgetful.ofSubject('a')).id).not.toBe(id)
    expect((await remembering.ofSubject('a')).id).toBe(id)
    // One at most is remembered here.
    await remembering.ofSubject('b')
    expect((await remembering.ofSubject('a')).id).not.toBe(id)
  })

  it('are not used by a program with another master key', async () => {
    const rows = table()
    const { id } = await over(rows).ofSubject('a')
    const foreign = new SubjectKeys(rows, MasterKeys.parse(MasterKeys.generate(), 'test')!)
    await expect(foreign.ofSubject('a')).rejects.toMatchObject({ code: 'personal-key-unusable' })
    expect(await foreign.byId([id])).toEqual(new Map())
  })
})

const newUuid = '0197a1b2-0000-7000-8000-00000000ffff'

describe('in PostgreSQL', () => {
  it('a row that was given to another subject opens nothing', async () => {
    const key = await testKeys(database).ofSubject('a')
    await database.query("update roviec.personal_key set subject = 'b'")
    expect(await testKeys(database).byId([key.id])).toEqual(new Map())
    await expect(testKeys(database).ofSubject('b')).rejects.toMatchObject({ code: 'personal-key-unusable' })
  })

  it('many subjects asked for at once take few questions', async () => {
    let asked = 0
    const counting = Object.assign(Object.create(database) as Database, {
      query: (...given: Parameters<Database['query']>) => (asked++, database.query(...given)),
    })
    const keys = testKeys(counting)
    await Promise.all(Array.from({ length: 200 }, (_none, index) => keys.ofSubject(`s${index % 100}`)))
    expect([asked <= 2, await counts()]).toEqual([true, { rows: '100', subjects: '100' }])
  })

  it('many asked for by id at once take one question, and what is no id spoils none', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((subject) => testKeys(database).ofSubject(subject)))
    let asked = 0
    const counting = Object.assign(Object.create(database) as Database, {
      query: (...given: Parameters<Database['query']>) => (asked++, database.query(...given)),
    })
    const keys = testKeys(counting)
    const answers = await Promise.all([...made.map(({ id }) => id), 'no id'].map((id) => keys.byId([id])))
    expect(answers.map((found) => [...found.keys()])).toEqual([...made.map(({ id }) => [id]), []])
    expect(asked).toBe(1)
  })

  it('two processes that seal for the same new subjects at the same moment end with one key each', async () => {
    const subjects = Array.from({ length: 300 }, (_none, index) => `s${index}`)
    const racers = [testProcess(script, [server.url, 'race']), testProcess(script, [server.url, 'race'])]
    await Promise.all(racers.map((racer) => racer.line('ready')))
    racers[0]!.tell(JSON.stringify(subjects))
    racers[1]!.tell(JSON.stringify(subjects.toReversed()))
    const [one, other] = await Promise.all(
      racers.map(async (racer) => JSON.parse(await racer.line('keys ')) as readonly string[]),
    )
    expect(other!.toReversed()).toEqual(one)
    expect(await counts()).toEqual({ rows: '300', subjects: '300' })
    expect(await Promise.all(racers.map(({ ended }) => ended))).toEqual([0, 0])
  }, 20_000)

  it('a process killed between key and event leaves an unused key, which the next command takes', async () => {
    const store = await PostgresEventStore.open({ connection: server.url })
    const killed = testProcess(script, [server.url, 'die'])
    expect(await killed.ended).toBeNull()
    expect([await store.readStream('note-one'), await counts()]).toEqual([[], { rows: '1', subjects: '1' }])
    const handler = new CommandHandler({
      store,
      clock: systemClock,
      workflows: [note],
      sealing: testSealing(testKeys(database)),
    })
    expect(await handler.handle(write({ text: 'lần này thì có' }))).toMatchObject({ status: 'accepted' })
    expect(await counts()).toEqual({ rows: '1', subjects: '1' })
    await store.close()
  }, 20_000)
})

describe('a snapshot', () => {
  it('of a long stream keeps the text sealed, and goes on after a restart', async () => {
    await migrate(database, 'snapshots', [snapshotMigration])
    const store = new InMemoryEventStore()
    const snapshots = new PostgresSnapshots(database)
    const sealing = testSealing(testKeys(database))
    const fresh = (): CommandHandler =>
      new CommandHandler({ store, clock: systemClock, workflows: [note], sealing, snapshots })
    const handler = fresh()
    for (let count = 0; count < 70; count++) await handler.handle(write({ text: `Nguyễn Văn A ${count}` }))
    await snapshots.settled()
    const { rows } = await database.query<{ state: string }>('select state from roviec.snapshot')
    expect(rows.map(({ state }) => state.includes('"$sealed"') && !state.includes('Nguy'))).toEqual([true])
    const moved = await fresh().handle(write({}, { transition: 'Move' }))
    expect(moved).toMatchObject({ status: 'accepted', events: [{ data: { before: { $sealed: { v: 1 } } } }] })
  })
})

describe('the master key', () => {
  const [first, second] = [MasterKeys.generate(), MasterKeys.generate()]
  const keys = (text: string): MasterKeys => MasterKeys.parse(text, 'ROVIEC_MASTER_KEY')!

  it('of the first start is that of all later ones; another one stops the start and is not adopted', async () => {
    expect(await hasMasterKey(database)).toBe(false)
    await adoptMasterKeys(database, keys(first))
    await adoptMasterKeys(database, keys(first))
    expect(await hasMasterKey(database)).toBe(true)
    const wrong = { kind: 'fault', code: 'master-key-wrong', details: { missing: [keys(first).current] } }
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(adoptMasterKeys(database, keys(second))).rejects.toMatchObject(wrong)
    const error = await adoptMasterKeys(database, keys(second)).catch(String)
    expect(error).not.toContain(second.slice(0, 10))
    await adoptMasterKeys(database, keys(first))
  })

  it('is changed by naming the new one first; from then on both are needed', async () => {
    await adoptMasterKeys(database, keys(first))
    const old = new SubjectKeys(new PostgresKeyTable(database), keys(first))
    const sealed = (await old.ofSubject('a')).seal('cũ', { event: 'e', type: 't', path: 'p' })
    const both = keys(`${second},${first}`)
    await adoptMasterKeys(database, both)
    const changed = new SubjectKeys(new PostgresKeyTable(database), both)
    expect((await changed.ofSubject('a')).open(sealed)).toBe('cũ')
    await changed.ofSubject('b')
    for (const alone of [first, second])
      await expect(adoptMasterKeys(database, keys(alone))).rejects.toMatchObject({ code: 'master-key-wrong' })
    await adoptMasterKeys(database, keys(`${first},${second}`))
  })

  it('is one when two different ones are first at the same moment', async () => {
    const answers = await Promise.allSettled(
      [first, second].map((text) => adoptMasterKeys(server.connect(), keys(text))),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})
