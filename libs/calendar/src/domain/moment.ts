import { invalid } from '#kernel'
import { localDateOf, parseLocalDate, twoDigits, type LocalDate } from '../local-date.js'

const dayMs = 86_400_000
const vietnamOffsetMs = 7 * 3_600_000
const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/i

/** A day, and where known the time of it, at Vietnam's clock whatever the machine's time zone. */
export interface Moment {
  readonly date: LocalDate
  /** Milliseconds since midnight; null where only the day is known. */
  readonly time: number | null
}

/**
 * Reads `2026-04-15`, `2026-04-15T09:30` (Vietnam's clock) or an instant with its offset, `2026-04-15T02:30:00Z`.
 *
 * @throws RoviecError `moment-invalid`.
 */
export function parseMoment(text: string): Moment {
  if (text.length === 10 && parseLocalDate(text) !== null) return { date: text, time: null }
  return plainMoment(text) ?? anyMoment(text)
}

/** The form in which nearly every moment comes: `2026-04-15T09:30`, with seconds and Vietnam's offset or without. */
function plainMoment(text: string): Moment | null {
  if (text[10] !== 'T' || text[13] !== ':') return null
  const hasSeconds = text[16] === ':'
  const end = hasSeconds ? 19 : 16
  if (text.length !== end && !(text.length === end + 6 && text.endsWith('+07:00'))) return null
  const [hour, minute] = [twoDigits(text, 11), twoDigits(text, 14)]
  const second = hasSeconds ? twoDigits(text, 17) : 0
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return null
  const date = parseLocalDate(text.slice(0, 10))
  return date === null ? null : { date, time: ((hour * 60 + minute) * 60 + second) * 1000 }
}

function anyMoment(text: string): Moment {
  const [, date = '', hours, minutes, seconds = '0', fraction = '0', offset] = pattern.exec(text) ?? []
  if (parseLocalDate(date) === null) throw notAMoment(text)
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)]
  if (hour > 23 || minute > 59 || second > 59) throw notAMoment(text)
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000)
  if (offset === undefined) return { date, time }
  const offsetMs = offsetOf(offset)
  if (offsetMs === null) throw notAMoment(text)
  const shifted = Date.parse(date) + time - offsetMs + vietnamOffsetMs
  const day = localDateOf(new Date(shifted - vietnamOffsetMs))
  // Before the first year or after the last that a date can name.
  if (parseLocalDate(day) === null) throw notAMoment(text)
  return { date: day, time: mod(shifted, dayMs) }
}

/** `2026-04-15T11:30:00+07:00`; parts of a second only where there are any. */
export function formatInstant(date: LocalDate, time: number): string {
  const rest = time % 1000
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`
  return `${date}T${hoursAndMinutes(time)}:${pairs[Math.floor(time / 1000) % 60]!}${fraction}+07:00`
}

/** `11:30`, or `11:30:15` where the seconds matter. */
export function formatTime(time: number): string {
  const seconds = Math.floor(time / 1000) % 60
  return seconds === 0 ? hoursAndMinutes(time) : `${hoursAndMinutes(time)}:${pairs[seconds]!}`
}

/** Written out once: formatting is most of the cost of a due date in hours. */
const pairs = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

function hoursAndMinutes(time: number): string {
  return `${pairs[Math.floor(time / 3_600_000)]!}:${pairs[Math.floor(time / 60_000) % 60]!}`
}

function offsetOf(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(-2))
  if (hours > 18 || minutes > 59) return null
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by
}

function notAMoment(text: string): Error {
  return invalid(
    'moment-invalid',
    {
      vi: `“${text}” không phải là ngày hoặc thời điểm. Viết ngày là 2026-04-15, thời điểm là 2026-04-15T09:30.`,
      en: `“${text}” is neither a day nor an instant. Write a day as 2026-04-15, an instant as 2026-04-15T09:30.`,
    },
    { from: text },
  )
}
