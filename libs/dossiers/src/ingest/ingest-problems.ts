import { problem, type Problem } from '../evaluate/line-rejection.js'

export const lineIsProcedure = problem(
  'line-is-procedure',
  'Dòng này khai báo thủ tục, không phải sự kiện hồ sơ. Nhập thủ tục bằng: roviec procedures import <tệp>.',
  'This line declares a procedure. Import procedures with: roviec procedures import <file>.',
)

export function occurredInFuture(field: string): Problem {
  return problem(
    'occurred-in-future',
    `Thời điểm xảy ra (${field}) nằm trong tương lai. Kiểm tra ngày giờ của hệ thống nguồn và gửi lại dòng này.`,
    `The time of “${field}” lies in the future. Check the clock of the source and send the line again.`,
  )
}

export function procedureNotOnRecord(code: string): Problem {
  return problem(
    'procedure-unknown',
    `Chưa có thủ tục “${code}”. Nhập thủ tục (roviec procedures import), rồi gửi lại dòng này.`,
    `There is no procedure “${code}” on record. Import it (roviec procedures import), then send the line again.`,
  )
}

export function procedureNotInForce(code: string, date: string): Problem {
  return problem(
    'procedure-unknown',
    `Thủ tục “${code}” chưa có phiên bản có hiệu lực vào ngày tiếp nhận ${date}. Nhập phiên bản đó, rồi gửi lại dòng này.`,
    `No version of procedure “${code}” is in force on ${date}. Import that version, then send the line again.`,
  )
}
