import { parseMoment, type LocalDate } from '#calendar'
import type { Letterhead, OfficialDocument } from './official-document.js'
import { printableLine } from './printable-text.js'
import { formatLongDate, formatLongMoment } from './vietnamese-figures.js'
import { digestInvalid } from './writing-errors.js'

/** The name of the person is known to the reader of the paper, stays under seal, or is on no record and filled in. */
export type Applicant = { readonly name: string } | { readonly sealed: true } | { readonly open: true }

/** The agency of the letterhead is the one that is late and apologises. */
export interface ApologyLetter extends Letterhead {
  /** Bộ phận Một cửa: where the result will be handed over. */
  readonly oneStopUnit: string
  readonly dossier: {
    readonly code: string
    readonly procedure: string
    readonly acceptedOn: LocalDate
    /** A day or an instant, as on the form of acceptance. */
    readonly appointment: string
  }
  readonly applicant: Applicant
  readonly reason: string
  /** A day or an instant. */
  readonly newAppointment: string
  /** The event that recorded the apology, with the SHA-256 of its record in lower-case hexadecimal digits. */
  readonly record: { readonly eventId: string; readonly digest: string }
}

const openName = 'Ông/Bà/Tổ chức ………………………………………'
const sealedName = '……………………………………… (họ tên được bảo mật)'

/**
 * Mẫu số 04, "Phiếu xin lỗi và hẹn lại ngày trả kết quả", of the one-stop mechanism for administrative procedures. Its
 * foot names the event of the log that the paper stands on.
 *
 * @throws RoviecError `digest-invalid`, `moment-invalid`.
 */
export function apologyLetter(letter: ApologyLetter): OfficialDocument {
  const { parentAgency, agency, number, symbol, place, date, archive, signature, createdAt } = letter
  const head: Letterhead = {
    parentAgency,
    agency,
    number,
    symbol,
    place,
    date,
    archive,
    signature,
    createdAt,
  }
  const { applicant, oneStopUnit, record } = letter
  return {
    ...head,
    kind: 'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
    subject: null,
    addressees: [nameOf(applicant)],
    body: sentences(letter).map((text) => ({ kind: 'paragraph', text })),
    recipients: ['Như trên', oneStopUnit],
    foot: recordLines(record),
  }
}

function nameOf(applicant: Applicant): string {
  if ('name' in applicant) return applicant.name
  return 'open' in applicant ? openName : sealedName
}

/** The sentences of the form in their order. */
function sentences(letter: ApologyLetter): string[] {
  const { dossier, reason, newAppointment } = letter
  const agency = printableLine(letter.agency)
  return [
    `${capitalised(formatLongDate(dossier.acceptedOn))}, ${agency} tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính “${printableLine(dossier.procedure)}” của Ông/Bà/Tổ chức; mã số hồ sơ: ${printableLine(dossier.code)}.`,
    `Thời gian hẹn trả kết quả: ${formatLongMoment(dossier.appointment)}.`,
    `${delay(letter, agency)} Lý do: ${printableLine(reason).replace(/[.;]+$/u, '')}.`,
    'Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà/Tổ chức.',
    `${agency} xin lỗi Ông/Bà/Tổ chức và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà/Tổ chức vào ${formatLongMoment(newAppointment)}, tại ${printableLine(letter.oneStopUnit)}.`,
    'Mong nhận được sự thông cảm của Ông/Bà/Tổ chức vì sự chậm trễ này./.',
  ]
}

/** A letter may go out before the appointment: then nothing is late yet. */
function delay({ date, dossier }: ApologyLetter, agency: string): string {
  const early = date !== null && date <= parseMoment(dossier.appointment).date
  const result =
    'kết quả giải quyết hồ sơ của Ông/Bà/Tổ chức đúng thời hạn ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả.'
  return early
    ? `Tuy nhiên, ${agency} không thể trả ${result}`
    : `Tuy nhiên đến nay, ${agency} chưa trả ${result}`
}

function recordLines({ eventId, digest }: ApologyLetter['record']): string[] {
  if (!/^[0-9a-f]{64}$/u.test(digest)) throw digestInvalid(digest)
  return [`Mã sự kiện: ${printableLine(eventId)}`, `Dấu vân tay SHA-256: ${digest}`]
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
}
