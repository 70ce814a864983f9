import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from '#database'
import { testDatabase, type TestDatabase } from '#testing'
import { currentCode, storedCode } from './code.js'
import { differences } from './differences.js'
import { foldOf, isFolded, readSamples, typeOf, versionOf, workflowOf, workflows } from './samples.js'
import { currentUnfolded, storedUnfolded } from './unfolded.js'
import { currentRows, projections, storedRows, takenUnknown } from './view-rows.js'
import { currentViews, storedViews } from './views.js'

const samples = readSamples()

/** Types outside of workflows are declared nowhere: the text of the sources tells them. */
function typesNamed(): readonly string[] {
  const named = ['apps/', 'libs/'].flatMap((folder) => {
    const root = new URL(`../../${folder}`, import.meta.url)
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => isOwn.test(file))
    const texts = files.map((file) => readFileSync(new URL(file, root), 'utf8'))
    return texts.flatMap((text) => [...text.matchAll(/'([a-z][a-z-]*\.[A-Z][A-Za-z]+)'/g)])
  })
  return [...new Set(named.map(([, type]) => type!))]
}

const isOwn = /^(?!testing\/|event-store\/src\/contract\/).*(?<!\.test|\.fixture|test-support)\.ts$/

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

  it('there is one of every event type that is named anywhere in the program', () => {
    const sampled = new Set(samples.map(typeOf))
    expect(typesNamed().filter((type) => !sampled.has(type))).toEqual([])
  })

  it.each(samples.filter(isFolded).map((sample) => [sample.name, sample] as const))(
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

describe('the code of views and folds', () => {
  const { declarations, ...code } = currentCode()

  it('is what it was under every version, at any depth: a change is a new version, or known to change no row', () => {
    const { declarations: stored, ...before } = storedCode()
    expect(differences(stored, declarations)).toEqual([])
    expect(code).toEqual(before)
  })

  it('is what rows and states depend on, and nothing that only decides what is recorded', () => {
    const names = Object.keys(declarations)
    expect(names).toEqual(
      expect.arrayContaining([
        'libs/calendar/src/domain/working-time.ts#addWorkingTime',
        'libs/dossiers/src/views/board/board.sql.ts#upsertDossiers',
        'libs/engine/src/projecting/fold-touched.ts#foldTouched',
        'libs/tasks/src/domain/task.evolve.ts#evolveTask',
      ]),
    )
    expect(names.filter((name) => /\.(decisions|commands|parties|refusals)\.ts#/.test(name))).toEqual([])
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

  it.each(projections.map((projection) => [projection.name, projection] as const))(
    '%s takes no event of a version newer than the program: its stream is parked',
    async (_name, projection) => {
      expect(await takenUnknown(database, projection)).toEqual([])
    },
  )
})
