import { describe, expect, it } from '@jest/globals'
import { isFact } from './is-fact.js'

const fact = { type: 'Accepted', id: 'a', occurredAt: '2026-04-15' }

describe('isFact', () => {
  it('takes a fact with what may be said of it', () => {
    expect(isFact(fact)).toBe(true)
    expect(isFact({ ...fact, by: { agency: 'Sở Tư pháp', position: null, name: null } })).toBe(true)
  })

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'odd'])(
    'refuses a member that is none of ours, whatever every object has: %s',
    (name) => {
      expect(isFact(JSON.parse(JSON.stringify(fact).replace('{', `{"${name}":"x",`)))).toBe(false)
    },
  )

  it('refuses a person whose members are those of another object', () => {
    const by = Object.assign(Object.create({ name: 'An' }) as object, {
      agency: 'a',
      position: 'b',
      odd: 'c',
    })
    expect(isFact({ ...fact, by })).toBe(false)
  })
})
