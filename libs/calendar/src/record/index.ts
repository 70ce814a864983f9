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
export { CalendarReader } from './calendar-reader.js'
export { calendarSeedCommands, seededCalendar, type CalendarSeed } from './calendar-seed.js'
export { findCalendar, type CalendarShown } from './calendar.query.js'
export { calendarWorkflow, type CalendarState } from './calendar.workflow.js'
export { readCalendarSeed } from './seed-file.js'
