import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { holdsSealed, sealedWithin } from './envelope.js'
import { hasAt, replaceAt } from './personal-paths.js'

const name = fc.constantFrom('a', 'b', 'toString', '$sealed', '0')
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, undefined, 0, '', 'x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}))

describe('personal paths', () => {
  it('have a value exactly where one would be replaced', () => {
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'))
    fc.assert(
      fc.property(value, path, (data, at) => {
        let replaced = 0
        replaceAt(data, at, (found) => (replaced++, found))
        expect(hasAt(data, at)).toBe(replaced > 0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('lead through lists, to each of their members', () => {
    const data = { list: [{ name: 'An' }, { name: null }, { name: 'Bình' }], other: 1 }
    const replaced = replaceAt(data, 'list.name', (found, at) => `${at}: ${String(found)}`)
    expect(replaced).toEqual({
      list: [{ name: 'list.0.name: An' }, { name: null }, { name: 'list.2.name: Bình' }],
      other: 1,
    })
    expect(data.list[0]!.name).toBe('An')
  })
})

describe('holdsSealed', () => {
  it('says whether there is anything that claims to be sealed', () => {
    fc.assert(
      fc.property(value, (data) => {
        expect(holdsSealed(data)).toBe(sealedWithin(data).length > 0)
      }),
      { numRuns: 2_000 },
    )
  })
})
