import { describe, expect, it } from '@jest/globals'
import { currentDiagrams, leftOver, stored } from './diagrams.js'

describe('the diagrams of the workflows', () => {
  it.each(currentDiagrams().map((diagram) => [diagram.path, diagram] as const))(
    '%s is what the table gives: npm run docs:workflows',
    (_path, diagram) => {
      expect(stored(diagram)).toBe(diagram.content)
    },
  )

  it('are of workflows that there are', () => {
    expect(leftOver()).toEqual([])
  })
})
