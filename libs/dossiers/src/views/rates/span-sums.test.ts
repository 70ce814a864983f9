import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { noEnd } from '../../domain/formulas/figures-over-time.js'
import type { SpanContent } from './span-rows.js'
import { rangesOf, SpanSums } from './span-sums.js'

const first = '2023-11-20'
const day = (most: number) => fc.nat({ max: most }).map((days) => addDays(first, days))
const orNever = (most: number) => fc.option(day(most), { nil: noEnd, freq: 3 })

/** Years apart and days apart: waits of every class, across months and years. */
const days = (make: typeof day | typeof orNever) => fc.oneof(make(40), make(400), make(900))

const spans = fc.array(
  fc.record({
    day_from: days(day),
    day_until: days(orNever),
    f0: days(orNever),
    n0: fc.constantFrom(0, 1),
  }),
  { maxLength: 12 },
)

const periods = fc
  .tuple(days(day), fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 400 })))
  .map(([from, length]) => ({ from, to: addDays(from, length) }))

function spanOf(some: object): SpanContent {
  const countings = Object.fromEntries(allFormulas.flatMap((_, at) => [[`f${at}`, null]]))
  return {
    ...countings,
    agency: 'a',
    field: 'f',
    procedure: 'p',
    channel: 'c',
    ...some,
  } as unknown as SpanContent
}

describe('the sums of spans', () => {
  it('count in the ranges of any period what one span after the other counts', () => {
    fc.assert(
      fc.property(spans, periods, (all, period) => {
        const own = all.filter(({ day_from, day_until }) => day_from <= day_until)
        const sums = new SpanSums()
        for (const span of own) sums.add(spanOf(span), 1)
        const rows = sums
          .rows()
          .filter(({ cell }) => cell.kind === 'field')
          .map(({ columns }) => columns as Readonly<Record<string, string>>)
        const found = rangesOf(period).flatMap(({ axis, from, before, otherAfter }) =>
          rows.filter(
            (row) =>
              row['axis'] === axis &&
              row['day']! >= from &&
              row['day']! < before &&
              (otherAfter === null || row['other']! > otherAfter),
          ),
        )
        const total = (column: string): number => found.reduce((sum, row) => sum + Number(row[column]), 0)
        const counted = own.filter(
          ({ day_from, day_until, f0 }) =>
            day_from <= period.to && day_until >= period.to && f0 >= period.from,
        )
        expect([total('n0'), total('d0')]).toEqual([
          counted.filter(({ n0 }) => n0 === 1).length,
          counted.length,
        ])
      }),
      { numRuns: 300 },
    )
  })

  it('come to nothing when every span is taken back', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const sums = new SpanSums()
        for (const sign of [1, -1] as const) for (const span of all) sums.add(spanOf(span), sign)
        expect(sums.rows()).toEqual([])
      }),
    )
  })

  it('are looked up in few ranges, for a whole year in two', () => {
    const year = rangesOf({ from: '2025-01-01', to: '2025-12-31' })
    expect(year.filter(({ axis }) => !axis.startsWith('w'))).toEqual([
      { axis: 'ty', from: '0001-01-01', before: '2026-01-01', otherAfter: null },
      { axis: 'fy', from: '0001-01-01', before: '2025-01-01', otherAfter: null },
    ])
    fc.assert(
      fc.property(periods, (period) => {
        expect(rangesOf(period).length).toBeLessThanOrEqual(9)
      }),
    )
  })
})
