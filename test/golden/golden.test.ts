import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { testDatabase, type TestDatabase } from '#testing'
import { foldOf, readSamples, typeOf, versionOf, workflowOf, workflows } from './samples.js'
import { currentUnfolded, storedUnfolded } from './unfolded.js'
import { currentRows, projections, storedRows } from './view-rows.js'
import { currentViews, storedViews } from './views.js'

const samples = readSamples()

describe('golden samples', () => {
  const forms = workflows.flatMap(({ name, eventTypes, versionOf: current }) =>
    eventTypes.flatMap((type) =>
      Array.from({ length: current(type) }, (_, index) => [name, type, index + 1] as const),
    ),
  )

  it.each(forms)('there is one of the workflow %s for %s, version %d', (workflow, type, version) => {
    const found = samples.filter((sample) => typeOf(sample) === type && versionOf(sample) === version)
    expect(found.map((sample) => sample.workflow)).toContain(workflow)
  })

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    '%s gives the state it always gave',
    (_name, sample) => {
      const last = sample.history.at(-1)
      expect([last?.type, last?.context.schema ?? 1]).toEqual([typeOf(sample), versionOf(sample)])
      expect(foldOf(sample)).toEqual(sample.state)
      expect(sample.fold ?? 1).toBe(workflowOf(sample).foldVersion)
    },
  )

  it('tell which members of the data the state does not depend on: a fold that ignores one more is noticed', () => {
    expect(currentUnfolded()).toEqual(storedUnfolded())
  })
})

describe('views', () => {
  it('keep their tables and the events they read for as long as they keep their version', () => {
    expect(currentViews()).toEqual(storedViews())
  })

  let server: TestDatabase
  let database: Database
  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 1 })
  })
  afterAll(() => server.close())

  it.each(projections.map((projection) => [projection.name, projection] as const))(
    '%s makes the rows of every sample that its version always made',
    async (_name, projection) => {
      expect(await currentRows(database, projection)).toEqual(storedRows(projection))
    },
  )
})
