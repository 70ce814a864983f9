import type { Letterhead, OfficialDocument } from './official-document.js'
import { printableLine } from './printable-text.js'
import {
  cutOffText,
  formatInteger,
  formatPercent,
  formulaText,
  noPercentage,
  periodText,
  type CutOff,
  type FormulaName,
  type Fraction,
  type ReportPeriod,
} from './vietnamese-figures.js'

export interface RateReport extends Letterhead {
  /** Trích yếu: what the figures are about. */
  readonly subject: string
  readonly addressees?: readonly string[]
  readonly grounds?: readonly string[]
  readonly period: ReportPeriod
  readonly cutOff: CutOff
  readonly formula: FormulaName
  readonly headings: { readonly numerator: string; readonly denominator: string; readonly rate: string }
  readonly rows: readonly (Fraction & { readonly agency: string })[]
  /** Where one item counts for several rows; the sums of the rows where it is not given. */
  readonly total?: Fraction
  readonly notes?: readonly string[]
  readonly recipients: readonly string[]
}

/**
 * A report of one rate by agency: counts, percentages with two decimals, a row of totals; cut-off, formula and its
 * source beside them, so that anyone can count again.
 *
 * @throws RoviecError `figure-invalid`, `moment-invalid`.
 */
export function rateReport(report: RateReport): OfficialDocument {
  const { period, cutOff, formula, rows, headings, notes = [], total = sumOf(rows), ...document } = report
  return {
    ...document,
    kind: 'Báo cáo',
    body: [
      { kind: 'paragraph', text: `${periodText(period)}.` },
      { kind: 'paragraph', text: `${cutOffText(cutOff)}.` },
      {
        kind: 'table',
        columns: [
          { heading: 'STT', width: 8, align: 'center' },
          { heading: 'Cơ quan', width: 44 },
          { heading: printableLine(headings.numerator), width: 16, align: 'right' },
          { heading: printableLine(headings.denominator), width: 16, align: 'right' },
          { heading: printableLine(headings.rate), width: 16, align: 'right' },
        ],
        rows: rows.map((row, index) => [String(index + 1), row.agency, ...figures(row)]),
        total: ['', 'Tổng cộng', ...figures(total)],
      },
      ...[...remarks(formula), ...notes].map((text) => ({ kind: 'note', text }) as const),
    ],
  }
}

function figures(fraction: Fraction): string[] {
  const { numerator, denominator } = fraction
  return [formatInteger(numerator), formatInteger(denominator), formatPercent(fraction)]
}

function sumOf(rows: readonly Fraction[]): Fraction {
  return rows.reduce(
    (sum, row) => ({
      numerator: sum.numerator + row.numerator,
      denominator: sum.denominator + row.denominator,
    }),
    { numerator: 0, denominator: 0 },
  )
}

function remarks(formula: FormulaName): string[] {
  return [
    `${formulaText(formula)}.`,
    `Tỷ lệ làm tròn đến hai chữ số thập phân, nửa đơn vị làm tròn lên; “${noPercentage}” là khi mẫu số bằng 0.`,
  ]
}
