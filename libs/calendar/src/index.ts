export { IsLocalDate } from './is-local-date.js'
export {
  addDays,
  addMonths,
  backdatedDays,
  daysBetween,
  daysInMonth,
  formatVietnameseDate,
  lastDayOfMonth,
  localDate,
  localDateOf,
  parseLocalDate,
  vietnamTimeZone,
  type LocalDate,
} from './local-date.js'
export { BusinessCalendar } from './domain/business-calendar.js'
export type { CalendarData, CalendarYear, SpecialDay, SpecialDayKind } from './domain/calendar-year.js'
export { dayReason, weekdayName } from './domain/day-reason.js'
export { dueOf, type Due, type DueRequest } from './domain/due.js'
export { explainDue, type DayOfPeriod, type ExplainedDue } from './domain/explain-due.js'
export { formatInstant, parseMoment, type Moment } from './domain/moment.js'
export { parseOfficeHours, usualOfficeHours, type OfficeHours } from './domain/office-hours.js'
export { formatDuration, formatPeriod, parsePeriod, type Period } from './domain/period.js'
export { receiptRules, type ReceiptRule } from './domain/receipt.js'
export { addSessions, addWorkingTime, workingTimeBetween, type TimedMoment } from './domain/working-time.js'
