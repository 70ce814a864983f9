import { describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { openTables } from '#documents'
import { allFormulas } from '../domain/formulas/all-formulas.js'
import { shown, type Rates } from '../views/rates/find-rates.query.js'
import { shippedPeriods } from '../domain/report-period.js'
import { periodNamed } from '../views/rates/report-periods.js'
import { writeRates, type ReportFormat } from './rates-report.js'

const rates: Rates = {
  formula: shown(allFormulas[0]!),
  period: periodNamed('2025-Q3', shippedPeriods),
  by: 'agency',
  rows: [
    { value: 'son-la/so-tu-phap', name: 'Sở Tư pháp', numerator: 95, denominator: 100, percent: 95 },
    { value: null, name: '=1+1', numerator: 0, denominator: 1, percent: 0 },
  ],
  total: { numerator: 95, denominator: 101, percent: 94.06 },
  unjudged: 2,
  position: '1024',
  recordedAt: '2025-09-10T10:00:00.000Z',
}

async function cellsOf(format: ReportFormat, given: Rates = rates): Promise<string> {
  const { tables } = await openTables({ bytes: await writeRates(given, format) })
  const rows: string[] = []
  for (const table of tables) for await (const { cells } of table.rows()) rows.push(cells.join(' | '))
  return rows.join('\n')
}

describe('rates as a file', () => {
  it.each(['xlsx', 'docx'] as const)(
    'has the counts, the percentages and their total as %s',
    async (format) => {
      const text = await cellsOf(format)
      expect(text).toContain('Sở Tư pháp')
      expect(text).toContain('=1+1')
      expect(text).toContain('Tổng cộng')
      expect(text).toContain('Đúng hạn')
      expect(text).toContain('Phải giải quyết')
    },
  )

  it('names the breakdown and, of steps, what was before, on and after time', async () => {
    const rows = [
      {
        value: 'x',
        name: 'Một cửa',
        numerator: 5,
        denominator: 8,
        percent: 62.5,
        before: 3,
        on: 2,
        after: 3,
      },
    ]
    const text = await cellsOf('xlsx', { ...rates, by: 'step', rows })
    expect(text).toContain('Cơ quan xử lý bước | Trước hạn | Đúng hạn | Quá hạn')
    expect(await cellsOf('docx', { ...rates, by: 'field' })).toContain('Lĩnh vực')
  })

  it.each(['xlsx', 'docx'] as const)('has the same bytes for the same figures as %s', async (format) => {
    const digest = async (): Promise<string> =>
      createHash('sha256')
        .update(await writeRates(rates, format))
        .digest('hex')
    expect(await digest()).toBe(await digest())
  })
})
