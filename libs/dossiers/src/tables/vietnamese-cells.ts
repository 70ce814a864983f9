import { parseLocalDate } from '#calendar'
import { foldVietnamese } from '#kernel'

const day = String.raw`(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`
const time = String.raw`(\d{1,2})[:hg](\d{2})(?::(\d{2}))?`
const dayFirst = new RegExp(`^${day}(?:[ ,]+${time})?$`)
const timeFirst = new RegExp(`^${time}[ ,]+(?:ngay )?${day}$`)
const isoLike =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * A day or time as officials write it in a table: "15/04/2026", "15/4/2026 09:30", "09h30 ngày 15/04/2026", ISO forms.
 * Answers the ISO form, which says Vietnam's clock; what is none of these is answered as it is, for the reader of
 * lines to refuse by name.
 */
export function isoMoment(text: string): string {
  const folded = foldVietnamese(text)
  const front = dayFirst.exec(folded)
  if (front !== null) return iso(text, front.slice(1, 4), front.slice(4, 7))
  const back = timeFirst.exec(folded)
  if (back !== null) return iso(text, back.slice(4, 7), back.slice(1, 4))
  return isoLike.test(text.trim())
    ? text
        .trim()
        .replace(' ', 'T')
        .replace(/T00:00(:00)?$/, '')
    : text
}

/** Midnight is how programs export a day whose hour nobody noted. */
function iso(
  text: string,
  [d = '', m = '', y = '']: string[],
  [hour, minute, second]: (string | undefined)[],
): string {
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (parseLocalDate(date) === null) return text
  if (hour === undefined || Number(hour) + Number(minute) + Number(second ?? 0) === 0) return date
  return `${date}T${hour.padStart(2, '0')}:${minute!}:${second ?? '00'}`
}

/** "Có", "x", "1", "true": yes; "Không", "0", "false": no; null for anything else. */
export function yesOrNo(text: string): boolean | null {
  const folded = foldVietnamese(text)
  if (/^(co|x|1|true|yes|dung)$/.test(folded)) return true
  return /^(khong|0|false|no|-)$/.test(folded) ? false : null
}
