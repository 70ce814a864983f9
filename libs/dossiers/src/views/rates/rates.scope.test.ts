import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { announceYear, clerk, ingest, ingestOn, setVersion } from '../../ingest/ingest.test-support.js'
import { findUnaccounted } from '../register/unaccounted.query.js'
import { compareRates } from './compare-rates.query.js'
import { findRates } from './find-rates.query.js'
import { findRateItems } from './rate-items.query.js'
import { eventsOf, RatesUnderTest } from './rates.test-support.js'

const now = '2026-09-01T02:00:00.000Z'
const quarter = { from: '2026-04-01', to: '2026-06-30' }
const lines: { readonly id: string; readonly dossier: string }[] = []
const tell = (dossier: string, type: string, occurredAt: string, more: object = {}): void => {
  const id = `m${lines.length}`
  const line = { source: 'mcdt', id, dossier, type, occurredAt, procedure: 'TT-10', ...more }
  lines.push(line)
}
// Due 04/5/2026. A is in time; B is late and was handled by the other agency; C waited for a supplement after a restart.
tell('A', 'Submitted', '2026-04-15', { channel: 'online' })
tell('A', 'Accepted', '2026-04-15', { agency: 'mot-cua' })
tell('A', 'Resolved', '2026-04-30', { agency: 'mot-cua' })
tell('B', 'Accepted', '2026-04-15', { agency: 'mot-cua' })
tell('B', 'Resolved', '2026-05-08', { agency: 'so-nnmt' })
tell('C', 'Accepted', '2026-04-15', { agency: 'so-nnmt', procedure: 'TT-R' })
tell('C', 'SupplementRequested', '2026-04-21', { procedure: 'TT-R' })
tell('C', 'Supplemented', '2026-04-23', { procedure: 'TT-R' })
tell('C', 'Resolved', '2026-05-08', { procedure: 'TT-R', agency: 'so-nnmt' })
tell('D', 'Accepted', '2026-04-15', { agency: 'xa-khong-ten', procedure: 'TT-10' })

tell('E', 'Accepted', '2026-04-15', { agency: 'mot-cua', procedure: 'TT-M' })
tell('E', 'Corrected', '2026-05-06', {
  procedure: 'TT-M',
  data: { corrects: `m${lines.length - 1}`, change: { occurredAt: '2025-12-31' } },
})

const officer = (...scope: string[]): Actor => ({
  id: 'x',
  agency: scope[0]!,
  roles: ['lead-officer'],
  scope,
})

let server: TestDatabase
let database: Database
let store: InMemoryEventStore
let parts: Awaited<ReturnType<typeof ingestOn>>
let view: RatesUnderTest
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  view = await RatesUnderTest.create(database)
  store = new InMemoryEventStore()
  parts = await ingestOn(now, store)
  await setVersion(parts, {
    code: 'TT-10',
    time: 10,
    unit: 'working-day',
    field: 'Đất đai',
    reason: 'ghi lĩnh vực',
  })
  await setVersion(parts, { code: 'TT-R', time: 10, unit: 'working-day', supplement: 'restart' })
  await setVersion(parts, { code: 'TT-M', time: 10, unit: 'working-day', validFrom: '2026-01-01' })
  const { summary } = await ingest(parts, lines)
  if (summary.accepted !== lines.length) throw new Error('a line of the case was not taken')
  await view.fill(await eventsOf(store), [5])
})
afterAll(() => server.close())

const asking = <Params extends object>(params: Params, actor: Actor = clerk) => ({
  params: { ...quarter, ...params },
  actor,
  database,
  store,
  now,
})
const table = async (params: object, actor?: Actor): Promise<string[]> => {
  const { rows, total } = await findRates.answer(asking(params, actor))
  return [...rows, { name: 'tổng', ...total }].map(
    (row) => `${row.name} ${row.numerator}/${row.denominator} ${row.percent}`,
  )
}

describe('rates', () => {
  it('tell of a dossier whose correction leaves no version of its procedure in force', async () => {
    expect(await findRates.answer(asking({ formula: 'can-xu-ly' }))).toMatchObject({ unjudged: 1 })
    expect(
      await findRates.answer(asking({ formula: 'can-xu-ly', by: 'procedure', procedure: 'TT-M' })),
    ).toMatchObject({ unjudged: 1, total: { denominator: 0 } })
  })

  it('are told by agency, field, procedure and channel, with what names nothing on a line of its own', async () => {
    expect(await table({ formula: 'can-xu-ly' })).toEqual([
      'mot-cua 1/2 50',
      'so-nnmt 0/1 0',
      'xa-khong-ten 1/1 100',
      'tổng 2/4 50',
    ])
    expect(await table({ formula: 'don-gian', by: 'field' })).toEqual([
      '(không ghi lĩnh vực) 1/1 100',
      'Đất đai 1/2 50',
      'tổng 2/3 66.67',
    ])
    expect(await table({ by: 'channel' })).toEqual([
      '(không ghi hình thức nộp) 0/3 0',
      'Trực tuyến 1/1 100',
      'tổng 1/4 25',
    ])
    expect(await table({ formula: 'early', from: '2026-07-01', to: '2026-07-31' })).toEqual(['tổng 0/0 null'])
  })

  it('may be asked of a part: the same from the spans as from the sums', async () => {
    expect(await table({ formula: 'can-xu-ly', field: 'Đất đai' })).toEqual([
      'mot-cua 1/2 50',
      'xa-khong-ten 1/1 100',
      'tổng 2/3 66.67',
    ])
    expect(await table({ formula: 'can-xu-ly', agency: 'xa-khong-ten' })).toEqual([
      'xa-khong-ten 1/1 100',
      'tổng 1/1 100',
    ])
  })

  it('show an agency its own figures only, and in the register what it has to do with', async () => {
    const one = officer('son-la/mot-cua')
    const other = officer('son-la/so-nnmt')
    for (const by of ['agency', 'field', 'procedure', 'channel'])
      expect((await table({ formula: 'can-xu-ly', by }, one)).at(-1)).toBe('tổng 1/2 50')
    expect(await table({ formula: 'can-xu-ly' }, other)).toEqual(['so-nnmt 0/1 0', 'tổng 0/1 0'])
    expect(await table({ formula: 'can-xu-ly', agency: 'son-la/so-nnmt' }, one)).toEqual(['tổng 0/0 null'])
    const { items, total } = await findRateItems.answer(asking({}, one))
    expect([items.map(({ dossier }) => dossier), total.denominator]).toEqual([['A', 'B'], 2])
    const listed = async (actor: Actor): Promise<string[]> =>
      (await findUnaccounted.answer({ ...asking({}, actor), params: { asOf: '2026-06-30' } })).items.map(
        ({ dossier }) => dossier,
      )
    expect(await listed(clerk)).toEqual(['B', 'D'])
    expect(await listed(one)).toEqual(['B'])
    expect(await listed(other)).toEqual(['B'])
    expect(await listed(officer('son-la/so-y-te'))).toEqual([])
    const coverage = async (actor: Actor, more: object = {}) => {
      const params = { asOf: '2026-06-30', ...more }
      const found = await findUnaccounted.answer({ ...asking({}, actor), params })
      return `${found.items.length} of ${found.total}, ${found.coverage.numerator}/${found.coverage.denominator}`
    }
    // B was accepted by the one and resolved late by the other: in either's register, and in the coverage of either.
    expect(await coverage(clerk)).toBe('2 of 2, 0/2')
    expect(await coverage(other)).toBe('1 of 1, 0/1')
    expect(await coverage(clerk, { agency: 'son-la/so-nnmt' })).toBe('1 of 1, 0/1')
    const at = String((await findUnaccounted.answer({ ...asking({}), params: {} })).position)
    expect(await coverage(other, { at })).toBe('1 of 1, 0/1')
  })

  it('differ between two formulas dossier by dossier, each with its reason', async () => {
    const { first, second, items } = await compareRates.answer(asking({ compare: 'qd766-2.1,can-xu-ly' }))
    expect([first.numerator, second.numerator]).toEqual([1, 2])
    expect(items).toMatchObject([
      {
        dossier: 'C',
        first: { counted: 'bad' },
        second: { counted: 'good' },
        reason:
          'qd766-2.1: quá hạn: kết thúc ngày 08/05/2026, hạn tính cả thời gian chờ bổ sung 06/05/2026; can-xu-ly: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
      },
    ])
  })

  it('are the same when they are asked for again as of their position, whatever came since', async () => {
    const events = await eventsOf(store)
    await view.fill(events.slice(0, -4), [])
    const before = await findRates.answer(asking({ by: 'procedure' }))
    await view.go(events.slice(-4), [])
    expect(await findRates.answer(asking({ by: 'procedure' }))).not.toEqual(before)
    expect(await findRates.answer(asking({ by: 'procedure', at: before.position }))).toEqual(before)
  })

  it('refuse what makes no sense, and say what would', async () => {
    const cases = [
      [{ formula: 'x' }, 'formula-unknown'],
      [{ period: '2026-Q1' }, 'period-twice'],
      [{ by: 'step', formula: 'don-gian' }, 'formula-not-of-steps'],
      [{ from: '2026-07-01' }, 'period-invalid'],
    ] as const
    for (const [params, code] of cases)
      await expect(findRates.answer(asking(params))).rejects.toMatchObject({ code })
    await expect(compareRates.answer(asking({ compare: 'don-gian' }))).rejects.toMatchObject({
      code: 'compare-invalid',
    })
    await expect(findRateItems.answer(asking({ cursor: 'WyJ4IiwieSJd' }))).rejects.toMatchObject({
      code: 'cursor-invalid',
    })
  })
})

it('a dossier due beyond the calendar that it pinned is judged once that year is announced', async () => {
  await setVersion(parts, { code: 'TT-L', time: 20, unit: 'month', field: 'Dài hạn' })
  const line = (type: string, occurredAt: string) => {
    return { source: 'mcdt', id: type, dossier: 'L', type, occurredAt, procedure: 'TT-L', agency: 'mot-cua' }
  }
  const rates = async () => {
    const done = (await eventsOf(store)).filter(({ position }) => position > read)
    read = done.at(-1)!.position
    await view.go(done, [1, 2])
    const { unjudged, total } = await findRates.answer(asking({ formula: 'can-xu-ly', procedure: 'TT-L' }))
    return [unjudged, total.denominator]
  }
  let read = (await eventsOf(store)).findLast(
    ({ data }) => (data as { id?: string }).id === lines.at(-1)!.id,
  )!.position
  await ingest(parts, [line('Accepted', '2026-05-15')])
  expect(await rates()).toEqual([1, 0])
  await announceYear(parts, 2028)
  await ingest(parts, [line('HandedOver', '2026-05-16')])
  expect(await rates()).toEqual([0, 1])
})
