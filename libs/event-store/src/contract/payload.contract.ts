import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JsonValue } from '#kernel'
import { event, freshStream, refusal, type StoreAccess } from './harness.js'

const nested = (depth: number): JsonValue => (depth === 0 ? 1 : [nested(depth - 1)])

export function payloadContract(store: StoreAccess): void {
  describe('a payload', () => {
    const there = async (data: JsonValue, metadata: JsonValue = {}) => {
      const stream = freshStream()
      await store().append(stream, [{ ...event(data), metadata }], 'no-stream')
      return (await store().readStream(stream))[0]!
    }

    it.each<[string, JsonValue]>([
      ['NFC', 'Sở Tư pháp'.normalize('NFC')],
      ['NFD', 'Sở Tư pháp'.normalize('NFD')],
      ['emoji and other planes', '😀 𠮷 🇻🇳 👩‍👩‍👧'],
      ['NUL and other controls', 'a\u0000b\u0001\u001f\u007f\u0085\u2028\u2029\ufeff'],
      ['quotes, backslashes, braces', '{"\\u0000"} \\ \\\\ \' \'\' " ,{}NULL\t\r\n'],
      ['numbers', [0, -1, 0.1, 1e-7, 5e-324, 2 ** 53 - 1, -(2 ** 53 - 1), 123456789.12345679]],
      ['null', null],
      ['a bare string', ''],
      ['an empty object', {}],
      [
        'names of members that mean something elsewhere',
        JSON.parse('{"__proto__":{"a":1},"constructor":2,"":3}'),
      ],
      ['depth', nested(60)],
    ])('is kept byte for byte: %s', async (_, value) => {
      const recorded = await there({ value }, [value])
      expect(recorded.dataText).toBe(JSON.stringify({ value }))
      expect(recorded.metadataText).toBe(JSON.stringify([value]))
      expect(recorded.data).toEqual({ value })
      expect(recorded.metadata).toEqual([value])
    })

    it('keeps the order and leaves out undefined members', async () => {
      const recorded = await there({ z: 1, a: undefined, b: 2 })
      expect(recorded.dataText).toBe('{"z":1,"b":2}')
    })

    it('of megabytes is kept', async () => {
      const text = 'Nhiệm vụ số 71/KH-UBND; '.repeat(100_000)
      const recorded = await there({ text })
      expect(recorded.dataText.length).toBeGreaterThan(2_000_000)
      expect((recorded.data as { text: string }).text).toBe(text)
    })

    it('of any JSON value comes back equal', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), async (value) => {
          const json = safe(value)
          const recorded = await there(json, json)
          expect(recorded.dataText).toBe(JSON.stringify(json))
          expect(recorded.data).toEqual(JSON.parse(JSON.stringify(json)))
        }),
        { numRuns: 60 },
      )
    })

    it.each<[string, unknown]>([
      ['a lone surrogate', { a: '\ud83d' }],
      ['a lone surrogate in a member name', { '\udc00': 1 }],
      ['NaN', [Number.NaN]],
      ['an infinity', { a: -Infinity }],
      ['an integer beyond 2^53-1', { a: 2 ** 53 }],
      ['a bigint', { a: 1n }],
      ['a date object', { a: new Date(0) }],
      ['undefined', undefined],
    ])('that is not I-JSON is refused before anything is written: %s', async (_, bad) => {
      const stream = freshStream()
      for (const change of [{ data: bad as JsonValue }, { metadata: bad as JsonValue }]) {
        const error = await refusal(store().append(stream, [event(), { ...event(), ...change }], 'any'))
        expect(error).toMatchObject({ code: 'payload-not-i-json', kind: 'invalid' })
      }
      expect(await store().readStream(stream)).toEqual([])
    })

    it('may not say when its event was recorded: only a move of the log does', async () => {
      const stream = freshStream()
      const forged = { ...event(), metadata: { commandId: 'c-1', $recordedAt: '2020-01-01T00:00:00.000Z' } }
      expect(await refusal(store().append(stream, [forged], 'any'))).toMatchObject({
        code: 'metadata-member-reserved',
      })
      expect(await store().readStream(stream)).toEqual([])
    })
  })
}

/** fast-check draws any double; integers beyond 2^53-1 are not ours to store. */
function safe(value: unknown): JsonValue {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'number' && Number.isInteger(inner) && !Number.isSafeInteger(inner) ? 0 : inner,
    ),
  ) as JsonValue
}
