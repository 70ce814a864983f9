import { describe, expect, it } from '@jest/globals'
import { foldOf, readSamples, typeOf, workflows } from './samples.js'
import { currentViews, storedViews } from './views.js'

const samples = readSamples()

describe('golden samples', () => {
  const types = workflows.flatMap(({ name, eventTypes }) => eventTypes.map((type) => [name, type] as const))

  it.each(types)('there is one of the workflow %s for %s', (workflow, type) => {
    const found = samples.filter((sample) => typeOf(sample) === type)
    expect(found.map((sample) => sample.workflow)).toContain(workflow)
  })

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    '%s gives the state it always gave',
    (_name, sample) => {
      expect(sample.history.at(-1)?.type).toBe(typeOf(sample))
      expect(foldOf(sample)).toEqual(sample.state)
    },
  )
})

describe('views', () => {
  it('keep their tables and the events they read for as long as they keep their version', () => {
    expect(currentViews()).toEqual(storedViews())
  })
})
