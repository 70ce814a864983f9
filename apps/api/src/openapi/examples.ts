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

/** A transition as it can be sent: to which thing, where there are many, and with which body. */
export interface TransitionExample {
  readonly of?: string
  readonly body: object
}

const sourced = { source: 'Nghị quyết 12/NQ-HĐND ngày 10/12/2026', confidence: 'document' } as const
const soYTe = { of: 'd3ad3f66-3555-8e65-8a8e-2be3e6072385' } as const
const soNoiVu = '3dbb5619-daeb-83f8-b680-574c1e0e0925'
const officer = { of: 'cong-chuc-so-y-te' } as const
const task = { of: 'CCHC2025-II-5' } as const
/** Late, with an apology, not yet explained. */
const dossier = { of: 'DEMO-2026-0007' } as const

/** By workflow. What is not possible on what a first start loads has none. */
export const transitionExamples: Readonly<Record<string, Readonly<Record<string, TransitionExample>>>> = {
  agency: {
    CreateAgency: {
      of: '7c1f3f0e-52d4-4b1c-9a0e-0f2d6f1f8a11',
      body: {
        data: {
          province: 'son-la',
          kind: 'department',
          name: 'Sở Ví dụ',
          validFrom: '2027-01-01',
          ...sourced,
        },
      },
    },
    RenameAgency: {
      ...soYTe,
      body: { data: { name: 'Sở Y tế và Chăm sóc sức khỏe', from: '2027-01-01', ...sourced } },
    },
    AddAlias: { ...soYTe, body: { data: { alias: 'Sở YT Sơn La', ...sourced } } },
    AssignCode: { ...soYTe, body: { data: { scheme: 'ma-dinh-danh', code: 'H52.99', ...sourced } } },
    RecordSuccession: {
      ...soYTe,
      body: { data: { successors: [soNoiVu], date: '2027-01-01', kind: 'merge', ...sourced } },
    },
    EndAgency: { ...soYTe, body: { data: { validTo: '2026-12-31', ...sourced } } },
  },
  plan: {
    RegisterPlan: {
      of: 'CCHC2027',
      body: {
        data: {
          number: '12/QĐ-UBND',
          date: '2026-12-20',
          issuer: 'Chủ tịch UBND tỉnh',
          year: 2027,
          title: 'Kế hoạch cải cách hành chính nhà nước năm 2027',
        },
      },
    },
    CorrectPlan: {
      of: 'CCHC2025',
      body: {
        data: {
          eventId: '5dc90b4c-b37c-8abb-aba2-17c096e9b107',
          reason: 'Bổ sung ngày ban hành',
          changes: { date: '2025-01-10' },
        },
      },
    },
  },
  actor: {
    Register: {
      of: 'cong-chuc-vi-du',
      body: {
        data: {
          title: 'Công chức Sở Y tế',
          agency: 'd3ad3f66-3555-8e65-8a8e-2be3e6072385',
          roles: ['lead-officer'],
          scope: 'own',
        },
      },
    },
    Change: {
      ...officer,
      body: {
        data: {
          title: 'Phó Giám đốc Sở Y tế',
          agency: 'd3ad3f66-3555-8e65-8a8e-2be3e6072385',
          roles: ['lead-officer', 'head'],
          scope: 'own',
          reason: 'Được bổ nhiệm',
        },
      },
    },
    Disable: { ...officer, body: { data: { reason: 'Chuyển công tác' } } },
  },
  task: {
    Accept: { ...task, body: { data: {} } },
    Report: {
      ...task,
      body: {
        data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Đang xây dựng dự thảo', percentage: 40 },
      },
    },
    SubmitDraft: { ...task, body: { data: { deliverableId: '2', title: 'Dự thảo báo cáo' } } },
    Issue: {
      ...task,
      body: {
        data: {
          deliverableId: '2',
          document: { kind: 'Báo cáo', number: '120/BC-UBND', date: '2025-12-15', issuer: 'UBND tỉnh' },
        },
        occurredAt: '2025-12-15T08:00:00+07:00',
      },
    },
    RequestExtension: {
      ...task,
      body: { data: { deliverableId: '2', due: '2026-03-31', reason: 'Chờ số liệu của các xã, phường' } },
    },
  },
  dossier: {
    Explain: {
      ...dossier,
      body: {
        data: {
          text: 'Chờ ý kiến của bộ về hồ sơ.',
          by: { agency: 'Sở Tư pháp', position: 'Chuyên viên' },
        },
      },
    },
    IssueApology: {
      ...dossier,
      body: {
        data: {
          reason: 'Chờ ý kiến của bộ về hồ sơ.',
          newDate: '2026-05-11',
          signer: { agency: 'Sở Tư pháp', position: 'Giám đốc' },
        },
      },
    },
    DeliverApology: { ...dossier, body: { data: { how: 'Gửi qua dịch vụ bưu chính công ích' } } },
    Correct: {
      ...dossier,
      body: {
        data: {
          corrects: 'DEMO-2026-0007/5',
          change: { occurredAt: '2026-05-08T11:00:00+07:00' },
          reason: 'Ghi nhầm giờ',
        },
      },
    },
    Close: { of: 'DEMO-2025-0001', body: {} },
  },
  /** What the plan of another year may say of reports. */
  'report-period': {
    SetPeriod: {
      body: {
        data: {
          name: '2027',
          from: '2026-12-15',
          to: '2027-12-14',
          dueBefore: '2027-12-17',
          audience: 'Sở Nội vụ tổng hợp, báo cáo UBND tỉnh',
          document: { number: '12/KH-UBND', date: '2027-01-15', issuer: 'UBND tỉnh' },
        },
      },
    },
  },
  /** What a decision of the chairman may say of discipline. */
  'accountability-rule': {
    SetVersion: {
      body: {
        data: {
          validFrom: '2027-01-01',
          expectedDaysBefore: 3,
          reminders: [
            { afterDays: 1, to: 'owing' },
            { afterDays: 3, to: 'head' },
            { afterDays: 7, to: 'provincial-office' },
          ],
          document: { number: '31/QĐ-UBND', date: '2026-12-21', issuer: 'Chủ tịch UBND tỉnh' },
        },
      },
    },
  },
  /** What a notice of the Ministry may say about days off. */
  calendar: {
    ChangeDays: {
      body: {
        data: {
          year: 2026,
          document: 'Công văn 1234/BNV-CVL',
          announcedOn: '2026-03-02',
          set: [
            { date: '2026-06-01', kind: 'swap', name: 'hoán đổi ngày làm việc', pairedWith: '2026-06-06' },
            { date: '2026-06-06', kind: 'working-saturday', name: 'làm bù', pairedWith: '2026-06-01' },
          ],
        },
      },
    },
    ConfirmYear: {
      body: { data: { year: 2027, document: 'Thông báo 5678/TB-BNV', announcedOn: '2026-10-30' } },
    },
  },
}
