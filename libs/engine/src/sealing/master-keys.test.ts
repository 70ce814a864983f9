import { describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { MasterKeys } from '#engine'

const [first, second] = [MasterKeys.generate(), MasterKeys.generate()]
const keys = (text: string): MasterKeys => MasterKeys.parse(text, 'ROVIEC_MASTER_KEY')!
const id = '0197a1b2-0000-7000-8000-000000000001'

describe('master keys', () => {
  it('unwrap what they have wrapped, for that id and that subject', () => {
    const secret = randomBytes(32)
    const row = keys(first).wrap(id, 'note-one', secret)
    expect(Buffer.from(keys(first).unwrap(id, 'note-one', row))).toEqual(secret)
    expect(() => keys(first).unwrap(id, 'note-two', row)).toThrow('authenticate')
    expect(() => keys(first).unwrap(id.replace('1', '2'), 'note-one', row)).toThrow('authenticate')
    expect(() => keys(second).unwrap(id, 'note-one', row)).toThrow(row.master)
    for (const [index] of row.wrapped.entries()) {
      const wrapped = Buffer.from(row.wrapped)
      wrapped[index]! ^= 1
      expect(() => keys(first).unwrap(id, 'note-one', { ...row, wrapped })).toThrow('authenticate')
    }
    const cut = { ...row, wrapped: row.wrapped.subarray(0, 20) }
    expect(() => keys(first).unwrap(id, 'note-one', cut)).toThrow('authenticate')
  })

  it('wrap under the first and unwrap under any of them', () => {
    const secret = randomBytes(32)
    const old = keys(first).wrap(id, 'note-one', secret)
    for (const text of [`${second},${first}`, `${second}\n${first}\n`, ` ${second} , ${first} `]) {
      const both = keys(text)
      expect(Buffer.from(both.unwrap(id, 'note-one', old))).toEqual(secret)
      expect(both.wrap(id, 'note-one', secret).master).toBe(keys(second).current)
    }
  })

  it.each([
    '',
    ' , ',
    'không phải khóa',
    randomBytes(16).toString('base64'),
    randomBytes(33).toString('base64'),
    randomBytes(32).toString('hex'),
    Buffer.alloc(32).toString('base64'),
    `${first},x`,
  ])('are not made from %p', (text) => {
    expect(MasterKeys.parse(text, 'x')).toBeNull()
  })

  it('take base64 with and without its end, and for URLs', () => {
    const bytes = Buffer.alloc(32, Buffer.from([0xfb, 0xff, 0xfe, 0x01]))
    const standard = keys(bytes.toString('base64'))
    expect(keys(bytes.toString('base64url')).current).toBe(standard.current)
    expect(keys(bytes.toString('base64').slice(0, -1)).current).toBe(standard.current)
  })

  it('are shown nowhere: not by inspection, not as JSON', () => {
    const shown = keys(`${first},${second}`)
    const texts = [inspect(shown, { depth: 9, showHidden: true }), JSON.stringify(shown)]
    for (const text of texts)
      for (const secret of [first, second])
        for (const form of [secret, Buffer.from(secret, 'base64').toString('hex')])
          expect(text).not.toContain(form.slice(0, 12))
    expect(shown.current).toMatch(/^([0-9a-f]{4}-){3}[0-9a-f]{4}$/)
  })
})
