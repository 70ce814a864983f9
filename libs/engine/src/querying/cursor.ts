import { invalid } from '#kernel'

/** Where a page of a list ended: what its last row is sorted by, and the key that makes the row unique. */
export interface Cursor {
  readonly value: string
  readonly key: string
}

/** @param order what the list is sorted by and in which direction: the place is one in that order only */
export function encodeCursor(order: string, { value, key }: Cursor): string {
  return Buffer.from(JSON.stringify([order, value, key])).toString('base64url')
}

/**
 * @throws RoviecError `cursor-invalid` for anything that `encodeCursor` did not make, `cursor-of-other-order` for a place
 * in a list that was sorted otherwise: the page after it would leave rows out and show others twice.
 */
export function decodeCursor(order: string, text: string): Cursor {
  const [own, value, key] = parse(text)
  if (typeof own !== 'string' || typeof value !== 'string' || typeof key !== 'string')
    throw invalid('cursor-invalid', {
      vi: 'Con trỏ trang không hợp lệ. Lấy lại danh sách từ trang đầu.',
      en: 'The cursor is not valid. Start again from the first page.',
    })
  if (own !== order)
    throw invalid(
      'cursor-of-other-order',
      {
        vi: 'Con trỏ trang thuộc về danh sách sắp xếp theo cách khác. Giữ nguyên cách sắp xếp, hoặc lấy lại danh sách từ trang đầu.',
        en: 'The cursor is of a list in another order. Keep sort and order as they were, or start again from the first page.',
      },
      { order, cursorOrder: own },
    )
  return { value, key }
}

function parse(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
