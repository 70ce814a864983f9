import { formatVietnameseDate, type LocalDate } from '#calendar'
import type { SourceDocument } from '#documents/references'

/** A period that a document sets for reports (kỳ báo cáo): often cut off before the calendar's own ends. */
export interface SetPeriod {
  /** Such as `2025-Q3`, `2025`. */
  readonly name: string
  /** Both end days belong to it. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** The report is due before this day. */
  readonly dueBefore: LocalDate | null
  /** Who sums it up, for whom. */
  readonly audience: string | null
  /** The document as reports cite it. */
  readonly source: string
}

export function cited({ number, date, issuer }: SourceDocument): string {
  return `${number} ngày ${formatVietnameseDate(date)} của ${issuer}`
}

/** Set by plan 2025 for administrative reform: figures are cut off before the period of the calendar ends. */
const plan2025 = {
  audience: 'Sở Nội vụ tổng hợp, báo cáo UBND tỉnh',
  source: 'Kế hoạch cải cách hành chính năm 2025 của UBND tỉnh Sơn La',
} as const

/** Those that a record begins with. What is set later is set on record, by its document. */
export const shippedPeriods: readonly SetPeriod[] = [
  { ...plan2025, name: '2025', from: '2024-12-15', to: '2025-12-09', dueBefore: '2025-12-12' },
  { ...plan2025, name: '2025-Q3', from: '2025-06-15', to: '2025-09-10', dueBefore: '2025-09-12' },
]
