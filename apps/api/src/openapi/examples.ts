/**
 * Values that work on the plans a first start loads, so that whoever tries a route in the documentation gets an
 * answer and no error. A test sends every one of them.
 */
export const parameterExamples: Readonly<Record<string, string | number>> = {
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
  agencyId: 'abdaa248-b293-89d9-b041-09d331af46c7',
  /** The assignment of the task above: ids of events derive from the file that was imported. */
  event: '627137a3-26ed-8142-a9ac-3d7bf96e6397',
  /** Where a reader of the changes left off. */
  lastEventId: '0',
}

/** Bodies of transitions; `dryRun=true` shows what each would record. */
export const bodyExamples: Readonly<Record<string, object>> = {
  Accept: { data: {} },
  Report: {
    data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Đang xây dựng dự thảo', percentage: 40 },
  },
  SubmitDraft: { data: { deliverableId: '2', title: 'Dự thảo báo cáo' } },
  Issue: {
    data: {
      deliverableId: '2',
      document: { kind: 'Báo cáo', number: '120/BC-UBND', date: '2025-12-15', issuer: 'UBND tỉnh' },
    },
    occurredAt: '2025-12-15T08:00:00+07:00',
  },
  RequestExtension: {
    data: { deliverableId: '2', due: '2026-03-31', reason: 'Chờ số liệu của các xã, phường' },
  },
}

/** Of questions to the calendar; elsewhere `from` and `to` stand in place of a named period. */
export const calendarExamples: Readonly<Record<string, string>> = {
  version: 'vn/1',
  from: '2026-04-15',
  to: '2026-04-30',
  within: '10 ngày làm việc',
  hours: '07:30-11:30,13:30-17:00',
}

/** What a notice of the Ministry may say about days off. */
export const calendarBodies: Readonly<Record<string, object>> = {
  ChangeDays: {
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
  ConfirmYear: { data: { year: 2027, document: 'Thông báo 5678/TB-BNV', announcedOn: '2026-10-30' } },
}
