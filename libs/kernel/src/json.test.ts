import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { assertIJson, canonicalJson } from '#kernel'

describe('canonicalJson', () => {
  it('sorts members by UTF-16 code units and writes numbers as ECMAScript does (RFC 8785, 3.2.3)', () => {
    expect(canonicalJson({ '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    )
    expect(canonicalJson([333333333.3333333, 4.5, 2e-3])).toBe('[333333333.3333333,4.5,0.002]')
  })

  it('gives equal values one text, whatever the order of their members', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'grapheme' }),
          fc.oneof(fc.boolean(), fc.string({ unit: 'grapheme' })),
        ),
        (object) => {
          const turned = Object.fromEntries(Object.entries(object).reverse())
          expect(canonicalJson(turned)).toBe(canonicalJson(object))
          expect(JSON.parse(canonicalJson(object))).toEqual({ ...object })
        },
      ),
    )
  })
})

describe('assertIJson', () => {
  it.each([
    ['NaN', { a: Number.NaN }],
    ['infinity', [Infinity]],
    ['an integer beyond 2^53', { a: { b: 2 ** 53 } }],
    ['a lone surrogate', { text: '\ud800x' }],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a bigint', { n: 1n }],
    ['a date object', { at: new Date(0) }],
    ['a function', { f: () => 1 }],
  ])('refuses %s', (_what, value) => {
    expect(() => assertIJson(value)).toThrow(expect.objectContaining({ code: 'payload-not-i-json' }))
  })

  it('takes NFD text, emoji and the greatest safe integer as they are', () => {
    expect(() =>
      assertIJson({ nfd: 'Sở Tư pháp'.normalize('NFD'), emoji: '🏛️', n: Number.MAX_SAFE_INTEGER }),
    ).not.toThrow()
  })
})
