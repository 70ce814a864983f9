import { describe, it, expect } from '@jest/globals'
import { virtualClock } from './virtual-clock.js'

describe('virtual clock', () => {
  it('stands still, advances and is set', () => {
    const clock = virtualClock('2025-01-31T16:59:59Z')
    expect(clock.now()).toEqual(new Date('2025-01-31T16:59:59Z'))
    clock.advance(1_000)
    expect(clock.now().toISOString()).toBe('2025-01-31T17:00:00.000Z')
    clock.set('2025-01-01T00:00:00+07:00')
    expect(clock.now().toISOString()).toBe('2024-12-31T17:00:00.000Z')
  })

  it('gives dates that nobody else can change', () => {
    const clock = virtualClock(new Date(0))
    clock.now().setFullYear(1999)
    expect(clock.now().getTime()).toBe(0)
  })

  it('refuses what is no time', () => {
    expect(() => virtualClock('tomorrow')).toThrow('not a time: tomorrow')
  })
})
