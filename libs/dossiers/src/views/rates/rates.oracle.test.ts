import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import type { Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { allFormulas, dossierFormulas } from '../../domain/formulas/all-formulas.js'
import type { ReportPeriod } from '../../domain/formulas/formula.js'
import { clerk, ingest, ingestOn, setVersion } from '../../ingest/ingest.test-support.js'
import { findUnaccounted } from '../register/unaccounted.query.js'
import { assessedAt, bruteForce, knownAt, withoutVersion, type Chosen } from './brute-force.test-support.js'
import type { Dimension } from './cells.js'
import { findRateItems } from './rate-items.query.js'
import { readFigures } from './rate-figures.js'
import type { Part } from './rate-question.js'
import { eventsOf, RatesUnderTest, toldLives, type ToldLife } from './rates.test-support.js'

const now = '2026-09-01T02:00:00.000Z'
const cases = Number(process.env['ROVIEC_LIVES'] ?? 0) / 20 || 12

let server: TestDatabase
let database: Database
let view: RatesUnderTest
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  view = await RatesUnderTest.create(database)
})
afterAll(() => server.close())

const questions = fc.array(
  fc.record({
    offset: fc.integer({ min: -3, max: 100 }),
    length: fc.nat({ max: 60 }),
    place: fc.option(fc.nat({ max: 1_000 }), { freq: 3 }),
    by: fc.constantFrom<Dimension>('agency', 'field', 'procedure', 'channel'),
    formula: fc.constantFrom(...dossierFormulas),
    side: fc.constantFrom(undefined, 'in' as const, 'out' as const),
    chosen: fc.record(
      {
        agency: fc.nat({ max: 2 }),
        field: fc.constantFrom('Đất đai', 'Hộ tịch'),
        procedure: fc.constantFrom('TT-0', 'TT-1'),
        channel: fc.constantFrom('direct', 'online'),
      },
      { requiredKeys: [] },
    ),
  }),
  { minLength: 4, maxLength: 8 },
)

/** The log as lines in some order make it, sent in some parts. */
async function recorded(all: readonly ToldLife[], order: readonly number[]) {
  const store = new InMemoryEventStore()
  const parts = await ingestOn(now, store)
  for (const { procedure } of all) await setVersion(parts, procedure as Parameters<typeof setVersion>[1])
  const lines = all.flatMap((one) => one.lines)
  const rank = lines.map((_, at) => order[at % order.length]! * 7919 * (at + 1))
  const shuffled = [...lines.keys()].sort((a, b) => (rank[a]! % 1009) - (rank[b]! % 1009) || a - b)
  const half = Math.floor(shuffled.length / 2)
  for (const some of [shuffled.slice(0, half), shuffled.slice(half)])
    await ingest(
      parts,
      some.map((at) => lines[at]!),
    )
  return { store, events: await eventsOf(store) }
}

interface Told {
  readonly counts: Readonly<Record<string, readonly number[]>>
  readonly unjudged: number
}

async function told(
  period: ReportPeriod,
  by: Dimension,
  { agency, ...params }: Chosen,
  at: bigint | null,
): Promise<Told> {
  const { byValue, unjudged } = await readFigures(database, {
    formulas: [...allFormulas.keys()],
    at: at === null ? undefined : String(at),
    params: params as Part,
    period,
    by,
    agencies: agency === undefined ? null : [agency],
  })
  const counts = Object.fromEntries(
    [...byValue].flatMap(([value, counts]) =>
      [...counts].flatMap(([formula, [n, d]]) =>
        d === 0 ? [] : [[`${value}/${allFormulas[formula]!.name}`, [n, d]] as const],
      ),
    ),
  )
  return { counts, unjudged }
}

const asking = <Params>(params: Params, store: InMemoryEventStore) => ({
  params,
  actor: clerk,
  database,
  store,
  now,
})

describe('the view of rates', () => {
  it('counts what one dossier after the other gives, now and as of every position, wherever pages end', async () => {
    await fc.assert(
      fc.asyncProperty(
        toldLives(4, { inForceSince: true }),
        fc.array(fc.nat({ max: 1_000 }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        questions,
        async (all, order, cuts, asked) => {
          const { store, events } = await recorded(all, order)
          await view.fill(events, cuts)
          for (const { offset, length, place, by, chosen } of asked) {
            const to = addDays(all[0]!.life.notes[0]!.day, offset)
            const period = { from: addDays(to, -length), to }
            const at = place === null ? null : events[place % events.length]!.position
            const known = await knownAt(store, events, at ?? events.at(-1)!.position)
            const { agency, ...part } = chosen
            // Ids as the log has them; a name that the registry does not know stands for itself.
            const ids = [...new Set(known.flatMap(({ state }) => Object.values(state.agencies)))].sort()
            const of: Chosen = {
              ...part,
              ...(agency !== undefined && { agency: ids[agency] ?? 'xa-khong-ten' }),
            }
            const expected = bruteForce(known, period, by, of)
            const found = await told(period, by, of, at)
            expect({ period, by, of, at, counts: found.counts }).toEqual({
              period,
              by,
              of,
              at,
              counts: expected,
            })
            const { unjudged } = await told(period, by, {}, at)
            expect({ period, at, unjudged }).toEqual({ period, at, unjudged: withoutVersion(known, period) })
          }
        },
      ),
      { numRuns: cases },
    )
  }, 600_000)

  it('has the same rows wherever pages end, and from an empty start', async () => {
    await fc.assert(
      fc.asyncProperty(
        toldLives(3),
        fc.array(fc.nat({ max: 1_000 }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 10 }),
        async (all, order, cuts) => {
          const { events } = await recorded(all, order)
          await view.fill(events, [])
          const whole = await view.rows()
          await view.fill(events, cuts)
          expect(await view.rows()).toEqual(whole)
        },
      ),
      { numRuns: Math.ceil(cases / 3) },
    )
  }, 600_000)

  it('opens each figure and the register by name', async () => {
    await fc.assert(
      fc.asyncProperty(
        toldLives(5),
        fc.array(fc.nat({ max: 1_000 }), { minLength: 5, maxLength: 5 }),
        questions,
        async (all, order, asked) => {
          const { store, events } = await recorded(all, order)
          await view.fill(events, [7])
          for (const { offset, length, place, formula, side } of asked) {
            const to = addDays(all[0]!.life.notes[0]!.day, offset)
            const period = { from: addDays(to, -length), to }
            const at = place === null ? events.at(-1)!.position : events[place % events.length]!.position
            const known = await knownAt(store, events, at)
            const params = { at: String(at), limit: 2 }
            const assessments = known.map((each) => ({ ...each, assessment: assessedAt(each, period) }))

            const items: [string, number][] = []
            for (let cursor: string | undefined; ;) {
              const page = await findRateItems.answer(
                asking(
                  {
                    ...params,
                    ...period,
                    formula: formula.name,
                    ...(side && { numerator: side }),
                    ...(cursor && { cursor }),
                  },
                  store,
                ),
              )
              items.push(
                ...page.items.map(({ dossier, numerator }) => [dossier, numerator] as [string, number]),
              )
              if (page.next === null) break
              cursor = page.next
            }
            const expected = assessments.flatMap(({ assessment, rulebook }) => {
              if (assessment === null) return []
              const [n, d] = formula.shareOf(assessment, period, rulebook)
              const isAsked = side === undefined || n === (side === 'in' ? 1 : 0)
              return d === 1 && isAsked ? [[assessment.dossier, n]] : []
            })
            expect(items).toEqual(expected.sort(([a], [b]) => (a! < b! ? -1 : 1)))

            const lines: object[] = []
            for (let cursor: string | undefined; ;) {
              const page = await findUnaccounted.answer(
                asking({ ...params, asOf: to, ...(cursor && { cursor }) }, store),
              )
              lines.push(
                ...page.items.map(({ dossier, since, missing, owedBy }) => ({
                  dossier,
                  since,
                  missing,
                  owedBy,
                })),
              )
              expect(page.total).toBe(assessments.filter(({ assessment }) => assessment?.register).length)
              if (page.next === null) break
              cursor = page.next
            }
            const [agency = 'xa-khong-ten'] = known
              .flatMap(({ state }) => Object.values(state.agencies))
              .toSorted()
            const late = assessments.flatMap(({ state, assessment }) =>
              assessment?.lateness.late === true && Object.values(state.agencies).includes(agency)
                ? [assessment.duties]
                : [],
            )
            const accounted = late.filter(({ acceptance, apology }) => acceptance && apology)
            const { coverage } = await findUnaccounted.answer(asking({ ...params, asOf: to, agency }, store))
            expect([coverage.numerator, coverage.denominator]).toEqual([accounted.length, late.length])
            expect(lines).toEqual(
              assessments
                .flatMap(({ assessment }) =>
                  assessment?.register ? [{ dossier: assessment.dossier, ...assessment.register }] : [],
                )
                .map(({ dossier, since, missing, owedBy }) => ({ dossier, since, missing, owedBy }))
                .sort((a, b) => (`${a.since} ${a.dossier}` < `${b.since} ${b.dossier}` ? -1 : 1)),
            )
          }
        },
      ),
      { numRuns: Math.ceil(cases / 2) },
    )
  }, 600_000)
})
