import 'reflect-metadata'
import { IsOptional, Matches } from 'class-validator'
import type { Asking, Query } from '#engine'
import { notFound } from '#kernel'
import type { CalendarYear } from '../domain/calendar-year.js'
import { CalendarReader, vietnamCalendar } from './calendar-reader.js'

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
    const reader = new CalendarReader(store)
    const found = params.version === undefined ? await reader.find() : await reader.version(params.version)
    if (found === null) throw nothingOnRecord()
    return { version: found.version, years: found.years }
  },
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
