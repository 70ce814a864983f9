import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeCursor, encodeCursor } from './cursor.js'

const thrown = (code: string) => expect.objectContaining({ kind: 'invalid', code })

describe('a cursor', () => {
  it('says where a page ended, whatever it is sorted by', () => {
    const cursor = fc.record({ value: fc.string({ unit: 'grapheme' }), key: fc.string() })
    fc.assert(
      fc.property(fc.string(), cursor, (order, place) => {
        expect(decodeCursor(order, encodeCursor(order, place))).toEqual(place)
      }),
    )
  })

  it('is refused in a list that is sorted otherwise', () => {
    const cursor = encodeCursor('title asc', { value: 'Kế hoạch', key: 'CCHC2025-II-5' })
    for (const order of ['due asc', 'title desc'])
      expect(() => decodeCursor(order, cursor)).toThrow(thrown('cursor-of-other-order'))
  })

  it.each(['', 'abc', 'WyJ4IiwieSJd', Buffer.from('[1,"x","y"]').toString('base64url')])(
    '%j is none',
    (text) => {
      expect(() => decodeCursor('title asc', text)).toThrow(thrown('cursor-invalid'))
    },
  )
})
