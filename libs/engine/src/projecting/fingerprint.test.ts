import { describe, expect, it } from '@jest/globals'
import { fingerprintOf } from './fingerprint.js'
import { tally } from './tally.fixture.js'

describe('the fingerprint of a projection', () => {
  const own = fingerprintOf(tally())

  it('is the same for the same code, however a compiler sets it', () => {
    expect(fingerprintOf(tally())).toBe(own)
    const create = tally().create.replaceAll(' ', '\n  ')
    expect(fingerprintOf(tally(1, { create }))).toBe(own)
    const written = (text: string): string => fingerprintOf(tally(1, { rules: [text] }))
    expect(written(`() => { return 'a'; }`)).toBe(written('() => {\n  return "a"\n}'))
  })

  it('differs with the tables, the events, and each of its rules', () => {
    const rules = [(n: number) => n + 1, 'INSERT', { foldText: '[1]' }]
    const changed = [
      tally(1, { create: `${tally().create} WITH (fillfactor = 50)` }),
      tally(1, { events: ['counter.Added', 'counter.Closed'] }),
      tally(1, { rules: [] }),
      tally(1, { rules }),
      tally(1, { rules: [(n: number) => n + 2, ...rules.slice(1)] }),
      tally(1, { rules: [rules[0]!, 'UPDATE', rules[2]!] }),
      tally(1, { rules: [rules[0]!, rules[1]!, { foldText: '[2]' }] }),
    ]
    expect(new Set([own, ...changed.map(fingerprintOf)]).size).toBe(changed.length + 1)
  })

  it('is over the text of apply where no rules are named', () => {
    const { rules: _none, ...plain } = tally()
    const other = { ...plain, apply: () => Promise.resolve() }
    expect(fingerprintOf(plain)).not.toBe(fingerprintOf(other))
  })
})
