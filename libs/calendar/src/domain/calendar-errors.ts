import { invalid, type RoviecError } from '#kernel'

export function notADay(date: string): RoviecError {
  return invalid(
    'date-invalid',
    {
      vi: `“${date}” không phải là ngày có trong lịch. Viết ngày theo dạng năm-tháng-ngày, ví dụ 2026-04-15.`,
      en: `“${date}” is not a day of the calendar. Write the day as 2026-04-15.`,
    },
    { date },
  )
}

export function yearUnknown(version: string, year: number, first: number, last: number): RoviecError {
  return invalid(
    'calendar-year-unknown',
    {
      vi: `Lịch làm việc ${version} chưa có năm ${year}, chỉ có các năm từ ${first} đến ${last}. Chọn ngày trong các năm đó, hoặc ghi lịch nghỉ của năm ${year} vào hệ thống trước.`,
      en: `Calendar ${version} does not know ${year}, only the years ${first} to ${last}. Choose days within them, or enter the days off of ${year} first.`,
    },
    {
      calendarVersion: version,
      year,
      known: Array.from({ length: last - first + 1 }, (_, at) => first + at),
    },
  )
}

export function timeNeeded(what: { readonly vi: string; readonly en: string }): RoviecError {
  return invalid('time-needed', {
    vi: `Cần biết giờ tiếp nhận để tính ${what.vi}. Ghi cả ngày và giờ, ví dụ 2026-04-15T09:30.`,
    en: `The time of receipt is needed for ${what.en}. Give day and time, such as 2026-04-15T09:30.`,
  })
}
