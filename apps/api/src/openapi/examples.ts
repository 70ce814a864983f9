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
