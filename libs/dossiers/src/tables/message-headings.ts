import type { DossierMessageType } from '../domain/dossier.message.js'
import type { Layout } from './headed-rows.js'

const day = 'ngay(?: gio| thang(?: nam)?)?|gio ngay|thoi diem'
const fee = '(?:phi|le phi|phi le phi|phi va le phi)'

/** "Thời gian nộp" is a moment. */
const moment = (what: string): RegExp =>
  new RegExp(`^(?:${day}|thoi gian) (?:thuc te )?(?:${what})(?: thuc te)?$`)

/** "Thời gian giải quyết" is a duration. */
const dayOf = (what: string): RegExp => new RegExp(`^(?:${day}) (?:thuc te )?(?:${what})(?: thuc te)?$`)

const ofDossier = {
  dossier: /^(?:ma|so|ma so|so ma) (?:so )?(?:ho so|bien nhan)(?: tthc| thu tuc hanh chinh)?$/,
  procedure: /^(?:ma (?:so )?)?(?:thu tuc|tthc)(?: hanh chinh)?$/,
  agency: /^(?:co quan|don vi|bo phan)(?: tiep nhan(?: va (?:giai quyet|xu ly))?)?(?: ho so)?$/,
  resolvingAgency: /^(?:co quan|don vi) (?:chu tri )?(?:giai quyet|xu ly|thuc hien|thu ly)(?: ho so)?$/,
  channel: /^(?:hinh thuc|kenh|phuong thuc) (?:nop|tiep nhan)(?: ho so)?$/,
  step: /^buoc(?: giai quyet| xu ly)?$/,
  recordedAtSource: moment('(?:cap nhat|ghi nhan)(?: cuoi| cuoi cung| du lieu)?'),
  appointment: new RegExp(
    `^(?:${day}|thoi gian) (?:hen(?: tra)?(?: ket qua| ho so)*(?: du kien)?|(?:tra|nhan)(?: ket qua)? (?:du kien|theo (?:giay |phieu )?hen)|du kien tra(?: ket qua)?)$|^(?:thoi )?han tra(?: ket qua| ho so)?$`,
  ),
  newDate: moment('hen (?:tra )?lai(?: ket qua)?|hen lai tra(?: ket qua)?'),
} as const

/** A row for each event. */
const events = {
  ...ofDossier,
  id: /^ma su kien$/,
  type: /^(?:loai |ten )?su kien$/,
  occurredAt: /^(?:thoi diem|ngay|ngay gio|thoi gian)(?: xay ra)?(?: su kien)?$/,
} as const

/** Columns that hold the day of a fact of the dossier of the row: what did happen, never what is to. */
const facts = {
  Submitted: moment('(?:nop|gui)(?: ho so)?(?: truc tuyen)?'),
  Accepted: moment('tiep nhan(?: ho so)?(?: chinh thuc)?|nhan ho so'),
  FeeRequested: moment(`(?:yeu cau|thong bao)(?: nop| dong)? ${fee}`),
  FeePaid: moment(`(?:da )?(?:nop|dong|thu|thanh toan) ${fee}`),
  SupplementRequested: moment('(?:yeu cau|de nghi) bo sung(?: ho so)?'),
  Supplemented: moment('(?:da )?bo sung(?: ho so)?|(?:nop|nhan|tiep nhan)(?: ho so)? bo sung'),
  Resolved: dayOf(
    '(?:co ket qua|giai quyet(?: xong)?|xu ly xong|(?:da )?hoan thanh|(?:hoan thanh|ket thuc) (?:giai quyet|xu ly))(?: ho so)?',
  ),
  ResultReturned: moment('(?:da )?tra(?: ket qua(?: ho so)?)?|nhan ket qua'),
  Stopped: dayOf('(?:dung|cham dut) (?:giai quyet|xu ly)(?: ho so)?'),
  Withdrawn: moment('(?:xin )?rut(?: ho so)?'),
  Refused: moment('tu choi(?: tiep nhan| giai quyet)?(?: ho so)?'),
  ApologyIssued: moment('(?:ban hanh |ky |co |lap )?(?:van ban |thu |phieu |cong van )?xin loi'),
  ApologyDelivered: moment('(?:da )?gui (?:van ban |thu |phieu |cong van )?xin loi'),
  Explained: moment('(?:co )?(?:van ban )?giai trinh'),
  ExplanationAccepted: moment('(?:chap nhan|chap thuan) giai trinh'),
  ExplanationRejected: moment('khong chap nhan giai trinh'),
} as const satisfies Partial<Record<DossierMessageType, RegExp>>

export const factColumns = Object.keys(facts) as readonly (keyof typeof facts)[]

export type MessageMember = keyof typeof events | keyof typeof facts

/** A table with a column of events has a row for each, and its columns of dates say nothing by themselves. */
export const messageLayouts: readonly Layout<MessageMember>[] = [
  { headings: events, needed: { dossier: 'Mã hồ sơ', type: 'Sự kiện' }, bracketsMatter: true },
  { headings: { ...ofDossier, ...facts }, needed: { dossier: 'Mã hồ sơ' }, bracketsMatter: true },
]
