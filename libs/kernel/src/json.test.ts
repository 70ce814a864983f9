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

/** RFC 8785 word for word: slow and obvious. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${jcs(member)}`).join(',')}}`
}

describe('canonicalJson of any value', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u2028', '/', 'đ', '😀'),
    }),
    fc.constantFrom('', '1', '10', '2', '-0', '__proto__', 'constructor', 'toJSON'),
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(text, fc.boolean(), fc.constant(null), fc.maxSafeInteger(), fc.constantFrom(-0, 0.1, 1e-7)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 6 }),
    ),
  }))

  it('is the text of RFC 8785', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(any)).toBe(jcs(any))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is so with many members as well', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 20, maxLength: 60 }), (names) => {
        const object = Object.fromEntries(names.map((name, index) => [name, index]))
        expect(canonicalJson(object)).toBe(jcs(object))
      }),
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

  it.each([
    [{ a: [0, { b: Number.NaN }] }, '$.a[1].b', 'NaN'],
    [{ a: { b: undefined, c: new Map() } }, '$.a.c', 'an instance of Map'],
    [[undefined], '$[0]', 'a undefined'],
  ])('names the place of what is wrong: %j', (value, path, what) => {
    expect(() => assertIJson(value)).toThrow(expect.objectContaining({ details: { path, what } }))
  })

  it('refuses what is nested deeper than 64, and nothing less deep', () => {
    let value: unknown = 1
    for (let depth = 0; depth < 64; depth++) value = depth % 2 === 0 ? [value] : { a: value }
    expect(() => assertIJson(value)).not.toThrow()
    expect(() => assertIJson([value])).toThrow(expect.objectContaining({ code: 'payload-not-i-json' }))
  })

  it('takes NFD text, emoji and the greatest safe integer as they are', () => {
    expect(() =>
      assertIJson({ nfd: 'Sở Tư pháp'.normalize('NFD'), emoji: '🏛️', n: Number.MAX_SAFE_INTEGER }),
    ).not.toThrow()
  })
})
