import { describe, expect, it } from '@jest/globals'
import { validateInput } from '../commanding/validate-input.js'
import { instantOf, IsMoment } from './moment.js'

class Asked {
  @IsMoment() at!: string
}

describe('a moment', () => {
  it.each([
    ['2025-03-14', '2025-03-14T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2025-03-14T08:00+07:00', '2025-03-14T01:00:00.000Z'],
    ['2025-03-14T01:00:00.123456Z', '2025-03-14T01:00:00.123Z'],
  ])('is %s', (text, instant) => {
    expect(validateInput(Asked, { at: text })).toEqual({ at: text })
    expect(instantOf(text)).toBe(instant)
  })

  it.each([
    '2025',
    '2025-03',
    '2025-W11',
    '2025-073',
    '2025-02-30',
    '2025-13-01',
    '0000-01-01',
    '2025-03-14T08:00',
    '2025-03-14T08:00 07:00',
    '2025-03-14T25:00Z',
    '2025-03-14T08:00+99:00',
    '20250314',
    'now',
    '',
    7,
  ])('is not %s', (text) => {
    expect(() => validateInput(Asked, { at: text })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })

  it('is none where there is none', () => {
    expect(instantOf(null)).toBeNull()
  })
})
