import type { Text } from '#kernel'

/** A line that was not taken, and what to do about it. */
export interface RejectedLine {
  readonly line: number
  readonly code: string
  readonly message: Text
}

/** What is wrong with a line, before it is known which one it is. */
export interface Problem {
  readonly code: string
  readonly message: Text
}

export function problem(code: string, vi: string, en: string): Problem {
  return { code, message: { vi, en } }
}

export const lineTooLong = problem(
  'line-too-long',
  'Dòng dài hơn 1 MB. Mỗi dòng chỉ ghi một sự kiện; tách dòng và gửi lại.',
  'The line is longer than 1 MB. A line holds one message; split it and send it again.',
)

export const lineNotJson = problem(
  'line-not-json',
  'Dòng không phải là một đối tượng JSON. Sửa dòng và gửi lại.',
  'The line is not one JSON object. Correct it and send it again.',
)

export function fieldMissing(field: string): Problem {
  return problem(
    'field-missing',
    `Thiếu trường “${field}”. Bổ sung và gửi lại dòng này.`,
    `The member “${field}” is missing. Add it and send the line again.`,
  )
}

export function fieldInvalid(field: string, wanted: Text): Problem {
  return problem(
    'field-invalid',
    `Trường “${field}” không hợp lệ: cần ${wanted.vi}. Sửa và gửi lại dòng này.`,
    `The member “${field}” is invalid: ${wanted.en} is needed. Correct it and send the line again.`,
  )
}

export function dateInvalid(field: string): Problem {
  return problem(
    'date-invalid',
    `Trường “${field}” không phải là ngày hoặc thời điểm có thật. Viết ngày là 2026-04-15, thời điểm là 2026-04-15T09:30.`,
    `The member “${field}” is no day or instant that exists. Write a day as 2026-04-15, an instant as 2026-04-15T09:30.`,
  )
}

export function dateOutsideCalendar(field: string, first: number, last: number): Problem {
  return problem(
    'date-outside-calendar',
    `Trường “${field}” nằm ngoài các năm ${first}–${last} của lịch làm việc. Kiểm tra lại năm.`,
    `The member “${field}” lies outside the years ${first}–${last} of the calendar. Check the year.`,
  )
}

export const procedureRepeated = problem(
  'procedure-repeated',
  'Thủ tục đã được khai báo với nội dung khác cho cùng ngày hiệu lực. Ghi ngày hiệu lực mới (validFrom) cho phiên bản mới.',
  'The procedure was given before with other content for the same day. Give the new version its own validFrom.',
)

export const messageIdReused = problem(
  'message-id-reused',
  'Mã sự kiện này của hệ thống nguồn đã dùng cho nội dung khác. Giữ nội dung nhận trước; gửi nội dung mới với mã mới, hoặc gửi đính chính.',
  'This id of the source stands for other content. What was received first is kept; send the new content under an id of its own, or a correction.',
)

export function agencyUnknown(name: string): Problem {
  return problem(
    'agency-unknown',
    `Chưa nhận ra cơ quan “${name}”. Dòng được ghi theo tên nguồn gửi; bổ sung tên gọi vào danh mục cơ quan.`,
    `The agency “${name}” is not in the registry. The line is recorded under the name as sent; add the name to the registry.`,
  )
}
