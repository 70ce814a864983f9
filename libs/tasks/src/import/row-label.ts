import { foldVietnamese, tidyVietnamese } from '#kernel'

/** What the STT cell of a row says. */
export type RowLabel =
  | { readonly type: 'none' }
  /** A Roman number opens a section; `title` where the merged cell holds it too: "II. CẢI CÁCH THỂ CHẾ". */
  | { readonly type: 'section'; readonly id: string; readonly title: string | null }
  /** `number` is null for labels beside the sequence: "1.1", "2a". */
  | { readonly type: 'task'; readonly label: string; readonly number: number | null }
  | { readonly type: 'unreadable' }

/** Roman numbers to 89: C, D and M alone are letters of a list ("C. Nhiệm vụ khác"), never a hundred sections. */
const roman = /^(?=[IVXL])(?:XL|L?X{0,3})(?:I[XV]|V?I{0,3})$/u

/** "1.1", "2a", "3.b", "a", "a.1". */
const composed = /^(\d{1,3}(\.\d{1,3})*(\.?[a-z])?|[a-z](\.?\d{1,3})?)$/u

/** A number longer than this is no STT but a year, a code or an amount that slipped into the column. */
const maxDigits = 6

/** Longest label in use is "12.10a"; a sentence in the STT column is no label. */
const maxLabel = 12

/**
 * Reads "1", "01", "1.", "1.0" (a number cell of a spreadsheet), "(1)", "1.1", "2a", "II", "II.", "Ⅱ". White space,
 * full-width digits and decoration do not matter.
 */
export function readLabel(cell: string): RowLabel {
  const text = tidyVietnamese(cell.normalize('NFKC'))
  if (/^[-–—+*•.\s]*$/u.test(text)) return { type: 'none' }
  const bare = text.replace(/^\(/u, '').replace(/[\s.,):;/-]+$/u, '')
  if (roman.test(bare)) return { type: 'section', id: bare, title: null }
  const headed = /^([IVXL]+)\s?[.):/-]\s?(\p{L}.*)$/u.exec(text)
  if (headed !== null && roman.test(headed[1]!))
    return { type: 'section', id: headed[1]!, title: headed[2]!.trim() }
  return taskLabel(bare)
}

function taskLabel(bare: string): RowLabel {
  const whole = /^0*(\d+)(?:[.,]0)?$/u.exec(bare)
  if (whole !== null && whole[1]!.length <= maxDigits)
    return { type: 'task', label: whole[1]!, number: Number(whole[1]) }
  // A hyphen parts plan, section and label in the code of a task.
  const folded = foldVietnamese(bare).replace(/\s/gu, '').replace(/[-–/]/gu, '.')
  if (folded.length <= maxLabel && composed.test(folded)) return { type: 'task', label: folded, number: null }
  return { type: 'unreadable' }
}
