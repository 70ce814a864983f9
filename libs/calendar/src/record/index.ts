export { calendarContext } from './calendar.context.js'
export {
  answerDay,
  answerDue,
  AskDay,
  AskDue,
  countWorkingDays,
  CountWorkingDays,
  type DayAnswered,
  type WorkingDaysCounted,
} from './calendar.questions.js'
export { extendedYears } from './calendar-fold.js'
export { calendarInForce, CalendarReader, calendarReaderOf, vietnamCalendar } from './calendar-reader.js'
export { calendarSeedCommands, seededCalendar, type CalendarSeed } from './calendar-seed.js'
export type { ExplainedDue } from '../domain/explain-due.js'
export {
  calendarTransitions,
  findCalendar,
  findDue,
  findWorkingDay,
  findWorkingDays,
  listCalendarVersions,
  type CalendarShown,
  type CalendarVersionListed,
} from './calendar.query.js'
export { calendarWorkflow, type CalendarState } from './calendar.workflow.js'
export { readCalendarSeed } from './seed-file.js'
