import { invalid } from '#kernel'

/** Where a page of a list ended: the sort value and the code of its last row. */
export interface Cursor {
  readonly value: string | null
  readonly code: string
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.code])).toString('base64url')
}

/** @throws RoviecError `cursor-invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor {
  try {
    const [value, code] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown]
    if ((value === null || typeof value === 'string') && typeof code === 'string') return { value, code }
  } catch {
    // Falls through to the one error there is.
  }
  throw invalid('cursor-invalid', {
    vi: 'Con trỏ trang không hợp lệ. Lấy lại danh sách từ trang đầu.',
    en: 'The cursor is not valid. Start again from the first page.',
  })
}
