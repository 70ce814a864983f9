import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { lives, livesOr, longRunMs, messagesOf, procedureOf } from './dossier.lives.test-support.js'
import { oracle } from './dossier.oracle.test-support.js'
import { assessed } from './dossier.test-support.js'

describe('random lives', () => {
  it(
    'come out as a clerk would find them, turning the calendar page by page',
    () => {
      fc.assert(
        fc.property(lives, (life) => {
          if (!life.notes.some(({ day }) => day <= life.asOf)) return
          const expected = oracle(life)
          const found = assessed(messagesOf(life), life.asOf, procedureOf(life))
          expect({
            status: found.status,
            firstDue: found.clock.first?.date ?? null,
            due: found.clock.due,
            late: found.lateness.late,
            ...found.lateness.lateBy,
            early: found.lateness.early,
            missing: found.register?.missing ?? null,
            closeMissing: found.closing.missing,
            expired: found.flags.includes('supplement-expired'),
            tooManySupplements: found.flags.includes('second-supplement-request'),
          }).toEqual({
            status: expected.status,
            firstDue: expected.firstDue,
            due: expected.due,
            late: expected.late,
            workingDays: expected.workingDays,
            calendarDays: expected.calendarDays,
            early: expected.early,
            missing: expected.missing,
            closeMissing: expected.closeMissing,
            expired: expected.expired,
            tooManySupplements: expected.tooManySupplements,
          })
        }),
        livesOr(2_000),
      )
    },
    longRunMs,
  )
})
