import { describe, it, expect } from '@jest/globals'
import { eventually } from './eventually.js'

describe('eventually', () => {
  it('repeats while the probe gives false, and returns what it gives then', async () => {
    const answers = [false, false, 0]
    expect(await eventually(() => answers.shift())).toBe(0)
    expect(answers).toEqual([])
  })

  it('repeats while an expectation fails', async () => {
    let looks = 0
    const probe = (): void => expect(++looks).toBe(3)
    await eventually(probe)
    expect(looks).toBe(3)
  })

  it('says what it waited for and what it saw last', async () => {
    await expect(
      eventually(() => Promise.reject(new Error('still 3 rows')), { timeout: 15, what: 'an empty table' }),
    ).rejects.toThrow('waited 15 ms for an empty table in vain; at last: still 3 rows')
  })
})
