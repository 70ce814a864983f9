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
