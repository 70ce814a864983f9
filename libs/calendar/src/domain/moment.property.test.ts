import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseLocalDate } from '../local-date.js'
import { parseMoment, type Moment } from './moment.js'

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** By a pattern and the language's own dates: slow and obvious. Null where it is no moment. */
function obvious(text: string): Moment | null {
  const [, date, hours, minutes, seconds = '00', fraction = '', offset] = pattern.exec(text) ?? []
  if (date === undefined || !isDay(date)) return null
  if (hours === undefined || minutes === undefined) return { date, time: null }
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const instant = `${date}T${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
  const minutesAhead = offset === undefined ? 7 * 60 : aheadOf(offset)
  if (minutesAhead === null) return null
  const atVietnamsClock = new Date(Date.parse(instant) + (7 * 60 - minutesAhead) * 60_000).toISOString()
  const day = atVietnamsClock.slice(0, -14)
  return isDay(day) ? { date: day, time: Date.parse(atVietnamsClock) - Date.parse(`${day}T00:00:00Z`) } : null
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !text.startsWith('0000') &&
    !Number.isNaN(at.getTime()) &&
    at.toISOString().startsWith(text)
  )
}

function aheadOf(offset: string): number | null {
  if (offset.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  if (hours > 18 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function read(text: string): Moment | null {
  try {
    return parseMoment(text)
  } catch {
    return null
  }
}

const digits = (width: number, most: number) =>
  fc.nat(most).map((value) => String(value).padStart(width, '0'))
const year = fc.oneof(
  digits(4, 9999),
  fc.constantFrom('0000', '0001', '1900', '2000', '2024', '2026', '9999'),
)
const day = fc.tuple(year, digits(2, 13), digits(2, 32)).map((parts) => parts.join('-'))
const clock = fc.tuple(digits(2, 25), digits(2, 61)).map((parts) => parts.join(':'))
const seconds = fc.oneof(
  fc.constant(''),
  digits(2, 61).map((value) => `:${value}`),
  fc.tuple(digits(2, 59), digits(1, 999_999)).map(([whole, part]) => `:${whole}.${part}`),
)
const offset = fc.oneof(
  fc.constantFrom('', '', '+07:00', '+07:00', 'Z', 'z', '+0700', '-07:00', '+07:0', '+19:00'),
  fc.tuple(fc.constantFrom('+', '-'), digits(2, 20), digits(2, 61)).map(([sign, h, m]) => `${sign}${h}:${m}`),
)
const moment = fc
  .tuple(day, fc.constantFrom('T', 'T', ' ', 't', '_'), clock, seconds, offset)
  .map((parts) => parts.join(''))
/** A character more, fewer or other than it should be. */
const spoilt = fc
  .tuple(moment, fc.nat(30), fc.constantFrom('', '0', '-', ':', ' ', '٣', '.', '/'), fc.nat(1))
  .map(([text, at, by, cut]) => text.slice(0, at) + by + text.slice(at + cut))

describe('parseMoment and parseLocalDate', () => {
  it('read what a pattern and the language read, and nothing else', () => {
    let moments = 0
    fc.assert(
      fc.property(fc.oneof(moment, day, spoilt), (text) => {
        const told = read(text)
        if (told !== null) moments++
        expect([text, told]).toEqual([text, obvious(text)])
        expect([text, parseLocalDate(text)]).toEqual([text, isDay(text) ? text : null])
      }),
      { numRuns: 20_000 },
    )
    expect(moments).toBeGreaterThan(2_000)
  })
})
