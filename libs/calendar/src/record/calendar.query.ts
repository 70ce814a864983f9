import 'reflect-metadata'
import { IsOptional, Matches } from 'class-validator'
import type { Asking, Query } from '#engine'
import { availableTransitions, NoData, type AvailableTransition } from '#engine/workflow'
import type { EventStore } from '#event-store'
import { notFound } from '#kernel'
import type { CalendarSource, CalendarYear } from '../domain/calendar-year.js'
import type { BusinessCalendar } from '../domain/business-calendar.js'
import type { ExplainedDue } from '../domain/explain-due.js'
import {
  answerDay,
  answerDue,
  AskDay,
  AskDue,
  countWorkingDays,
  CountWorkingDays,
  type DayAnswered,
  type WorkingDaysCounted,
} from './calendar.questions.js'
import type { LocalDate } from '../local-date.js'
import { calendarReaderOf as readerOf, vietnamCalendar } from './calendar-reader.js'
import { calendarWorkflow } from './calendar.workflow.js'

export class FindCalendar {
  /** Such as `vn/3`; left out: the one in force now. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,59}\/[1-9]\d{0,5}$/)
  version?: string
}

export interface CalendarShown {
  readonly version: string
  readonly years: readonly CalendarYear[]
}

/** Days off are public knowledge. */
const everyone = [
  'clerk',
  'lead-officer',
  'head',
  'assigner',
  'home-affairs',
  'inspectorate',
  'auditor',
  'operator',
  'connector',
  'system',
] as const

/** A version of the calendar with the source of every day. */
export const findCalendar: Query<FindCalendar, CalendarShown> = {
  name: 'calendar.version',
  text: { vi: 'Lịch làm việc', en: 'Business calendar' },
  input: FindCalendar,
  roles: everyone,
  view: null,
  async answer({ params, store }: Asking<FindCalendar>): Promise<CalendarShown> {
    const { version, years } =
      params.version === undefined ? await current(store) : await readerOf(store).version(params.version)
    return { version, years }
  },
}

/** How many working days lie between two days, and which. */
export const findWorkingDays: Query<CountWorkingDays, WorkingDaysCounted> = {
  name: 'calendar.working-days',
  text: { vi: 'Số ngày làm việc', en: 'Working days between two days' },
  input: CountWorkingDays,
  roles: everyone,
  view: null,
  answer: async ({ params, store }) => countWorkingDays(await current(store), params),
}

/** Whether a day is worked, and why. */
export const findWorkingDay: Query<AskDay, DayAnswered> = {
  name: 'calendar.day',
  text: { vi: 'Ngày làm việc hay ngày nghỉ', en: 'Whether a day is worked' },
  input: AskDay,
  roles: everyone,
  view: null,
  answer: async ({ params, store }) => answerDay(await current(store), params),
}

/** The due date of a period, day by day. */
export const findDue: Query<AskDue, ExplainedDue> = {
  name: 'calendar.due',
  text: { vi: 'Tính thời hạn', en: 'Due date of a period' },
  input: AskDue,
  roles: everyone,
  view: null,
  answer: async ({ params, store }) => answerDue(await current(store), params),
}

/** What made a version of the calendar. */
export interface CalendarVersionListed {
  /** As deadlines pin it. */
  readonly version: string
  /** What happened: `YearAnnounced`, `DaysChanged`, `YearConfirmed`. */
  readonly change: string
  readonly year: number
  readonly status: CalendarYear['status']
  /** The document that says so, and the day of it where that is on record. */
  readonly document: string
  readonly announcedOn: LocalDate | null
  readonly recordedAt: string
  /** Place in the log. */
  readonly position: string
}

/** Every version with the document behind it, the first one first. */
export const listCalendarVersions: Query<NoData, readonly CalendarVersionListed[]> = {
  name: 'calendar.versions',
  text: { vi: 'Các phiên bản lịch làm việc', en: 'Versions of the business calendar' },
  input: NoData,
  roles: everyone,
  view: null,
  async answer({ store }) {
    const versions = await readerOf(store).versions()
    return versions.map(({ version, event, year }) => {
      const { source } = event.data as unknown as { readonly source: CalendarSource }
      return {
        version,
        change: event.type.slice(event.type.indexOf('.') + 1),
        year: year.year,
        status: year.status,
        document: source.document,
        announcedOn: source.announcedOn,
        recordedAt: event.recordedAt.toISOString(),
        position: String(event.position),
      }
    })
  },
}

/** What the actor may do with the calendar now, and why not the rest. */
export const calendarTransitions: Query<NoData, readonly AvailableTransition[]> = {
  name: 'calendar.transitions',
  text: { vi: 'Các thao tác với lịch làm việc', en: 'What may be done with the calendar' },
  input: NoData,
  roles: everyone,
  view: null,
  answer: async ({ store, actor }) =>
    availableTransitions(calendarWorkflow, await readerOf(store).state(), actor),
}

export const calendarQueries = [
  findCalendar,
  listCalendarVersions,
  findWorkingDays,
  findWorkingDay,
  findDue,
  calendarTransitions,
] as const

async function current(store: EventStore): Promise<BusinessCalendar> {
  const found = await readerOf(store).find()
  if (found === null) throw nothingOnRecord()
  return found
}

function nothingOnRecord(): Error {
  return notFound(
    'calendar-absent',
    {
      vi: 'Chưa có lịch làm việc trong hệ thống. Khởi động lại máy chủ để nạp lịch nghỉ ban đầu.',
      en: 'No business calendar is on record. Start the server again to load the first one.',
    },
    { calendar: vietnamCalendar },
  )
}
