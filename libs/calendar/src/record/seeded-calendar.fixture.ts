import { BusinessCalendar } from '../domain/business-calendar.js'
import { seededCalendar } from './calendar-seed.js'
import { readCalendarSeed } from './seed-file.js'

/** The calendar of the seeds, `vn/7`. */
export const vn = new BusinessCalendar(seededCalendar(readCalendarSeed()))
