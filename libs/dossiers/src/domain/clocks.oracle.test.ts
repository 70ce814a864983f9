import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  dayAfter,
  monthAfter,
  officeMinuteAfter,
  rolled,
  sessionAfter,
  workingDayAfter,
  works,
} from './clocks.oracle.test-support.js'
import { livesOr, longRunMs } from './dossier.lives.test-support.js'
import { nextDay } from './dossier.oracle.test-support.js'
import { assessed, message, procedure, within } from './dossier.test-support.js'

const starts = ['2024-12-20', '2025-01-15', '2025-04-01', '2025-08-15', '2026-01-20', '2026-04-05']
const aDay = fc
  .tuple(fc.constantFrom(...starts), fc.nat({ max: 40 }))
  .map(([start, shift]) => dayAfter(start, shift))
const aMinute = fc.integer({ min: 0, max: 1_439 })
const anHour = fc.option(aMinute, { freq: 3 })

function momentOf(day: string, minute: number | null): string {
  if (minute === null) return day
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

function daysWithin(after: string, upTo: string, counts: (day: string) => boolean): number {
  let count = 0
  for (let day = nextDay(after); day <= upTo; day = nextDay(day)) if (counts(day)) count++
  return count
}

describe('procedures in other units, against counting', () => {
  it(
    'months and half days, with a wait for a supplement that is added',
    () => {
      const cases = fc.record({
        accepted: aDay,
        minute: anHour,
        inMonths: fc.boolean(),
        amount: fc.integer({ min: 1, max: 3 }),
        requested: fc.integer({ min: 1, max: 40 }),
        wait: fc.nat({ max: 12 }),
        ended: fc.option(fc.nat({ max: 120 })),
      })
      fc.assert(
        fc.property(cases, ({ accepted, minute, inMonths, amount, requested, wait, ended }) => {
          const halfDays = amount * 4 - 3
          const end = inMonths ? monthAfter(accepted, amount) : sessionAfter(accepted, minute, halfDays)
          const firstDue = inMonths ? rolled(end) : end
          const from = dayAfter(accepted, requested)
          const to = dayAfter(from, wait)
          const days = from > firstDue ? 0 : daysWithin(from, to, inMonths ? () => true : works)
          const moved = inMonths ? rolled(dayAfter(end, days)) : workingDayAfter(end, days)
          const due = days === 0 ? firstDue : moved
          const resolved = ended === null ? null : dayAfter(to, ended + 1)
          const asOf = resolved ?? dayAfter(to, 60)
          const found = assessed(
            [
              message('Accepted', momentOf(accepted, minute)),
              message('SupplementRequested', from),
              message('Supplemented', to),
              ...(resolved === null ? [] : [message('Resolved', resolved)]),
            ],
            asOf,
            procedure({ within: inMonths ? within(amount, 'month') : within(halfDays / 2) }),
          )
          expect([found.clock.first?.date, found.clock.due, found.lateness.late]).toEqual([
            firstDue,
            due,
            asOf > due,
          ])
        }),
        livesOr(500),
      )
    },
    longRunMs,
  )

  it(
    'the answer to an online submission within 8 working hours',
    () => {
      const cases = fc.record({
        submitted: aDay,
        minute: anHour,
        answered: fc.option(fc.tuple(fc.nat({ max: 6 }), aMinute)),
        type: fc.constantFrom('Accepted' as const, 'Refused' as const, 'SupplementRequested' as const),
        looked: fc.tuple(fc.nat({ max: 9 }), aMinute),
      })
      fc.assert(
        fc.property(cases, ({ submitted, minute, answered, type, looked }) => {
          const [day, at] =
            minute === null
              ? officeMinuteAfter(nextDay(submitted), 0, 480)
              : officeMinuteAfter(submitted, minute, 480)
          const due = momentOf(day, at)
          const answer =
            answered === null ? null : momentOf(dayAfter(submitted, 1 + answered[0]), answered[1])
          const asOf = momentOf(dayAfter(submitted, 8 + looked[0]), looked[1])
          const found = assessed(
            [
              message('Submitted', momentOf(submitted, minute), { channel: 'online' }),
              ...(answer === null ? [] : [message(type, answer)]),
            ],
            asOf,
          )
          const isLate = (answer ?? asOf) > due
          const verdict = answer === null ? (isLate ? 'overdue' : 'pending') : isLate ? 'missed' : 'met'
          expect([found.acceptance?.due.slice(0, 16), found.acceptance?.verdict]).toEqual([due, verdict])
        }),
        livesOr(500),
      )
    },
    longRunMs,
  )
})

describe('steps, against counting', () => {
  it(
    'have each its own time, and whoever let the first of them pass owes the explanation',
    () => {
      const agencies = ['mot-cua', 'so-nnmt', 'ubnd-xa']
      const cases = fc.record({
        accepted: aDay,
        times: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
        gaps: fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }),
        handed: fc.integer({ min: 0, max: 3 }),
        isEnded: fc.boolean(),
        causedBy: fc.option(fc.constantFrom('so-tu-phap', 'so-noi-vu')),
      })
      fc.assert(
        fc.property(cases, ({ accepted, times, gaps, handed, isEnded, causedBy }) => {
          const count = Math.min(handed, times.length)
          const days = [accepted]
          for (const gap of gaps) days.push(dayAfter(days.at(-1)!, gap))
          const last = dayAfter(days[count]!, 5)
          const steps = times.slice(0, count).map((half, at) => {
            const due = sessionOrDay(days[at + 1]!, half)
            const finished = at + 1 < count ? days[at + 2]! : isEnded ? last : null
            const seen = finished ?? last
            const inTime = finished === null ? null : seen < due ? 'before' : 'on'
            return { agency: agencies[at]!, due, result: seen > due ? 'after' : inTime }
          })
          const found = assessed(
            [
              message('Accepted', accepted, { agency: 'mot-cua' }),
              ...steps.map((_, at) => message('HandedOver', days[at + 1]!, { step: String(at + 1) })),
              ...(isEnded
                ? [
                    message('Resolved', last, {
                      agency: 'so-ket-qua',
                      ...(causedBy && { delayCausedBy: causedBy }),
                    }),
                  ]
                : []),
            ],
            last,
            procedure({
              within: within(1),
              steps: times.map((half, at) => ({ id: null, agency: agencies[at]!, within: within(half / 2) })),
            }),
          )
          expect(found.steps).toEqual(steps)
          const reported = isEnded ? causedBy : null
          const resolving = isEnded ? 'so-ket-qua' : (steps.at(-1)?.agency ?? 'mot-cua')
          const lateStep = steps.find(({ result }) => result === 'after')?.agency ?? null
          const unit = lateStep ?? reported ?? resolving
          expect(found.register?.owedBy ?? null).toEqual(
            last > workingDayAfter(accepted, 1)
              ? {
                  explanation: unit,
                  acceptance: unit,
                  apology: reported ?? lateStep ?? resolving,
                  delivery: 'mot-cua',
                }
              : null,
          )
        }),
        livesOr(500),
      )
    },
    longRunMs,
  )
})

/** Half days from the end of the day of hand-over; an even number of them are working days. */
function sessionOrDay(from: string, halfDays: number): string {
  return halfDays % 2 === 0 ? workingDayAfter(from, halfDays / 2) : sessionAfter(from, null, halfDays)
}
