import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseMoment } from '#calendar'
import type { Database } from '#database'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { evaluatedDossier, evaluateMessages } from '../../evaluate/evaluate-one.js'
import { clerk, ingest, ingestOn, setVersion } from '../../ingest/ingest.test-support.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { toldLives, type ToldLife } from '../rates/rates.test-support.js'
import { boardProjection } from './board.projection.js'
import { BoardUnderTest } from './board.test-support.js'
import { findDossiers, type DossierListed } from './find-dossiers.query.js'

const now = '2026-09-01T02:00:00.000Z'
/** After all that the lives tell. */
const asOf = '2026-08-31'
let server: TestDatabase
let database: Database
let board: BoardUnderTest
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  board = await BoardUnderTest.create(database)
})
afterAll(() => server.close())

async function recorded(all: readonly ToldLife[]) {
  const store = new InMemoryEventStore()
  const parts = await ingestOn(now, store)
  for (const { procedure } of all) await setVersion(parts, procedure as Parameters<typeof setVersion>[1])
  await ingest(
    parts,
    all.flatMap(({ lines }) => lines),
  )
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ types: boardProjection.events })) events.push(...page)
  return { store, parts, events }
}

const nothing = { clock: 'not-started', firstDue: null, due: null, reappointedTo: null, late: false }

async function listed(store: InMemoryEventStore, params: object = {}): Promise<readonly DossierListed[]> {
  const asking = { params: { asOf, limit: 500, ...params }, actor: clerk, database, store, now }
  return (await findDossiers.answer(asking)).items
}

describe('the board', () => {
  it('says of each dossier what the evaluation says, however its pages are cut', async () => {
    const cases = fc.record({ all: toldLives(4), cuts: fc.array(fc.nat({ max: 500 }), { maxLength: 6 }) })
    await fc.assert(
      fc.asyncProperty(cases, async ({ all, cuts }) => {
        const { store, parts, events } = await recorded(all)
        const whole = await board.fill(events, [])
        expect(await board.fill(events, cuts)).toEqual(whole)
        const items = await listed(store)
        expect(items).toHaveLength(all.length)
        for (const item of items) {
          const key = `mcdt:${item.dossier}`
          const { state } = await parts.commands.load<DossierState>(dossierWorkflow, key)
          const messages = messagesOf(state)
          const rulebook = await rulebooksOf(store).of(state, messages)
          const cut = { asOf: parseMoment(asOf), knownAt: null, period: { from: '0001-01-01', to: asOf } }
          const shown = evaluatedDossier(rulebook, evaluateMessages(rulebook, messages, cut), cut)
          const { clock, firstDue, due, reappointedTo, late, lateDays, missing } = item
          // What was taken back whole stands in the list, with the reason why there is nothing to show.
          expect(item.problem).toBe(shown === null ? 'dossier-not-yet' : null)
          const told = shown ?? { ...nothing, lateBy: { calendarDays: 0 }, register: null }
          expect({ clock, firstDue, due, reappointedTo, late, lateDays, missing }).toEqual({
            clock: told.clock,
            firstDue: told.firstDue,
            due: told.due,
            reappointedTo: told.reappointedTo,
            late: told.late,
            lateDays: told.lateBy.calendarDays,
            missing: told.register?.missing ?? [],
          })
        }
        const late = items.filter((item) => item.late)
        expect(await listed(store, { late: 'true' })).toEqual(late)
        const unexplained = late.filter(({ missing }) => missing.includes('explanation'))
        expect(await listed(store, { missing: 'explanation' })).toEqual(unexplained)
      }),
      { numRuns: Number(process.env['ROVIEC_LIVES'] ?? 0) / 20 || 15 },
    )
  })

  it('has nothing to show of a dossier of which a closing alone is left', async () => {
    const { store, parts } = await recorded([])
    const line = { source: 'mcdt', dossier: 'H52-1', procedure: 'TT-10', occurredAt: '2026-04-15' }
    await ingest(parts, [
      { ...line, id: 'a', type: 'Submitted' },
      { ...line, id: 'b', type: 'Closed' },
      { ...line, id: 'c', type: 'Corrected', data: { corrects: 'a', change: { void: true } } },
    ])
    const events: RecordedEvent[] = []
    for await (const page of store.readAll({ types: boardProjection.events })) events.push(...page)
    await board.fill(events, [])
    expect(await listed(store)).toMatchObject([{ dossier: 'H52-1', problem: 'dossier-not-yet', late: false }])
  })

  it('keeps what a dossier has pinned when calendar and procedure change', async () => {
    const { store, parts } = await recorded([])
    const line = { source: 'mcdt', id: 'a', type: 'Accepted', occurredAt: '2026-04-15', procedure: 'TT-10' }
    await ingest(parts, [{ ...line, dossier: 'H52-1' }])
    await parts.commands.handleOrThrow({
      id: '0197a1b2-0000-7000-8000-000000000009',
      workflow: 'calendar',
      aggregate: 'vn',
      transition: 'ChangeDays',
      data: {
        year: 2026,
        document: 'Thông báo 9/TB',
        set: [{ date: '2026-04-20', kind: 'holiday', name: 'Nghỉ đột xuất' }],
      },
      actor: clerk,
    })
    await ingest(parts, [{ ...line, dossier: 'H52-2' }])
    await setVersion(parts, { code: 'TT-10', time: 5, unit: 'working-day', reason: 'Ghi nhầm' })
    await ingest(parts, [{ ...line, dossier: 'H52-3' }])
    const events: RecordedEvent[] = []
    for await (const page of store.readAll({ types: boardProjection.events })) events.push(...page)
    await board.fill(events, [])
    const items = await listed(store, { sort: 'code' })
    // Ten days; ten and a day off more; five and the day off.
    expect(items.map(({ dossier, due }) => [dossier, due])).toEqual([
      ['H52-1', '2026-05-04'],
      ['H52-2', '2026-05-05'],
      ['H52-3', '2026-04-23'],
    ])
  })
})
