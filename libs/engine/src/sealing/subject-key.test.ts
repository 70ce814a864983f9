import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { assertIJson } from '#kernel'
import type { Sealed } from '#engine/workflow'
import { SubjectKey, type Place } from './subject-key.js'

const secret = Buffer.alloc(32, 'a secret')
const id = '0197a1b2-0000-7000-8000-000000000001'
const key = new SubjectKey(id, 'note-one', secret)
const at: Place = { event: '0197a1b2-0000-7000-8000-0000000000aa', type: 'note.Written', path: 'text' }

const value = fc.jsonValue().filter((plain) => {
  try {
    assertIJson(plain)
    return true
  } catch {
    return false
  }
})
const notWhatItSealed = /malformed|authenticate/
const place = fc.record({ event: fc.uuid(), type: fc.string(), path: fc.string() })

/** One member of an envelope, somewhere in its text, replaced by another character of the alphabet. */
function flipped({ $sealed }: Sealed, member: 'nonce' | 'text', index: number): Sealed {
  const text = $sealed[member]
  const at_ = index % text.length
  const other = text[at_] === 'A' ? 'B' : 'A'
  return { $sealed: { ...$sealed, [member]: text.slice(0, at_) + other + text.slice(at_ + 1) } }
}

describe('what a key has sealed', () => {
  it('is opened by the same key again, any JSON for any place, and says nothing of it', () => {
    fc.assert(
      fc.property(value, place, (plain, where) => {
        const again = new SubjectKey(id, 'note-one', secret)
        expect(again.open(key.seal(plain, where))).toEqual(JSON.parse(JSON.stringify(plain)))
      }),
    )
    const text = JSON.stringify(key.seal('Nguyễn Văn A nghỉ ốm', at))
    expect(text).not.toMatch(/Nguy|nghỉ|ốm/)
  })

  it('is the same bytes each time, and other bytes for another text, place, subject or key', () => {
    const sealed = key.seal('như nhau', at)
    expect(new SubjectKey(id, 'note-one', secret).seal('như nhau', at)).toEqual(sealed)
    const others = [
      key.seal('khác', at),
      key.seal('như nhau', { ...at, path: 'reason' }),
      key.seal('như nhau', { ...at, event: id }),
      new SubjectKey(id, 'note-two', secret).seal('như nhau', at),
      new SubjectKey(id, 'note-one', Buffer.alloc(32, 'another')).seal('như nhau', at),
    ]
    expect(new Set([sealed, ...others].map(({ $sealed }) => $sealed.nonce)).size).toBe(6)
    expect(new Set([sealed, ...others].map(({ $sealed }) => $sealed.text)).size).toBe(6)
  })

  it('does not tell short texts apart by their length', () => {
    const lengths = ['Có', 'Không', 'Nghỉ ốm', 'Đi công tác tại Hà Nội'].map(
      (text) => key.seal(text, at).$sealed.text.length,
    )
    expect(new Set(lengths).size).toBe(1)
  })

  it('is not opened after any change: a bit, the place, the key, the subject', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom('nonce' as const, 'text' as const),
        fc.nat(),
        (plain, member, index) => {
          expect(() => key.open(flipped(key.seal(plain, at), member, index))).toThrow(notWhatItSealed)
        },
      ),
    )
    const { $sealed } = key.seal('Lý do', at)
    for (const moved of [
      { ...at, event: id },
      { ...at, type: 'note.Moved' },
      { ...at, path: 'reason' },
    ])
      expect(() => key.open({ $sealed: { ...$sealed, at: moved } })).toThrow(notWhatItSealed)
    expect(() => new SubjectKey(id, 'note-two', secret).open({ $sealed })).toThrow(notWhatItSealed)
    expect(() => new SubjectKey(at.event, 'note-one', secret).open({ $sealed })).toThrow(notWhatItSealed)
    expect(() => new SubjectKey(id, 'note-one', Buffer.alloc(32, 'x')).open({ $sealed })).toThrow(
      notWhatItSealed,
    )
    for (const cut of ['', 'AAAA', $sealed.text.slice(0, 20), `${$sealed.text}AAAA`])
      expect(() => key.open({ $sealed: { ...$sealed, text: cut } })).toThrow(notWhatItSealed)
    for (const nonce of ['', 'AAAA', `${$sealed.nonce}AAAA`])
      expect(() => key.open({ $sealed: { ...$sealed, nonce } })).toThrow(notWhatItSealed)
  })
})

describe('a digest of a command', () => {
  it('is found by nobody without the key, and is of one content', () => {
    const digest = key.digest('{"text":"Nghỉ ốm"}')
    expect(key.isDigestOf(digest, '{"text":"Nghỉ ốm"}')).toBe(true)
    expect(key.isDigestOf(digest, '{"text":"Đi vắng"}')).toBe(false)
    expect(new SubjectKey(id, 'note-one', Buffer.alloc(32, 'x')).digest('{"text":"Nghỉ ốm"}')).not.toBe(
      digest,
    )
  })
})

describe('the keys of a subject', () => {
  const derived = (from: Uint8Array, use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', from, '', `roviec/personal-key/1/${use}`, 32))

  it('are those of HKDF: its digests and texts are made by them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), (from, content) => {
        const subject = new SubjectKey(id, 'note-one', from)
        const mac = createHmac('sha256', derived(from, 'digests')).update(content).digest('base64url')
        expect(subject.digest(content)).toBe(`${id}.${mac}`)
        const { nonce, text } = subject.seal('x', at).$sealed
        const bytes = Buffer.from(text, 'base64url')
        const iv = Buffer.from(nonce, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', derived(from, 'encryption'), iv)
        const bound = Buffer.from(JSON.stringify([1, id, 'note-one', at.event, at.type, at.path]))
        decipher.setAAD(bound)
        decipher.setAuthTag(bytes.subarray(-16))
        const padded = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
        expect(padded.toString()).toBe('"x"'.padEnd(64))
        const own = createHmac('sha256', derived(from, 'nonces')).update(bound).update('\0').update(padded)
        expect(own.digest().subarray(0, 12)).toEqual(iv)
      }),
    )
  })
})
