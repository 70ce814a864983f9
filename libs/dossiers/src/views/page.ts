import { invalid } from '#kernel'

/** Where a page of a list ended: the sort value and the key of its last row. */
export interface Cursor {
  readonly value: string
  readonly key: string
}

export function encodeCursor({ value, key }: Cursor): string {
  return Buffer.from(JSON.stringify([value, key])).toString('base64url')
}

/** @throws RoviecError `cursor-invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor {
  try {
    const [value, key] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown]
    if (typeof value === 'string' && typeof key === 'string') return { value, key }
  } catch {
    // Falls through to the one error there is.
  }
  throw invalid('cursor-invalid', {
    vi: 'Con trỏ trang không hợp lệ. Lấy lại danh sách từ trang đầu.',
    en: 'The cursor is not valid. Start again from the first page.',
  })
}
