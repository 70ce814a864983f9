import { describe, expect, it } from '@jest/globals'
import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { reportPeriods, reportPeriodSeedCommand } from '../record/report-periods.js'
import { people } from './dossier.cases.test-support.js'
import { shippedPeriods } from './report-period.js'
import { reportPeriodWorkflow } from './report-period.workflow.js'

const document = { number: '12/KH-UBND', date: '2026-01-15', issuer: 'UBND tỉnh Lạng Sơn' }
const year2026 = { name: '2026', from: '2025-12-15', to: '2026-12-14', dueBefore: '2026-12-17' }

function office() {
  const store = new InMemoryEventStore()
  const handler = new CommandHandler({ store, clock: systemClock, workflows: [reportPeriodWorkflow] })
  const begin = () => handler.handleOrThrow({ ...reportPeriodSeedCommand(), actor: people.system })
  const set = (data: object) =>
    handler.handle({
      id: newId(),
      workflow: 'report-period',
      aggregate: 'province',
      transition: 'SetPeriod',
      data: data as JsonValue,
      actor: people.homeAffairs,
    })
  const named = async (name: string, at?: bigint) =>
    (await reportPeriods(store, at)).periods.find((period) => period.name === name) ?? null
  return { store, begin, set, named }
}

describe('report periods', () => {
  it('begin with those of the program, each with its source', async () => {
    const { begin, store } = office()
    expect(await reportPeriods(store)).toEqual({ periods: shippedPeriods, position: 0n })
    await begin()
    expect(await reportPeriods(store)).toEqual({ periods: shippedPeriods, position: await store.head() })
  })

  it('are set by a document; as of an older position they are what they were', async () => {
    const { begin, set, named, store } = office()
    await begin()
    const before = await store.head()
    await set({ ...year2026, document })
    const first = await store.head()
    await set({ ...year2026, to: '2026-12-09', document: { ...document, number: '15/KH-UBND' } })
    expect(await named('2026', before)).toBeNull()
    expect(await named('2026', first)).toEqual({
      ...year2026,
      audience: null,
      source: '12/KH-UBND ngày 15/01/2026 của UBND tỉnh Lạng Sơn',
    })
    expect(await named('2026')).toMatchObject({ to: '2026-12-09', source: expect.stringContaining('15/KH') })
    expect((await reportPeriods(store)).position).toBe(await store.head())
  })

  it('of a record that an older program began are those of the program for the time before', async () => {
    const { begin, set, named, store } = office()
    const old = await store.head()
    await begin()
    const { source: _source, ...days } = shippedPeriods[0]!
    await set({ ...days, to: '2025-12-31', document })
    expect(await named('2025', old)).toEqual(shippedPeriods[0])
    expect(await named('2025')).toMatchObject({ to: '2025-12-31' })
  })

  it('say nothing new when set again alike', async () => {
    const { begin, set, store } = office()
    await begin()
    await set({ ...year2026, document })
    const head = await store.head()
    expect(await set({ ...year2026, dueBefore: '2026-12-17', document })).toMatchObject({ events: [] })
    expect(await store.head()).toBe(head)
  })

  it.each([
    ['report-period-reversed', { from: '2026-12-15' }],
    ['invalid-input', { name: '2026-Q3-calendar' }],
    ['invalid-input', { name: 'quý 3' }],
    ['invalid-input', { to: '2026-02-30' }],
    ['invalid-input', { document: { ...document, number: ' ' } }],
  ])('are refused: %s %j', async (code, wrong) => {
    const { begin, set } = office()
    await begin()
    const told = await set({ ...year2026, document, ...wrong }).then(
      (outcome) => (outcome.status === 'refused' ? outcome.refusal.code : outcome.status),
      (error: { code: string }) => error.code,
    )
    expect(told).toBe(code)
  })
})
