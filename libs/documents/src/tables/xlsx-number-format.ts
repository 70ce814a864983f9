/** How a number is shown, as far as it changes what a reader understands. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'percent' }
  /** "0000000000": leading zeros of a code. */
  | { readonly kind: 'zeros'; readonly width: number }
  | {
      readonly kind: 'date'
      readonly day: boolean
      readonly month: boolean
      readonly year: boolean
      readonly time: boolean
    }

export const plainFormat: NumberFormat = { kind: 'plain' }

/** Formats that every workbook knows by number (ECMA-376, 18.8.30), as far as they are dates, times or percentages. */
const builtIn = new Map<number, string>([
  [9, '0%'],
  [10, '0.00%'],
  [14, 'd/m/yyyy'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm'],
  [19, 'h:mm:ss'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'd/m/yyyy h:mm'],
  [45, 'mm:ss'],
  [46, 'h:mm:ss'],
  [47, 'mm:ss'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, string] => [id, 'd/m/yyyy']),
])

export function numberFormatOf(id: number, custom: ReadonlyMap<number, string>): NumberFormat {
  return readFormat(custom.get(id) ?? builtIn.get(id) ?? 'General')
}

function readFormat(code: string): NumberFormat {
  // Text in quotes, brackets (colour, locale) and escaped characters are no part of the pattern.
  const pattern = code
    .slice(0, 255)
    .replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./gu, '')
    .split(';', 1)[0]!
    .toLowerCase()
  if (pattern.includes('general')) return plainFormat
  const [day, year] = [pattern.includes('d'), pattern.includes('y')]
  const time = /[hs]/.test(pattern)
  const month = pattern.includes('m') && (day || year || !time)
  if (day || year || month || time) return { kind: 'date', day, month, year, time }
  if (pattern.includes('%')) return { kind: 'percent' }
  return /^0{2,}$/.test(pattern) ? { kind: 'zeros', width: pattern.length } : plainFormat
}

/** 31/12/9999, the last day Excel knows. */
const lastSerial = 2_958_465
const daySeconds = 86_400

/**
 * The number as a reader of the sheet understands it: dates as dd/MM/yyyy; a month typed as "01/2025", which Excel
 * stores as its first day, as MM/yyyy; numbers without a needless ".0".
 */
export function formatNumber(raw: string, format: NumberFormat, from1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  switch (format.kind) {
    case 'percent':
      return `${Number((value * 100).toPrecision(15))}%`
    case 'zeros':
      return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.width, '0') : String(value)
    case 'date':
      return value < 0 || value > lastSerial ? String(value) : formatDate(value, format, from1904)
    case 'plain':
      return String(value)
  }
}

function formatDate(
  serial: number,
  format: Extract<NumberFormat, { kind: 'date' }>,
  from1904: boolean,
): string {
  const seconds = Math.round(serial * daySeconds)
  const days = Math.floor(seconds / daySeconds)
  const time = `${two(Math.floor((seconds % daySeconds) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}`
  if (!format.day && !format.month && !format.year) return time
  const date = dateOfSerial(days, from1904)
  const shown = format.day ? date : format.month ? date.slice(3) : date.slice(6)
  return format.time ? `${shown} ${time}` : shown
}

/** dd/MM/yyyy. Excel believes that 1900 was a leap year: day 60 is the 29/02/1900 that never was. */
function dateOfSerial(days: number, from1904: boolean): string {
  if (!from1904 && days === 60) return '29/02/1900'
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const date = new Date(epoch + days * daySeconds * 1000)
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${String(date.getUTCFullYear()).padStart(4, '0')}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
