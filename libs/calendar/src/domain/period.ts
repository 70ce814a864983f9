import { foldVietnamese, invalid } from '#kernel'

/** Longer ones are mistakes of typing. */
const mostDays = 3_660
const mostMonths = 120
const hourMs = 3_600_000

/**
 * How much time an office has. `same-day` is "trong ngày"; half days are counted by sessions; hours are working
 * hours, kept in milliseconds.
 */
export type Period =
  | { readonly unit: 'working-days' | 'half-days' | 'calendar-days' | 'months'; readonly amount: number }
  | { readonly unit: 'working-hours'; readonly milliseconds: number }
  | { readonly unit: 'same-day' }

/**
 * Reads "10 ngày làm việc", "0,5 ngày làm việc", "8 giờ làm việc", "15 ngày", "1 tháng", "2 năm", "trong ngày", with
 * or without marks. A fraction is written with comma or point; of a working day it is half a day.
 *
 * @throws RoviecError `period-invalid`.
 */
export function parsePeriod(text: string): Period {
  const folded = foldVietnamese(text)
  if (/^trong ngay( lam viec)?$/.test(folded)) return { unit: 'same-day' }
  const [, number = '', unit = ''] =
    /^(\d{1,5}(?:[.,]\d{1,3})?) (ngay lam viec|gio lam viec|ngay|thang|nam)$/.exec(folded) ?? []
  return periodOf(Number(number.replace(',', '.')), unit) ?? refused(text)
}

function periodOf(amount: number, unit: string): Period | null {
  if (!(amount > 0)) return null
  const whole = Number.isInteger(amount)
  switch (unit) {
    case 'ngay lam viec':
      if (amount > mostDays || !Number.isInteger(amount * 2)) return null
      return whole ? { unit: 'working-days', amount } : { unit: 'half-days', amount: amount * 2 }
    case 'gio lam viec': {
      const milliseconds = Math.round(amount * hourMs)
      return amount > mostDays * 8 ? null : { unit: 'working-hours', milliseconds }
    }
    case 'ngay':
      return whole && amount <= mostDays ? { unit: 'calendar-days', amount } : null
    case 'thang':
      return whole && amount <= mostMonths ? { unit: 'months', amount } : null
    case 'nam':
      return whole && amount * 12 <= mostMonths ? { unit: 'months', amount: amount * 12 } : null
    default:
      return null
  }
}

/** As officials write it: "10 ngày làm việc", "0,5 ngày làm việc". */
export function formatPeriod(period: Period): string {
  switch (period.unit) {
    case 'same-day':
      return 'trong ngày'
    case 'working-days':
      return `${period.amount} ngày làm việc`
    case 'half-days':
      return `${decimal(period.amount / 2)} ngày làm việc`
    case 'working-hours':
      return `${decimal(period.milliseconds / hourMs)} giờ làm việc`
    case 'calendar-days':
      return `${period.amount} ngày`
    case 'months':
      return period.amount % 12 === 0 ? `${period.amount / 12} năm` : `${period.amount} tháng`
  }
}

/** "2 giờ 30 phút"; parts of a minute as seconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'giờ'],
    [Math.floor(seconds / 60) % 60, 'phút'],
    [seconds % 60, 'giây'],
  ] as const
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`)
  return shown.length === 0 ? '0 phút' : shown.join(' ')
}

function decimal(amount: number): string {
  return String(Math.round(amount * 1000) / 1000).replace('.', ',')
}

function refused(text: string): never {
  throw invalid(
    'period-invalid',
    {
      vi: `Không đọc được thời hạn “${text}”. Viết như: 10 ngày làm việc; 0,5 ngày làm việc; 8 giờ làm việc; 15 ngày; 1 tháng; 1 năm; trong ngày.`,
      en: `“${text}” is no period. Write it as: 10 ngày làm việc; 0,5 ngày làm việc; 8 giờ làm việc; 15 ngày; 1 tháng; 1 năm; trong ngày.`,
    },
    { within: text },
  )
}
