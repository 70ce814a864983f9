import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BusinessCalendar, parseMoment, usualOfficeHours } from '#calendar'
import { readCalendarSeed, seededCalendar } from '#calendar/record'
import { InMemoryEventStore } from '#event-store'
import { lives, livesOr, longRunMs } from '../domain/dossier.lives.test-support.js'
import type { OracleLife } from '../domain/dossier.oracle.test-support.js'
import { messagesOf } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { currentLaw } from '../domain/rulebook.js'
import { CollectedLines } from '../evaluate/collect-lines.js'
import { evaluateDossiers } from '../evaluate/evaluate-dossiers.js'
import { evaluatedDossier, evaluateMessages } from '../evaluate/evaluate-one.js'
import { rulebooksOf } from '../record/rulebooks.js'
import { ingest, ingestOn, setVersion } from './ingest.test-support.js'

const now = '2026-09-01T02:00:00.000Z'
const calendar = new BusinessCalendar(seededCalendar(readCalendarSeed()))

/** Delivered in any order, in any parts, some of it twice. */
interface Delivery {
  readonly life: OracleLife
  readonly order: readonly number[]
  readonly cuts: readonly number[]
}

const deliveries: fc.Arbitrary<Delivery> = lives.chain((life) =>
  fc.record({
    life: fc.constant(life),
    order: fc.array(fc.nat({ max: life.notes.length - 1 }), { maxLength: 8 }).chain((again) =>
      fc.shuffledSubarray([...life.notes.keys(), ...again], {
        minLength: life.notes.length + again.length,
      }),
    ),
    cuts: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
  }),
)

function linesOf({ notes, appointment }: OracleLife): object[] {
  return notes.map(({ id, type, day }) => ({
    source: 'mcdt',
    id,
    dossier: 'H52-1',
    type,
    occurredAt: day,
    procedure: 'TT-1',
    ...(type === 'Accepted' && appointment !== null && { data: { appointment } }),
  }))
}

function procedureLine({ days, unit, restart, feeStops, maxSupplements }: OracleLife) {
  return {
    code: 'TT-1',
    time: days,
    unit,
    supplement: restart ? 'restart' : 'resume',
    feeStopsClock: feeStops,
    maxSupplements,
  }
}

describe('a dossier on record', () => {
  it(
    'is what the evaluation makes of the same lines, whatever order they came in and however often',
    async () => {
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ life, order, cuts }) => {
          const store = new InMemoryEventStore()
          const parts = await ingestOn(now, store)
          await setVersion(parts, procedureLine(life))
          const lines = linesOf(life)
          const sent = order.map((at) => lines[at]!)
          const ends = [...cuts.map((cut) => cut % (sent.length + 1)), sent.length].toSorted((a, b) => a - b)
          let from = 0
          for (const to of ends) {
            await ingest(parts, sent.slice(from, to))
            from = to
          }
          const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
          const asOf = parseMoment(life.asOf)
          const cut = { asOf, knownAt: null, period: { from: '0001-01-01', to: asOf.date } }
          const rulebook = await rulebooksOf(store).of(state, messagesOf(state))
          const shown = evaluatedDossier(rulebook, evaluateMessages(rulebook, messagesOf(state), cut), cut)

          const collected = new CollectedLines(calendar, () => null)
          const received = lines.map((line) => ({ ...line, recordedAt: now }))
          for (const line of [{ kind: 'procedure', ...procedureLine(life) }, ...received])
            collected.take({ number: 1, text: JSON.stringify(line) })
          const expected = evaluateDossiers(
            { calendar, hours: usualOfficeHours, law: currentLaw, procedures: collected.procedures },
            collected,
            cut,
          ).next()
          expect(shown).toEqual(expected.done === true ? null : expected.value)
        }),
        livesOr(60),
      )
    },
    longRunMs,
  )
})
