import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, isUuid, newId } from '#kernel'

describe('deriveId', () => {
  it('gives the ids that stand in logs already', () => {
    expect(deriveId('dossier.messages', 'mcdt', 'H52-1', 'evt-1')).toBe(
      '5d9beec3-4022-8c94-8839-f75962ab9c8f',
    )
    expect(deriveId('0190163d-8694-739b-aea5-966c26f8ad91', 0)).toBe('d70c5f5e-c7aa-8022-8b5d-be99292272b7')
    expect(deriveId('Sở Tư pháp', '🏛️')).toBe('515f372c-64ba-8740-9fa4-bd4e38004b0f')
  })

  it('is the SHA-256 of the parts with their lengths, as a UUIDv8', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.nat(), fc.constantFrom('', ';', '1:a;'))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const hash = createHash('sha256')
        for (const one of parts) hash.update(`${String(one).length}:${String(one)};`)
        const bytes = hash.digest()
        bytes[6] = (bytes[6]! & 0x0f) | 0x80
        bytes[8] = (bytes[8]! & 0x3f) | 0x80
        expect(deriveId(...parts).replaceAll('-', '')).toBe(bytes.toString('hex', 0, 16))
      }),
    )
  })

  it('tells parts apart', () => {
    expect(deriveId('ab', 'c')).not.toBe(deriveId('a', 'bc'))
  })
})

describe('newId', () => {
  it('is a UUIDv7 of its time', () => {
    const id = newId(Date.UTC(2026, 10, 29))
    expect(isUuid(id)).toBe(true)
    expect(id).toMatch(/^.{14}7.{4}[89ab]/)
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(Date.UTC(2026, 10, 29))
  })
})
