import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseMoment } from '#calendar'
import { lives, livesOr, longRunMs, messagesOf, procedureOf } from './dossier.lives.test-support.js'
import { nextDay, oracle, type OracleLife } from './dossier.oracle.test-support.js'
import { rulebook } from './dossier.test-support.js'
import { overdueRaisedFor } from './overdue.js'

/** Overdue messages name due dates themselves; a second submission may set a result aside. */
const isJudged = ({ id, type }: OracleLife['notes'][number]): boolean =>
  type !== 'Overdue' && (type !== 'Submitted' || id === 'n0')

const withLags = fc.record({
  life: lives.map((life) => ({ ...life, notes: life.notes.filter(isJudged) })),
  lags: fc.array(fc.constantFrom(0, 0, 0, 1, 4, 15, 40), { minLength: 14, maxLength: 14 }),
})

/** Looks at the file every morning and evening with what has come in by then, and at the end with everything. */
function raisedDayByDay(life: OracleLife, receivedOn: ReadonlyMap<string, string>): string[] {
  const raised = new Set<string>()
  const look = (asOf: string, notes: OracleLife['notes']): void => {
    const { late, due } = oracle({ ...life, notes, asOf })
    if (late && due !== null) raised.add(due)
  }
  const days = [...receivedOn.values()].sort()
  const knownBy = (wanted: (received: string) => boolean) =>
    life.notes.filter(({ id }) => wanted(receivedOn.get(id)!))
  for (let day = days[0]!; day <= life.asOf; day = nextDay(day)) {
    look(
      day,
      knownBy((received) => received < day),
    )
    look(
      day,
      knownBy((received) => received <= day),
    )
  }
  look(life.asOf, life.notes)
  return [...raised].sort()
}

describe('overdue over random lives', () => {
  it(
    'is raised as by someone who looks every morning and evening',
    () => {
      fc.assert(
        fc.property(withLags, ({ life, lags }) => {
          const receivedOn = new Map(
            life.notes.map(({ id, day }, at) => {
              let received = day
              for (let left = lags[at]!; left > 0; left--) received = nextDay(received)
              return [id, received]
            }),
          )
          const messages = messagesOf(life).map((message) => ({
            ...message,
            received: parseMoment(receivedOn.get(message.id)!),
          }))
          expect(overdueRaisedFor(rulebook(procedureOf(life)), messages, parseMoment(life.asOf))).toEqual(
            raisedDayByDay(life, receivedOn),
          )
        }),
        livesOr(100),
      )
    },
    longRunMs,
  )
})
