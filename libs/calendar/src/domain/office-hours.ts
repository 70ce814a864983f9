import { invalid } from '#kernel'

const minute = 60_000
const mostSessions = 4

/** From opening to closing, in milliseconds since midnight at Vietnam's clock. */
export interface OfficeSession {
  readonly from: number
  readonly to: number
}

/** When an office works on a working day: one to four sessions in order, usually a morning and an afternoon. */
export interface OfficeHours {
  readonly sessions: readonly [OfficeSession, ...OfficeSession[]]
  /** Working time of a day, in milliseconds. */
  readonly perDay: number
}

/**
 * Reads `07:30-11:30,13:30-17:00`.
 *
 * @throws RoviecError `office-hours-invalid`.
 */
export function parseOfficeHours(text: string): OfficeHours {
  const sessions = text.split(/[,;]/).map((part): OfficeSession => {
    const times = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/u.exec(part)?.slice(1).map(Number)
    const [fromHour = 24, fromMinute = 0, toHour = 24, toMinute = 60] = times ?? []
    if (fromHour > 23 || fromMinute > 59 || toHour > 23 || toMinute > 59) throw notHours(text)
    return { from: (fromHour * 60 + fromMinute) * minute, to: (toHour * 60 + toMinute) * minute }
  })
  let last = -1
  for (const { from, to } of sessions) {
    if (from <= last || to <= from) throw notHours(text)
    last = to
  }
  const [first, ...more] = sessions
  if (first === undefined || sessions.length > mostSessions) throw notHours(text)
  const perDay = sessions.reduce((sum, { from, to }) => sum + to - from, 0)
  return { sessions: [first, ...more], perDay }
}

/** The hours of most offices of the province; an office with others gives its own. 7.5 hours a day. */
export const usualOfficeHours = parseOfficeHours('07:30-11:30,13:30-17:00')

/** Working time of the day up to the time, both in milliseconds. */
export function workedUntil({ sessions }: OfficeHours, time: number): number {
  return sessions.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(time, to) - from), 0)
}

/** The earliest time of the day by which so much of it has been worked: at closing, never at the next opening. */
export function timeWorked({ sessions }: OfficeHours, amount: number): number {
  let rest = amount
  for (const { from, to } of sessions) {
    if (rest <= to - from) return from + rest
    rest -= to - from
  }
  return closing(sessions)
}

export function closingTime({ sessions }: OfficeHours): number {
  return closing(sessions)
}

function closing(sessions: OfficeHours['sessions']): number {
  return (sessions.at(-1) ?? sessions[0]).to
}

function notHours(text: string): Error {
  return invalid(
    'office-hours-invalid',
    {
      vi: `Không đọc được giờ làm việc “${text}”. Viết các buổi theo thứ tự, ví dụ 07:30-11:30,13:30-17:00.`,
      en: `“${text}” are no office hours. Write the sessions in order, such as 07:30-11:30,13:30-17:00.`,
    },
    { hours: text },
  )
}
