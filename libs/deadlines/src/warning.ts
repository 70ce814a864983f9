import type { Text } from '#kernel'

export type WarningCode =
  | 'day-not-modelled'
  | 'frequency-not-modelled'
  | 'impossible-date'
  | 'impossible-month'
  | 'impossible-quarter'
  | 'implausible-citation-date'
  | 'implausible-year'
  | 'incomplete-date'
  | 'input-truncated'
  | 'range-reversed'
  | 'reporting-window'
  | 'start-without-end'
  | 'two-digit-year'
  | 'vague-part'
  | 'year-missing'

/** Something a person should look at: what was written, and what was made of it. */
export interface Warning {
  readonly code: WarningCode
  readonly message: Text
}

/** `excerpt` is quoted in both languages: a warning without the place it speaks of helps nobody. */
export function warn(code: WarningCode, excerpt: string): Warning {
  const { vi, en } = texts[code]
  const quoted = excerpt.length > 80 ? `${excerpt.slice(0, 79)}…` : excerpt
  return { code, message: { vi: `“${quoted}”: ${vi}`, en: `“${quoted}”: ${en}` } }
}

const texts: Record<WarningCode, Text> = {
  'day-not-modelled': {
    vi: 'chưa tính được ngày cụ thể trong kỳ; đề nghị nhập hạn của từng kỳ.',
    en: 'the day within the period cannot be computed; enter the due date of each period.',
  },
  'frequency-not-modelled': {
    vi: 'tần suất không thuộc tháng, quý, 6 tháng, năm; đề nghị nhập hạn của từng lần.',
    en: 'the frequency is none of month, quarter, half-year, year; enter each due date.',
  },
  'impossible-date': {
    vi: 'không có ngày này trong lịch; đề nghị kiểm tra văn bản gốc.',
    en: 'no such day in the calendar; check the original document.',
  },
  'impossible-month': {
    vi: 'không có tháng này; đề nghị kiểm tra văn bản gốc.',
    en: 'no such month; check the original document.',
  },
  'impossible-quarter': {
    vi: 'một năm chỉ có bốn quý; đề nghị kiểm tra văn bản gốc.',
    en: 'a year has four quarters; check the original document.',
  },
  'implausible-citation-date': {
    vi: 'ngày của văn bản viện dẫn không hợp lý (không khớp năm ban hành hoặc không có trong lịch); không ảnh hưởng đến hạn.',
    en: 'the date of the cited document is implausible (another year than its number, or no such day); the deadline does not depend on it.',
  },
  'implausible-year': {
    vi: 'năm không hợp lý; đề nghị kiểm tra văn bản gốc.',
    en: 'the year is implausible; check the original document.',
  },
  'incomplete-date': {
    vi: 'ngày tháng ghi chưa đủ; đề nghị bổ sung.',
    en: 'the date is incomplete; complete it.',
  },
  'input-truncated': {
    vi: 'nội dung quá dài, chỉ đọc phần đầu; đề nghị tách riêng phần ghi thời hạn.',
    en: 'the text is too long and only its beginning was read; pass the part with the deadline.',
  },
  'range-reversed': {
    vi: 'mốc bắt đầu sau mốc kết thúc; đề nghị kiểm tra văn bản gốc.',
    en: 'the start is after the end; check the original document.',
  },
  'reporting-window': {
    vi: 'đây là thời gian chốt số liệu, có thể không phải hạn nộp; đề nghị kiểm tra.',
    en: 'this is the period the figures cover and may not be the day they are due; check it.',
  },
  'start-without-end': {
    vi: 'chỉ có mốc bắt đầu, không có thời hạn.',
    en: 'only a start is named, no deadline.',
  },
  'two-digit-year': {
    vi: 'năm ghi hai chữ số, hiểu là 20xx; đề nghị kiểm tra.',
    en: 'a year of two digits, read as 20xx; check it.',
  },
  'vague-part': {
    vi: 'chỉ ghi một phần của kỳ (đầu, giữa, tuần …), không có ngày cụ thể; hạn tính đến hết kỳ.',
    en: 'a part of a period (its beginning, middle, a week) without a day; the end of the period is taken.',
  },
  'year-missing': {
    vi: 'chưa ghi năm; đề nghị cho biết năm của kế hoạch.',
    en: 'no year is written; give the year of the plan.',
  },
}
