import { localDateOf } from '#calendar'
import { systemClock } from '#kernel'

/** Of a parameter, by its name. */
export type Examples = Readonly<Record<string, string | number | boolean>>

/**
 * Values that work on what a first start loads, so that whoever tries a route in the documentation gets an answer and
 * no error. A test sends every one of them.
 */
export const parameterExamples: Examples = {
  code: 'CCHC2025-II-5',
  plan: 'CCHC2025',
  section: 'II',
  status: 'assigned',
  verdict: 'late',
  text: 'kế hoạch',
  asOf: '2025-09-30',
  basis: 'extended',
  date: '2025-06-01',
  dueFrom: '2025-01-01',
  dueTo: '2025-12-31',
  sort: 'due',
  order: 'asc',
  limit: 20,
  names: 'Sở TTTT',
  province: 'son-la',
  issuer: 'Chủ tịch UBND tỉnh',
  year: 2025,
  period: '2025-Q3',
  formula: 'qd766-2.1',
  by: 'agency',
  compare: 'qd766-2.1,don-gian',
  missing: 'apology',
  actorId: 'cong-chuc-so-y-te',
  agencyId: 'abdaa248-b293-89d9-b041-09d331af46c7',
  /** The assignment of the task above: ids of events derive from the file that was imported. */
  event: '627137a3-26ed-8142-a9ac-3d7bf96e6397',
  /** Where a reader of the changes left off. */
  lastEventId: '0',
  /** Whoever tries a command sees what it would record. */
  dryRun: true,
}

/** Of a command that nobody has sent. */
export const commandId = '5f0c1a52-7d1e-4d0b-9a55-3f1f6f0a2b11'

/** The line of a dossier that a first start could not take. */
export const rejectedLine = '6a8b97ea-046e-8ef9-b8b6-907745982973'

/** What a first start loads is recorded on that day: as of an earlier one there was nothing. */
export const recordExamples: Examples = { asOf: localDateOf(systemClock.now()) }

/** Of questions to the calendar; elsewhere `from` and `to` stand in place of a named period. */
export const calendarExamples: Examples = {
  version: 'vn/1',
  from: '2026-04-15',
  to: '2026-04-30',
  within: '10 ngày làm việc',
  hours: '07:30-11:30,13:30-17:00',
}

/** Of questions to the accountability rule. */
export const accountabilityRuleExamples: Examples = { version: 'accountability/1', date: '2026-06-01' }

/** A plan of three lines, as its table is saved by a spreadsheet. */
export const planFile = `STT,Nội dung,Sản phẩm,Cơ quan chủ trì,Cơ quan phối hợp,Thời gian,Ghi chú
I,CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH,,,,,
1,Kế hoạch cải cách hành chính năm 2027,Kế hoạch của UBND tỉnh,Sở Nội vụ,"Các sở, ban, ngành",Tháng 01/2027,
2,Tuyên truyền cải cách hành chính,Báo cáo kết quả,Sở Khoa học và Công nghệ,UBND cấp xã,Quý IV/2027,
`

export const planFileExamples: Examples = {
  code: 'VIDU2027',
  number: '12/QĐ-UBND',
  date: '2027-01-05',
  year: 2027,
  title: 'Kế hoạch ví dụ',
  declared: 2,
}

/** What a one-stop system tells of a dossier: received, then its result. */
export const dossierLines = `${[
  {
    source: 'vi-du',
    id: 'VD-1/1',
    dossier: 'VD-1',
    type: 'Accepted',
    occurredAt: '2026-03-02T09:00:00+07:00',
    procedure: 'DEMO-TT-10',
    agency: 'Văn phòng UBND tỉnh',
    channel: 'online',
    data: { appointment: '2026-03-16' },
  },
  {
    source: 'vi-du',
    id: 'VD-1/2',
    dossier: 'VD-1',
    type: 'Resolved',
    occurredAt: '2026-03-13T10:00:00+07:00',
    agency: 'Sở Tư pháp',
  },
]
  .map((line) => JSON.stringify(line))
  .join('\n')}\n`
