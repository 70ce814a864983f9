/**
 * The counting rules once more, day by day and minute by minute, from a table typed in apart from the seeds: what the
 * quick answers are held against. Shares nothing with them but the dates' text.
 */

/** Days off on weekdays, day/month, and working Saturdays. */
export const tableOfDays: Readonly<Record<number, { readonly off: string; readonly worked: string }>> = {
  2021: { off: '1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9', worked: '' },
  2022: { off: '3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9', worked: '' },
  2023: { off: '2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9', worked: '' },
  2024: { off: '1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9', worked: '4/5' },
  2025: { off: '1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9', worked: '26/4' },
  2026: {
    off: '1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11',
    worked: '10/1 22/8',
  },
  2027: { off: '1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11', worked: '' },
}

export const provisionalYears: ReadonlySet<string> = new Set(['2021', '2022', '2023', '2027'])

/** The days of the table as 2025-04-26. */
export function daysOf(kind: 'off' | 'worked'): string[] {
  return Object.entries(tableOfDays).flatMap(([year, days]) =>
    days[kind]
      .split(' ')
      .filter(Boolean)
      .map((text) => {
        const [day = '', month = ''] = text.split('/')
        return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      }),
  )
}

const off = new Set(daysOf('off'))
const worked = new Set(daysOf('worked'))

/** Answers are remembered: the cases ask for the same days over and over. */
const worksOn = new Map<string, boolean>()
const dayAfter = new Map<string, string>()

export function next(date: string, by = 1): string {
  if (by !== 1) return shifted(date, by)
  const known = dayAfter.get(date) ?? shifted(date, 1)
  dayAfter.set(date, known)
  return known
}

function shifted(date: string, by: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + by)
  return day.toISOString().slice(0, 10)
}

export function isWorked(date: string): boolean {
  const known = worksOn.get(date)
  if (known !== undefined) return known
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  const works = worked.has(date) || (weekday !== 0 && weekday !== 6 && !off.has(date))
  worksOn.set(date, works)
  return works
}

export function afterWorkingDays(from: string, n: number): string {
  let date = from
  for (let left = n; left > 0; left -= isWorked(date) ? 1 : 0) date = next(date)
  return date
}

export function workingDaysIn(from: string, to: string): number {
  let count = 0
  for (let date = next(from); date <= to; date = next(date)) count += isWorked(date) ? 1 : 0
  return count
}

export function rolled(date: string): string {
  let end = date
  while (!isWorked(end)) end = next(end)
  return end
}

export function afterMonths(from: string, months: number): string {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number)
  for (let tried = day; ; tried--) {
    const found = new Date(Date.UTC(year, month - 1 + months, tried))
    if (found.getUTCDate() === tried) return found.toISOString().slice(0, 10)
  }
}

const morning = [450, 690] as const
const afternoon = [810, 1020] as const

/** Minutes of the day, one after the other, until so many office minutes have passed. */
export function afterWorkingMinutes(
  from: string,
  minute: number,
  minutes: number,
): readonly [string, number] {
  let date = from
  let at = minute
  for (let left = minutes; left > 0;) {
    const isOffice = (at >= morning[0] && at < morning[1]) || (at >= afternoon[0] && at < afternoon[1])
    if (isWorked(date) && isOffice) left -= 1
    at += 1
    if (at < 1440 || left === 0) continue
    ;[date, at] = [next(date), 0]
  }
  return [date, at]
}

/** Session after session from the one of receipt: a day's first lasts until the second opens. */
export function afterSessions(from: string, minute: number, n: number): readonly [string, number] {
  let date = from
  let inAfternoon = minute >= afternoon[0]
  for (let left = n; left > 0; left -= isWorked(date) ? 1 : 0) {
    if (inAfternoon) date = next(date)
    inAfternoon = !inAfternoon
  }
  return [date, inAfternoon ? afternoon[1] : morning[1]]
}
