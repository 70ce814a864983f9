import {
  rateReport,
  writeDocx,
  writeXlsx,
  type CellValue,
  type Letterhead,
  type OfficialDocument,
  type Sheet,
  type SheetColumn,
} from '#documents/writing'
import type { Breakdown, RateRow, Rates } from '../views/rates/find-rates.query.js'

export const reportFormats = ['xlsx', 'docx'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** As the first column is called. */
export const breakdownHeadings: Readonly<Record<Breakdown, string>> = {
  agency: 'Cơ quan',
  field: 'Lĩnh vực',
  procedure: 'Thủ tục',
  channel: 'Hình thức nộp',
  step: 'Cơ quan xử lý bước',
}

/**
 * Short as Nghị định 30 allows, so that a line holds it. Number, date and name are left for the clerk and the signer to
 * fill in.
 */
const letterhead: Omit<Letterhead, 'createdAt'> = {
  parentAgency: 'UBND tỉnh Sơn La',
  agency: 'Văn phòng',
  number: null,
  symbol: 'BC-VP',
  place: 'Sơn La',
  date: null,
  archive: 'VT, KSTTHC',
  signature: { position: 'Chánh Văn phòng', name: null },
}

/**
 * Rates as a file that is passed on: a workbook with typed cells, or a report in the layout of Nghị định 30/2020. Nothing
 * in it comes from a clock: the same figures as of the same position give the same bytes.
 */
export async function writeRates(rates: Rates, format: ReportFormat): Promise<Uint8Array> {
  return format === 'xlsx' ? writeXlsx({ sheets: [sheetOf(rates)] }) : writeDocx(documentOf(rates))
}

function sheetOf(rates: Rates): Sheet {
  const { formula, period, by, rows, total } = rates
  const isOfSteps = rows.some(({ before }) => before !== undefined)
  const columns: SheetColumn[] = [
    { heading: 'STT', type: 'integer', width: 6 },
    { heading: breakdownHeadings[by], type: 'text', width: isOfSteps ? 40 : 44 },
    ...(isOfSteps
      ? ['Trước hạn', 'Đúng hạn', 'Quá hạn'].map(
          (heading) => ({ heading, type: 'integer', width: 10 }) as const,
        )
      : []),
    { heading: formula.numerator, type: 'integer', width: 14 },
    { heading: formula.denominator, type: 'integer', width: 14 },
    { heading: 'Tỷ lệ', type: 'percent' },
  ]
  const cells = (row: Omit<RateRow, 'value'>, number: number | null): CellValue[] => [
    number,
    row.name,
    ...(isOfSteps ? [row.before ?? null, row.on ?? null, row.after ?? null] : []),
    row.numerator,
    row.denominator,
    { numerator: row.numerator, denominator: row.denominator },
  ]
  return {
    name: 'Tỷ lệ',
    title: formula.text.vi,
    period,
    cutOff: cutOffOf(rates),
    formula: nameOf(rates),
    columns,
    rows: rows.map((row, at) => cells(row, at + 1)),
    total: cells({ ...total, ...(isOfSteps && stepsOf(rows)), name: 'Tổng cộng' }, null),
    notes: notesOf(rates),
  }
}

/** Each step is handled by one agency: they add up. */
function stepsOf(rows: readonly RateRow[]): Required<Pick<RateRow, 'before' | 'on' | 'after'>> {
  const sum = (of: 'before' | 'on' | 'after'): number => rows.reduce((all, row) => all + (row[of] ?? 0), 0)
  return { before: sum('before'), on: sum('on'), after: sum('after') }
}

function documentOf(rates: Rates): OfficialDocument {
  const { formula, period, by, rows, total } = rates
  const report = rateReport({
    ...letterhead,
    subject: formula.text.vi,
    period,
    cutOff: cutOffOf(rates),
    formula: nameOf(rates),
    headings: { numerator: formula.numerator, denominator: formula.denominator, rate: 'Tỷ lệ' },
    rows: rows.map(({ name, numerator, denominator }) => ({ agency: name, numerator, denominator })),
    total,
    notes: notesOf(rates),
    recipients: ['Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Sở Nội vụ'],
    createdAt: cutOffOf(rates).at,
  })
  const body = report.body.map((block) => {
    if (block.kind !== 'table') return block
    const columns = block.columns.map((column, at) =>
      at === 1 ? { ...column, heading: breakdownHeadings[by] } : column,
    )
    return { ...block, columns }
  })
  return { ...report, body }
}

/** Before anything was recorded: the end of the period. */
function cutOffOf({ position, recordedAt, period }: Rates): {
  readonly position: string
  readonly at: string
} {
  return { position, at: recordedAt ?? `${period.to}T23:59:59+07:00` }
}

function nameOf({ formula: { name, source } }: Rates): { readonly name: string; readonly source?: string } {
  return { name, ...(source !== null && { source }) }
}

function notesOf({ period, unjudged }: Rates): string[] {
  return [
    ...(period.name === null ? [] : [`Kỳ báo cáo: ${period.name}.`]),
    ...(period.source === null ? [] : [`Kỳ báo cáo theo ${period.source}.`]),
    ...(unjudged === 0
      ? []
      : [`${unjudged} hồ sơ chưa tính được do chưa có thủ tục hoặc lịch làm việc của năm liên quan.`]),
  ]
}
