import { beforeEach, describe, expect, it } from '@jest/globals'
import { CommandHandler, QueryHandler, type Outcome } from '#engine'
import type { Database } from '#database'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { uncovered, walkWorkflow } from '#testing/workflow'
import {
  calendarSeedCommands,
  CalendarReader,
  calendarWorkflow,
  findCalendar,
  seededCalendar,
} from './index.js'
import { calendarCases } from './calendar.cases.test-support.js'
import { readCalendarSeed } from './seed-file.js'
import { vn } from './seeded-calendar.fixture.js'

const seed = readCalendarSeed()
const clerk: Actor = { id: 'clerk', agency: null, roles: ['clerk'], scope: 'all' }
const document = { document: 'Thông báo 1/TB-BNV', announcedOn: '2026-11-20' }

let store: InMemoryEventStore
let handler: CommandHandler
let reader: CalendarReader

async function send(transition: string, data: object, actor = clerk): Promise<Outcome> {
  return handler.handle({
    id: newId(),
    workflow: 'calendar',
    aggregate: 'vn',
    transition,
    data: data as JsonValue,
    actor,
  })
}

async function enterSeed(): Promise<string[]> {
  const statuses: string[] = []
  for (const command of calendarSeedCommands(seed))
    statuses.push((await handler.handle({ ...command, actor: clerk })).status)
  return statuses
}

beforeEach(() => {
  store = new InMemoryEventStore()
  handler = new CommandHandler({ store, clock: systemClock, workflows: [calendarWorkflow] })
  reader = new CalendarReader(store)
})

describe('the table of a calendar', () => {
  it.each(walkWorkflow(calendarCases))(
    '%s: each situation and each role gets the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(calendarCases)).toEqual([])
  })
})

describe('seeding', () => {
  it('gives the record that the file says, and repeated adds nothing', async () => {
    expect(new Set(await enterSeed())).toEqual(new Set(['accepted']))
    expect(new Set(await enterSeed())).toEqual(new Set(['repeated']))
    const recorded = await reader.find()
    expect(recorded?.version).toBe('vn/7')
    expect(recorded?.years).toEqual(seededCalendar(seed).years)
  })

  it('leaves a year alone that the file now says otherwise', async () => {
    await enterSeed()
    await send('ChangeDays', { year: 2027, remove: ['2027-09-03'], ...document })
    const years = seed.years.map((year) => (year.year === 2027 ? { ...year, days: [] } : year))
    const [changed] = calendarSeedCommands({ ...seed, years }).slice(-1)
    expect(await handler.handle({ ...changed!, actor: clerk })).toMatchObject({
      status: 'refused',
      refusal: { code: 'year-known' },
    })
  })

  it('names a source for every day', () => {
    const sources = vn.years.flatMap(({ source, days }) => [source, ...days.map((day) => day.source)])
    expect(sources.every((source) => source.document !== '')).toBe(true)
    expect(vn.specialDay('2024-04-29')?.source).toEqual({
      document: 'Công văn 2450/VPCP-KGVX của Văn phòng Chính phủ, theo Báo Tin tức',
      announcedOn: '2024-04-12',
      confidence: 'secondary',
    })
  })

  it('fails on a file that names a source it does not list, or that contradicts itself', () => {
    const [year] = seed.years
    expect(() => calendarSeedCommands({ ...seed, years: [{ ...year!, source: 'x' }] })).toThrow('source x')
    expect(() => seededCalendar({ ...seed, years: [year!, year!] })).toThrow('refused')
  })
})

describe('a correction', () => {
  const swap = {
    date: '2027-05-04',
    kind: 'swap',
    name: 'Ngày Quốc tế lao động 01/5',
    pairedWith: '2027-05-08',
  }
  const made = { ...swap, date: '2027-05-08', kind: 'working-saturday', pairedWith: '2027-05-04' }

  beforeEach(async () => void (await enterSeed()))

  it('makes a new version, and the versions before it stay as they were', async () => {
    expect((await send('ChangeDays', { year: 2027, set: [swap, made], ...document })).status).toBe('accepted')
    const now = await reader.find()
    expect(now?.version).toBe('vn/8')
    expect([now?.isWorkingDay('2027-05-04'), now?.isWorkingDay('2027-05-08')]).toEqual([false, true])
    expect(now?.specialDay('2027-05-04')?.source).toEqual({ ...document, confidence: 'document' })
    const before = await reader.version('vn/7')
    expect([before.isWorkingDay('2027-05-04'), before.isWorkingDay('2027-05-08')]).toEqual([true, false])
    expect((await new CalendarReader(store).version('vn/7')).years).toEqual(before.years)
  })

  it('leaves what was pinned as it is, which goes on with the years announced since', async () => {
    const newYear = { date: '2028-01-03', kind: 'compensatory', name: 'Tết Dương lịch', pairedWith: null }
    expect((await reader.extended('vn/7'))?.lastYear).toBe(2027)
    const announced = { year: 2028, status: 'provisional', days: [newYear], ...document }
    expect((await send('AnnounceYear', announced)).status).toBe('accepted')
    await send('ChangeDays', { year: 2028, remove: ['2028-01-03'], ...document })
    await send('ConfirmYear', { year: 2027, ...document })
    const pinned = await reader.extended('vn/7')
    expect([pinned?.version, pinned?.lastYear]).toEqual(['vn/7', 2028])
    expect(pinned?.isProvisional('2027-01-04')).toBe(true)
    // As it was first announced.
    expect(pinned?.isWorkingDay('2028-01-03')).toBe(false)
    expect((await reader.extended('vn/9'))?.isWorkingDay('2028-01-03')).toBe(true)
    expect((await reader.version('vn/7')).lastYear).toBe(2027)
    await expect(reader.extended('vn/11')).rejects.toMatchObject({ code: 'calendar-version-unknown' })
    expect(await new CalendarReader(new InMemoryEventStore()).extended('vn/7')).toBeNull()
  })

  it('is seen by a reader that asked before', async () => {
    expect((await reader.find())?.isProvisional('2027-01-04')).toBe(true)
    await send('ConfirmYear', { year: 2027, ...document })
    expect((await reader.find())?.isProvisional('2027-01-04')).toBe(false)
    expect((await reader.find())?.version).toBe('vn/8')
  })

  it('is not lost between readings at the same time', async () => {
    await Promise.all([reader.find(), reader.find()])
    await send('ConfirmYear', { year: 2027, ...document })
    const versions = await Promise.all([reader.find(), reader.version('vn/8'), reader.find()])
    expect(versions.map((calendar) => calendar?.version)).toEqual(['vn/8', 'vn/8', 'vn/8'])
  })

  it('can take a day back, and add the next year', async () => {
    await send('ChangeDays', { year: 2027, remove: ['2027-09-03'], ...document })
    await send('AnnounceYear', { year: 2028, status: 'provisional', days: [], ...document })
    const now = await reader.find()
    expect([now?.isWorkingDay('2027-09-03'), now?.lastYear, now?.version]).toEqual([true, 2028, 'vn/9'])
  })

  it.each([
    ['year-known', 'AnnounceYear', { year: 2027, status: 'confirmed', days: [] }],
    ['year-not-next', 'AnnounceYear', { year: 2030, status: 'confirmed', days: [] }],
    ['day-of-other-year', 'AnnounceYear', { year: 2028, status: 'confirmed', days: [swap] }],
    ['day-of-other-year', 'ChangeDays', { year: 2026, set: [swap] }],
    ['day-twice', 'ChangeDays', { year: 2027, set: [swap, swap] }],
    [
      'day-twice',
      'ChangeDays',
      { year: 2027, set: [{ ...swap, date: '2027-09-03' }], remove: ['2027-09-03'] },
    ],
    ['day-not-saturday', 'ChangeDays', { year: 2027, set: [{ ...made, date: '2027-05-09' }] }],
    ['day-off-already', 'ChangeDays', { year: 2027, set: [{ ...swap, date: '2027-05-08' }] }],
    ['day-not-special', 'ChangeDays', { year: 2027, remove: ['2027-05-04'] }],
    ['date-invalid', 'ChangeDays', { year: 2027, set: [{ ...swap, date: '2027-02-30' }] }],
    ['date-invalid', 'ChangeDays', { year: 2027, set: [{ ...swap, pairedWith: '2027-02-30' }] }],
    ['date-invalid', 'ConfirmYear', { year: 2027, announcedOn: '2026-13-01' }],
    ['calendar-unchanged', 'ChangeDays', { year: 2027 }],
    ['year-not-known', 'ChangeDays', { year: 2028, set: [] }],
    ['year-not-known', 'ConfirmYear', { year: 2028 }],
    ['year-confirmed', 'ConfirmYear', { year: 2026 }],
  ])('is refused: %s', async (code, transition, data) => {
    const outcome = await send(transition, { ...document, ...data })
    expect(outcome).toMatchObject({ status: 'refused', refusal: { code } })
  })

  it('is not entered without a document, nor by others', async () => {
    await expect(send('ConfirmYear', { year: 2027 })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(send('ConfirmYear', { year: 2027, document: ' ' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    const auditor = { ...clerk, roles: ['auditor'] }
    expect(await send('ConfirmYear', { year: 2027, ...document }, auditor)).toMatchObject({
      refusal: { code: 'not-permitted' },
    })
  })
})

describe('asking for a version', () => {
  it.each(['vn/1', 'vn/0', 'vn', 'x y/1', 'vn/99'])(
    '"%s" is not found in an empty record',
    async (version) => {
      await expect(reader.version(version)).rejects.toMatchObject({
        code: 'calendar-version-unknown',
        kind: 'not-found',
      })
    },
  )

  it('shows the version with its sources, or says that none is on record', async () => {
    const queries = new QueryHandler({} as Database, store, systemClock)
    await expect(queries.ask(findCalendar, {}, clerk)).rejects.toMatchObject({ code: 'calendar-absent' })
    await enterSeed()
    expect((await queries.ask(findCalendar, {}, clerk)).answer.version).toBe('vn/7')
    expect((await queries.ask(findCalendar, { version: 'vn/2' }, clerk)).answer.years).toHaveLength(2)
  })
})
