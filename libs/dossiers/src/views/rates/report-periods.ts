import { lastDayOfMonth, type LocalDate } from '#calendar'
import { invalid } from '#kernel'
import type { ReportPeriod } from '../../domain/formulas/formula.js'
import type { SetPeriod } from '../../domain/report-period.js'

/** A period as reports are asked for: by name, or by its days. */
export interface NamedPeriod extends ReportPeriod {
  readonly name: string | null
  /** Set by a document, by the calendar, or by whoever asked. */
  readonly kind: 'report' | 'calendar' | 'days'
  /** The report is due before this day. */
  readonly dueBefore: LocalDate | null
  readonly audience: string | null
  readonly source: string | null
}

const calendarSuffix = '-calendar'

/**
 * `2025-Q3`, `2025`: as a document sets it, else by the calendar; `2025-Q3-calendar` by the calendar in any case. Months
 * are `2025-07`, half-years `2025-H1`.
 *
 * @param set those that documents set.
 * @throws RoviecError `period-unknown`.
 */
export function periodNamed(name: string, set: readonly SetPeriod[]): NamedPeriod {
  const found = set.find((period) => period.name === name)
  if (found !== undefined) return { ...found, kind: 'report' }
  const plain = name.endsWith(calendarSuffix) ? name.slice(0, -calendarSuffix.length) : name
  const [, year, kind, digits] = /^(\d{4})(?:-(Q|H|)(\d{1,2}))?$/.exec(plain) ?? []
  const months = year === undefined || Number(year) < 1 ? null : monthsOf(kind, digits)
  if (months === null) throw periodUnknown(name)
  const [first, last] = months
  return {
    name,
    kind: 'calendar',
    from: `${year}-${String(first).padStart(2, '0')}-01`,
    to: lastDayOfMonth(Number(year), last),
    dueBefore: null,
    audience: null,
    source: null,
  }
}

/** @throws RoviecError `period-invalid`. */
export function periodOfDays(from: LocalDate, to: LocalDate): NamedPeriod {
  if (from <= to) return { name: null, kind: 'days', from, to, dueBefore: null, audience: null, source: null }
  throw invalid(
    'period-invalid',
    {
      vi: `Ngày đầu kỳ ${from} sau ngày cuối kỳ ${to}. Đổi lại hai ngày.`,
      en: `The first day ${from} is after the last day ${to}. Change them round.`,
    },
    { from, to },
  )
}

/** First and last month; null where there is no such quarter, half-year or month. */
function monthsOf(kind: string | undefined, digits: string | undefined): readonly [number, number] | null {
  if (digits === undefined) return [1, 12]
  const number = Number(digits)
  const length = kind === 'Q' ? 3 : kind === 'H' ? 6 : 1
  const isWellFormed = kind === '' ? digits.length === 2 : digits.length === 1
  if (!isWellFormed || number < 1 || number > 12 / length) return null
  return [(number - 1) * length + 1, number * length]
}

function periodUnknown(name: string): Error {
  return invalid(
    'period-unknown',
    {
      vi: `Không có kỳ báo cáo “${name}”. Viết ví dụ: 2025, 2025-Q3, 2025-H1, 2025-07, 2025-Q3-calendar (quý theo lịch); hoặc nêu từ ngày, đến ngày.`,
      en: `There is no period ${name}. Write 2025, 2025-Q3, 2025-H1, 2025-07, 2025-Q3-calendar, or give first and last day.`,
    },
    { name },
  )
}
