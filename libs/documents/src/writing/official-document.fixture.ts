import type { ApologyLetter, OfficialDocument, RateReport } from './index.js'

/** A report with every part that the decree names. */
export const fullDocument: OfficialDocument = {
  parentAgency: 'Ủy ban nhân dân tỉnh Sơn La',
  agency: 'Sở Tư pháp',
  number: '7',
  symbol: 'BC-STP',
  place: 'Sơn La',
  date: '2025-02-05',
  kind: 'Báo cáo',
  subject: 'Kết quả giải quyết thủ tục hành chính năm 2024',
  addressees: ['Ủy ban nhân dân tỉnh', 'Sở Nội vụ;'],
  grounds: ['Căn cứ Luật Tổ chức chính quyền địa phương', 'Theo đề nghị của Chánh Văn phòng;'],
  body: [
    { kind: 'heading', text: '1. Kết quả chung' },
    { kind: 'paragraph', text: 'Đoạn thứ nhất.\nĐoạn thứ hai.' },
    {
      kind: 'table',
      columns: [
        { heading: 'Cơ quan', width: 2 },
        { heading: 'Số hồ sơ', width: 1, align: 'right' },
      ],
      rows: [
        ['UBND xã Chiềng Ban', '12'],
        ['UBND phường\nTô Hiệu', '1.234'],
      ],
      total: ['Tổng cộng', '1.246'],
    },
    { kind: 'note', text: 'Số liệu của hệ thống.' },
  ],
  recipients: ['Như trên', 'Giám đốc Sở (b/c)'],
  archive: 'VT, VP',
  signature: {
    authority: [{ as: 'KT.', of: 'Giám đốc' }],
    position: 'Phó Giám đốc',
    name: 'Nguyễn Thị B',
  },
  foot: ['Dòng cuối'],
  createdAt: '2025-02-05T09:30:00+07:00',
}

export const letter: ApologyLetter = {
  parentAgency: 'Ủy ban nhân dân tỉnh Sơn La',
  agency: 'Sở Tư pháp',
  oneStopUnit: 'Trung tâm Phục vụ hành chính công tỉnh Sơn La',
  number: null,
  symbol: 'PXL-STP',
  place: 'Sơn La',
  date: '2025-03-12',
  dossier: {
    code: '000.00.00.H52-250115-0001',
    procedure: 'Cấp Phiếu lý lịch tư pháp',
    acceptedOn: '2025-01-15',
    appointment: '2025-03-10T16:30',
  },
  applicant: { name: 'Ông Lò Văn A' },
  reason: 'chờ kết quả xác minh của cơ quan phối hợp.',
  newAppointment: '2025-03-20',
  signature: { position: 'Giám đốc', name: 'Nguyễn Thị B' },
  archive: 'VT',
  record: { eventId: '0b7f9a52-3a51-5f3e-9b1e-0d4f6a7c8e90', digest: 'ab'.repeat(32) },
  createdAt: '2025-03-12T02:30:00Z',
}

export const report: RateReport = {
  parentAgency: null,
  agency: 'Văn phòng Ủy ban nhân dân tỉnh',
  number: null,
  symbol: 'BC-VPUB',
  place: 'Sơn La',
  date: null,
  subject: 'Tỷ lệ giải quyết hồ sơ đúng hạn',
  period: { from: '2024-12-15', to: '2025-12-09' },
  cutOff: { position: '120456', at: '2025-12-12T07:05:09Z' },
  formula: { name: 'qd766-2.1', source: 'Quyết định số 766/QĐ-TTg ngày 23/6/2022' },
  headings: { numerator: 'Đúng hạn', denominator: 'Phải giải quyết', rate: 'Tỷ lệ' },
  rows: [
    { agency: 'Sở Tư pháp', numerator: 1234, denominator: 1296 },
    { agency: 'UBND xã Chiềng Ban', numerator: 0, denominator: 0 },
    { agency: 'UBND phường Tô Hiệu', numerator: 1, denominator: 800 },
  ],
  recipients: ['Lãnh đạo UBND tỉnh'],
  archive: 'VT',
  signature: { position: 'Chánh Văn phòng', name: null },
  createdAt: '2025-12-12T07:10:00Z',
}
