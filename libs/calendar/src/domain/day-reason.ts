import { formatVietnameseDate, type LocalDate } from '../local-date.js'
import { weekdayOf, type BusinessCalendar } from './business-calendar.js'

const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const

/** The name of the weekday as it is written within a sentence. */
export function weekdayName(date: LocalDate): string {
  return weekdays[weekdayOf(date)]!
}

/**
 * Why the day is worked or not, in the words of officials: "Giỗ Tổ Hùng Vương", "nghỉ bù Giỗ Tổ Hùng Vương",
 * "nghỉ hoán đổi, làm bù ngày 26/04/2025", "làm bù thứ Bảy cho ngày 02/05/2025", "Chủ nhật", "ngày làm việc".
 */
export function dayReason(calendar: BusinessCalendar, date: LocalDate): string {
  const special = calendar.specialDay(date)
  if (special === null) return calendar.isWorkingDay(date) ? 'ngày làm việc' : weekdayName(date)
  const pair = special.pairedWith === null ? null : formatVietnameseDate(special.pairedWith)
  switch (special.kind) {
    case 'holiday':
      return special.name
    case 'compensatory':
      return `nghỉ bù ${special.name}`
    case 'swap':
      return pair === null ? 'nghỉ hoán đổi' : `nghỉ hoán đổi, làm bù ngày ${pair}`
    case 'working-saturday':
      return pair === null ? 'làm bù thứ Bảy' : `làm bù thứ Bảy cho ngày ${pair}`
  }
}
