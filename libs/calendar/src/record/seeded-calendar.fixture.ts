import { readFileSync } from 'node:fs'
import { BusinessCalendar } from '../domain/business-calendar.js'
import { seededCalendar, type CalendarSeed } from './calendar-seed.js'

export function readCalendarSeed(): CalendarSeed {
  const path = new URL('../../../../seeds/calendar.vn.json', import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as CalendarSeed
}

/** The calendar of the seeds, `vn/7`. */
export const vn = new BusinessCalendar(seededCalendar(readCalendarSeed()))
