import { refuse, type Refusal } from '#kernel'
import type { SpecialDayKind } from '../domain/calendar-year.js'
import { formatVietnameseDate, type LocalDate } from '../local-date.js'

export function dateInvalid(date: string): Refusal {
  return refuse(
    'date-invalid',
    {
      vi: `“${date}” không phải là ngày có trong lịch. Kiểm tra lại văn bản.`,
      en: `“${date}” is not a day of the calendar. Check the document.`,
    },
    { date },
  )
}

export function yearKnown(year: number): Refusal {
  return refuse(
    'year-known',
    {
      vi: `Lịch đã có năm ${year}. Muốn sửa từng ngày, dùng thao tác “Thay đổi ngày nghỉ”.`,
      en: `The calendar has the year ${year}. To change days of it, use ChangeDays.`,
    },
    { year },
  )
}

export function yearNotNext(year: number, first: number, last: number): Refusal {
  return refuse(
    'year-not-next',
    {
      vi: `Lịch có các năm ${first}–${last} nên chỉ ghi tiếp được năm ${first - 1} hoặc ${last + 1}, chưa ghi được năm ${year}.`,
      en: `The calendar has the years ${first} to ${last}: the next to enter is ${first - 1} or ${last + 1}, not ${year}.`,
    },
    { year, first, last },
  )
}

export function yearNotKnown(year: number): Refusal {
  return refuse(
    'year-not-known',
    {
      vi: `Lịch chưa có năm ${year}. Ghi lịch nghỉ của năm đó trước.`,
      en: `The calendar does not have the year ${year}. Announce it first.`,
    },
    { year },
  )
}

export function yearConfirmed(year: number): Refusal {
  return refuse(
    'year-confirmed',
    {
      vi: `Lịch năm ${year} đã là chính thức, không cần xác nhận lại.`,
      en: `The year ${year} is confirmed already; nothing needs doing.`,
    },
    { year },
  )
}

export function dayOfOtherYear(date: LocalDate, year: number): Refusal {
  return refuse(
    'day-of-other-year',
    {
      vi: `Ngày ${formatVietnameseDate(date)} không thuộc năm ${year}. Ghi ngày đó vào đúng năm của nó.`,
      en: `${date} is not a day of ${year}. Enter it with its own year.`,
    },
    { date, year },
  )
}

export function dayTwice(date: LocalDate): Refusal {
  return refuse(
    'day-twice',
    {
      vi: `Ngày ${formatVietnameseDate(date)} được ghi hai lần. Giữ lại một.`,
      en: `${date} is given twice. Keep one of them.`,
    },
    { date },
  )
}

export function kindOfWrongWeekday(date: LocalDate, kind: SpecialDayKind): Refusal {
  const day = formatVietnameseDate(date)
  return kind === 'working-saturday'
    ? refuse(
        'day-not-saturday',
        {
          vi: `Ngày ${day} không phải là thứ Bảy nên không phải là ngày làm bù. Kiểm tra lại văn bản.`,
          en: `${date} is not a Saturday, so it is no working Saturday. Check the document.`,
        },
        { date, kind },
      )
    : refuse(
        'day-off-already',
        {
          vi: `Ngày ${day} là ngày nghỉ hằng tuần nên không thể là ngày nghỉ bù hoặc hoán đổi. Kiểm tra lại văn bản.`,
          en: `${date} is a weekend day and cannot be a day off in lieu. Check the document.`,
        },
        { date, kind },
      )
}

export function nothingToRemove(date: LocalDate): Refusal {
  return refuse(
    'day-not-special',
    {
      vi: `Lịch không ghi gì riêng cho ngày ${formatVietnameseDate(date)} nên không có gì để bỏ.`,
      en: `The calendar says nothing special of ${date}: there is nothing to remove.`,
    },
    { date },
  )
}

export function nothingChanges(year: number): Refusal {
  return refuse(
    'calendar-unchanged',
    {
      vi: `Lịch năm ${year} đã ghi đúng như vậy, không có gì thay đổi.`,
      en: `The calendar says just that of ${year} already; nothing changes.`,
    },
    { year },
  )
}
