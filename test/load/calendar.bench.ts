import { BusinessCalendar, dueOf, type DueRequest } from '#calendar'
import { readCalendarSeed, seededCalendar } from '#calendar/record'
import { compare } from './measure.js'

export interface CalendarBenchOptions {
  readonly seconds: number
  readonly rounds: number
}

/** Requests that the contenders take turns with: enough that no answer stays in a cache of the processor. */
const requests = 50_000
const minute = 60_000
const units = ['working-days', 'calendar-days', 'months', 'working-hours', 'half-days'] as const

/** Due dates a second: by looking up against counting day by day, then for every unit. Needs no server. */
export async function calendarBench({ seconds, rounds }: CalendarBenchOptions): Promise<void> {
  const calendar = new BusinessCalendar(seededCalendar(readCalendarSeed()))
  const random = randomNumbers(20_261_121)
  const asked = requestsOf(calendar, 'working-days', random)
  const counted = (request: DueRequest): string => dayByDay(calendar, request)
  const lookedUp = (request: DueRequest): string => dueOf(calendar, request).due
  if (asked.some((request) => counted(request) !== lookedUp(request)))
    throw new Error('the contenders do not give the same due dates')
  await compare('Due date in 1 to 40 working days', rounds, [
    { name: 'counting day by day', run: () => perSecond(seconds, asked, counted) },
    { name: 'dueOf', run: () => perSecond(seconds, asked, lookedUp) },
  ])
  for (const unit of units) {
    const figure = await perSecond(seconds, requestsOf(calendar, unit, random), lookedUp)
    console.log(`  dueOf, ${unit.padEnd(37)} ${figure.toFixed(0).padStart(9)}/s`)
  }
}

function dayByDay(calendar: BusinessCalendar, { from, within }: DueRequest): string {
  let { date } = from
  let left = within.unit === 'working-days' ? within.amount : 0
  while (left > 0) {
    date = calendar.addDays(date, 1)
    if (calendar.isWorkingDay(date)) left -= 1
  }
  return date
}

function requestsOf(
  calendar: BusinessCalendar,
  unit: (typeof units)[number],
  random: (below: number) => number,
): DueRequest[] {
  return Array.from({ length: requests }, (): DueRequest => {
    const date = calendar.addDays('2021-01-01', random(2_400))
    if (unit === 'working-hours')
      return {
        from: { date, time: random(1_440) * minute },
        within: { unit, milliseconds: (1 + random(900)) * minute },
      }
    const time = unit === 'half-days' ? random(1_440) * minute : null
    return { from: { date, time }, within: { unit, amount: 1 + random(unit === 'months' ? 4 : 40) } }
  })
}

/** Rounds over the requests until the time is up. The answers are used, so that none is optimised away. */
function perSecond(
  seconds: number,
  asked: readonly DueRequest[],
  answer: (request: DueRequest) => string,
): Promise<number> {
  const begin = performance.now()
  let done = 0
  let letters = 0
  for (; performance.now() - begin < seconds * 1_000; done += asked.length)
    for (const request of asked) letters += answer(request).length
  if (letters === 0) throw new Error('no answer was given')
  return Promise.resolve((done * 1_000) / (performance.now() - begin))
}

/** The same cases every time: a linear congruential generator, good enough to scatter dates. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
