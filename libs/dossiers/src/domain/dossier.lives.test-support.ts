import fc from 'fast-check'
import { dossierMessageTypes } from './dossier.message.js'
import { nextDay, type OracleLife } from './dossier.oracle.test-support.js'
import { message, procedure, within } from './dossier.test-support.js'

/** Random lives of a property: as many as it has time for in every build, all of them in `npm run test:lives`. */
export function livesOr(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { ROVIEC_LIVES: lives = usual, ROVIEC_SEED: seed } = process.env
  return { numRuns: Number(lives), ...(seed !== undefined && { seed: Number(seed) }) }
}

/** Of one property in the long run, on a machine that has other work. */
export const longRunMs = 4 * 3_600_000

const types = dossierMessageTypes.filter((type) => type !== 'Corrected')

const note = fc.record({
  type: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('SupplementRequested' as const, 'Supplemented' as const) },
    { weight: 2, arbitrary: fc.constantFrom('FeeRequested' as const, 'FeePaid' as const) },
    { weight: 1, arbitrary: fc.constantFrom('Resolved' as const, 'ResultReturned' as const) },
    { weight: 4, arbitrary: fc.constantFrom(...types) },
  ),
  day: fc.integer({ min: 0, max: 70 }),
})

/** Lives around Tết, swaps and the long holidays of 2025 and 2026, likely and unlikely ones. */
export const lives: fc.Arbitrary<OracleLife> = fc
  .record({
    start: fc.constantFrom(
      '2024-12-20',
      '2025-01-15',
      '2025-04-01',
      '2025-08-15',
      '2026-01-20',
      '2026-04-05',
    ),
    shift: fc.integer({ min: 0, max: 25 }),
    days: fc.integer({ min: 1, max: 25 }),
    unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
    restart: fc.boolean(),
    feeStops: fc.boolean(),
    maxSupplements: fc.integer({ min: 0, max: 2 }),
    appointment: fc.option(fc.integer({ min: 3, max: 30 }), { freq: 4 }),
    acceptedAfter: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 12 }),
    notes: fc.array(note, { maxLength: 12 }),
    asOf: fc.integer({ min: 0, max: 110 }),
  })
  .map(({ start, shift, acceptedAfter, notes, asOf, appointment, ...rest }) => {
    const day = (after: number): string => {
      let date: string = start
      for (let left = shift + after; left > 0; left--) date = nextDay(date)
      return date
    }
    const all = [
      { type: 'Submitted' as const, day: 0 },
      ...(acceptedAfter === null ? [] : [{ type: 'Accepted' as const, day: acceptedAfter }]),
      ...notes,
    ]
    return {
      ...rest,
      appointment: appointment === null ? null : day(appointment),
      asOf: day(asOf),
      notes: all.map((each, at) => ({ id: `n${at}`, type: each.type, day: day(each.day) })),
    }
  })

export function procedureOf({ days, unit, restart, feeStops, maxSupplements }: OracleLife, code = 'TT-10') {
  return procedure({
    code,
    within: within(days, unit),
    supplement: restart ? 'restart' : 'resume',
    feeStopsClock: feeStops,
    maxSupplements,
  })
}

export function messagesOf({ notes, appointment }: OracleLife) {
  return notes.map(({ id, type, day }) =>
    message(type as (typeof types)[number], day, {
      id,
      data: type === 'Accepted' ? { appointment } : {},
    }),
  )
}
