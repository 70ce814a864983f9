export {
  addDays,
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
