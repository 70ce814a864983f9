import { apologyLetter, writeDocx } from '#documents/writing'
import { invalid } from '#kernel'
import type { ApologyOnRecord, WithheldText } from '../views/dossier/apology.query.js'

const withheld = '……………………………… (nội dung được bảo mật)'

/**
 * Form 04 from the record: the same event gives the same bytes to readers with the same rights. Who may not read what
 * is personal is given the form with gaps. The name of the citizen is not part of any message, so its place stays open.
 *
 * @throws RoviecError `apology-without-new-date`: the form promises a day.
 */
export function writeApology(apology: ApologyOnRecord): Promise<Buffer> {
  const { dossier, procedure, acceptedOn, appointment, newDate, signer, eventId, digest } = apology
  if (newDate === null) throw withoutNewDate(dossier)
  return writeDocx(
    apologyLetter({
      parentAgency: null,
      agency: apology.agency,
      number: null,
      symbol: 'PXL',
      place: 'Sơn La',
      date: apology.issuedOn,
      archive: 'VT',
      signature: { position: signer.position, name: typeof signer.name === 'string' ? signer.name : null },
      oneStopUnit: apology.oneStopUnit,
      dossier: { code: dossier, procedure, acceptedOn, appointment },
      applicant: { open: true },
      reason: shown(apology.reason),
      newAppointment: newDate,
      record: { eventId, digest },
      createdAt: apology.recordedAt,
    }),
  )
}

function shown(text: string | WithheldText | null): string {
  return typeof text === 'string' ? text : withheld
}

function withoutNewDate(code: string): Error {
  return invalid(
    'apology-without-new-date',
    {
      vi: `Văn bản xin lỗi của hồ sơ “${code}” không có ngày hẹn lại. Phiếu theo mẫu số 04 phải ghi ngày hẹn trả kết quả mới; ghi nhận lại văn bản với ngày đó.`,
      en: `The apology of dossier ${code} names no new day, which form 04 has to. Issue it again with the day.`,
    },
    { code },
  )
}
