import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import type { Database } from '#database'
import { encodeCursor } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { foldVietnamese } from '#kernel'
import { testDatabase, type TestDatabase } from '#testing'
import { clerk, ingest, ingestOn, setVersion } from '../../ingest/ingest.test-support.js'
import { boardProjection } from './board.projection.js'
import { BoardUnderTest } from './board.test-support.js'
import type { FindDossiers } from './find-dossiers.params.js'
import { findDossiers, type DossierListed } from './find-dossiers.query.js'

const now = '2026-09-01T02:00:00.000Z'

/** As they come with a question: no instance of the class. */
type Params = { readonly [Key in keyof FindDossiers]: FindDossiers[Key] }

let server: TestDatabase
let database: Database
let board: BoardUnderTest
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  board = await BoardUnderTest.create(database)
})
afterAll(() => server.close())

const procedures = [
  ['TT-10', 'Cấp đổi giấy phép lái xe'],
  ['1.001', 'Đăng ký khai sinh'],
  ['1.002', 'Đăng ký khai tử'],
  ['2.000', 'Cấp phiếu lý lịch tư pháp'],
] as const
/** The first ones have most dossiers, the last ones a handful. */
const agencies = ['Sở Tư pháp', 'UBND xã Chiềng Mai', 'UBND xã Mường Bú', 'Sở Xây dựng', 'UBND xã Tà Xùa']

const told = fc.record({
  agency: fc.nat({ max: 999 }).map((n) => (n < 600 ? 0 : n < 900 ? 1 : n < 980 ? 2 : n < 990 ? 3 : 4)),
  handed: fc.option(fc.nat({ max: 4 }), { freq: 3 }),
  procedure: fc.nat({ max: 3 }),
  source: fc.constantFrom('mcdt', 'mcdt', 'mcdt', 'igate'),
  day: fc.nat({ max: 20 }),
  isAccepted: fc.nat({ max: 9 }).map((n) => n > 0),
  waits: fc.nat({ max: 9 }).map((n) => n === 0),
  ended: fc.option(fc.nat({ max: 40 }), { freq: 3 }),
  accounted: fc.subarray(['Explained', 'ExplanationAccepted', 'ApologyIssued', 'ApologyDelivered']),
})
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never

function linesOf(each: Told, number: number): object[] {
  const first = addDays('2026-03-02', each.day)
  const common = {
    source: each.source,
    dossier: `H52.${each.agency}-${first.slice(2).replaceAll('-', '')}-${String(number % 70).padStart(4, '0')}`,
    procedure: procedures[each.procedure]![0],
    agency: agencies[each.agency],
  }
  const facts = [
    { type: 'Submitted', at: first },
    ...(each.isAccepted ? [{ type: 'Accepted', at: first }] : []),
    ...(each.handed === null ? [] : [{ type: 'HandedOver', at: first, agency: agencies[each.handed] }]),
    ...(each.waits ? [{ type: 'SupplementRequested', at: first }] : []),
    ...(each.ended === null ? [] : [{ type: 'Resolved', at: addDays(first, each.ended) }]),
    ...each.accounted.map((type) => ({ type, at: addDays(first, each.ended ?? 45) })),
  ]
  return facts.map(({ type, at, ...more }, step) => ({
    ...common,
    ...more,
    type,
    id: `${number}-${step}`,
    occurredAt: at,
  }))
}

const ids = agencies.map((name) => `son-la/${foldVietnamese(name).replaceAll(' ', '-')}`)
const days = fc.nat({ max: 60 }).map((offset) => addDays('2026-03-02', offset))
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { freq: 1, nil: undefined })
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.nat({ max: 3 }).chain((n) => (n === 0 ? arbitrary : fc.constant(undefined)))

const questions = fc.record({
  scope: fc.oneof(fc.constant('all' as const), fc.subarray(ids)),
  limit: fc.constantFrom(3, 40, 500),
  params: fc.record<Params>(
    {
      asOf: days,
      source: rarely(fc.constantFrom('mcdt', 'igate', 'khac')),
      prefix: rarely(fc.constantFrom('H52.1', 'H52.0-2603', 'h52', 'H52.4-260310-0', 'H52_')),
      text: rarely(
        fc.constantFrom(
          'tu phap',
          'XÃ',
          'khai sinh',
          'tà xùa',
          '1.00',
          '0007',
          'h52.3',
          '%',
          'khong co gi',
          'dang ky tu',
        ),
      ),
      procedure: rarely(fc.constantFrom(...procedures.map(([code]) => code))),
      agency: rarely(fc.constantFrom(...ids)),
      clock: rarely(fc.constantFrom('not-started', 'running', 'stopped', 'ended')),
      state: rarely(fc.constantFrom('open', 'closed')),
      late: some(fc.constantFrom('true', 'false')),
      missing: rarely(fc.constantFrom('explanation', 'acceptance', 'apology', 'delivery')),
      dueFrom: rarely(days),
      dueTo: rarely(days),
      sort: some(fc.constantFrom('due', 'accepted', 'code')),
      order: some(fc.constantFrom('asc', 'desc')),
    } as { readonly [Key in keyof FindDossiers]: fc.Arbitrary<FindDossiers[Key]> },
    { requiredKeys: [] },
  ),
})

interface Kept {
  readonly key: string
  readonly source: string
  readonly code: string
  readonly procedure: string
  readonly agencies: readonly string[]
  readonly status: string
  readonly clock: string
  readonly accepted: string
  readonly due: string
  readonly ended: string | null
  readonly late_at_end: boolean | null
  readonly missing: readonly string[]
}

/** One dossier after the other. */
function passes(row: Kept, params: Params, scope: Actor['scope']): boolean {
  const { asOf, text, prefix } = params
  const late = row.ended === null ? row.due < asOf! : row.late_at_end === true
  const names = [
    ...row.agencies.map((id) => foldVietnamese(agencies[ids.indexOf(id)]!)),
    foldVietnamese(procedures.find(([code]) => code === row.procedure)!.join(' ')),
  ]
  const words = foldVietnamese(text ?? '').split(' ')
  const code = (text ?? '').toUpperCase()
  return [
    scope === 'all' || row.agencies.some((id) => scope.includes(id)),
    text === undefined ||
      names.some((name) => words.every((word) => name.includes(word))) ||
      row.code.startsWith(code) ||
      row.code.endsWith(code),
    prefix === undefined || row.code.startsWith(prefix),
    params.agency === undefined || row.agencies.includes(params.agency),
    (['source', 'procedure', 'clock'] as const).every((name) =>
      [undefined, row[name]].includes(params[name]),
    ),
    params.state === undefined || row.status === params.state,
    params.late === undefined || late === (params.late === 'true'),
    params.missing === undefined || (late && row.missing.includes(params.missing)),
    params.dueFrom === undefined || (row.due !== 'infinity' && row.due >= params.dueFrom),
    params.dueTo === undefined || row.due <= params.dueTo,
  ].every(Boolean)
}

async function allPages(
  params: Params,
  scope: Actor['scope'],
  store: InMemoryEventStore,
): Promise<{ readonly items: readonly DossierListed[]; readonly totals: ReadonlySet<number> }> {
  const items: DossierListed[] = []
  const totals = new Set<number>()
  for (let cursor: string | undefined; ;) {
    const asked = { ...params, ...(cursor !== undefined && { cursor }) }
    const page = await findDossiers.answer({
      params: asked,
      actor: { ...clerk, scope },
      database,
      store,
      now,
    })
    items.push(...page.items)
    totals.add(page.total)
    expect(page.totalIsAtLeast).toBe(false)
    if (page.next === null) return { items, totals }
    cursor = page.next
  }
}

async function recorded(all: readonly Told[]) {
  const store = new InMemoryEventStore()
  const known = await ingestOn(now, store)
  for (const [code, name] of procedures)
    await setVersion(known, {
      code,
      name,
      time: 10,
      unit: 'working-day',
      maxSupplements: 2,
      reason: 'Bổ sung tên',
    })
  const parts = { ...known, resolveAgency: (name: string) => ids[agencies.indexOf(name)] ?? null }
  await ingest(parts, all.flatMap(linesOf))
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ types: boardProjection.events })) events.push(...page)
  await board.fill(events, [Math.floor(events.length / 2)])
  const { rows } = await database.query<Kept & Record<string, unknown>>(
    `SELECT key, source, code, procedure, agencies, status, clock, accepted::text, due::text, ended::text, late_at_end, missing
       FROM view.dossier_board_dossier`,
  )
  return { store, rows }
}

describe('the lists of the board', () => {
  it.each<Params>([{ sort: 'code' }, { order: 'desc' }, { prefix: 'H52' }])(
    'do not go on from a place in another order: %j',
    async (params) => {
      const cursor = encodeCursor('due ASC', { value: '2026-03-02', key: 'mcdt:1' })
      const ask = (asked: Params) =>
        findDossiers.answer({
          params: { ...asked, cursor },
          actor: clerk,
          database,
          store: new InMemoryEventStore(),
          now,
        })
      await expect(ask(params)).rejects.toMatchObject({ code: 'cursor-of-other-order' })
      expect((await ask({})).items).toEqual([])
    },
  )

  it('have every dossier that meets the conditions once, in order, and say how many there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { minLength: 200, maxLength: 300 }),
        fc.array(questions, { minLength: 60, maxLength: 60 }),
        async (all, asked) => {
          const { store, rows } = await recorded(all)
          for (const { scope, limit, params: given } of asked) {
            const params: Params = { asOf: '2026-04-01', ...given, limit }
            const sort = params.sort ?? (params.prefix === undefined ? 'due' : 'code')
            const expected = rows
              .filter((row) => passes(row, params, scope))
              .toSorted((a, b) => (a[sort] < b[sort] || (a[sort] === b[sort] && a.key < b.key) ? -1 : 1))
            if (params.order === 'desc') expected.reverse()
            const { items, totals } = await allPages(params, scope, store)
            const found = items.map(({ source, dossier }) => `${source}:${dossier}`)
            expect({ params, scope, found, totals: [...totals] }).toEqual({
              params,
              scope,
              found: expected.map(({ source, code }) => `${source}:${code}`),
              totals: [expected.length],
            })
          }
        },
      ),
      { numRuns: Number(process.env['ROVIEC_LIVES'] ?? 0) / 500 || 3, endOnFailure: true },
    )
  }, 600_000)

  it('say that there are more than were counted, where no count is kept', async () => {
    const { store } = await recorded([
      { ...fc.sample(told, 1)[0]!, isAccepted: true, waits: false, ended: 1 },
    ])
    await database.query(`
      INSERT INTO build.dossier_board_dossier
      SELECT (json_populate_record(d, json_build_object('key', d.key || n, 'code', d.code || n))).*
        FROM build.dossier_board_dossier d, generate_series(1, 10001) n;
      UPDATE build.dossier_board_count SET n = 10002`)
    const ask = (params: Params) =>
      findDossiers.answer({ params: { ...params, limit: 1 }, actor: clerk, database, store, now })
    expect(await ask({})).toMatchObject({ total: 10_002, totalIsAtLeast: false })
    expect(await ask({ prefix: 'H52' })).toMatchObject({ total: 10_000, totalIsAtLeast: true })
    expect(await ask({ dueFrom: '2026-01-01' })).toMatchObject({ total: 10_000, totalIsAtLeast: true })
  })
})
