import { describe, expect, it } from '@jest/globals'
import { decidedEvents } from '#testing/workflow'
import { allCases } from '../workflows/cases.js'
import { pathsOf, type Path } from './data-paths.js'
import { readSamples, typeOf, versionOf } from './samples.js'

const samples = readSamples()

/** Members whose names are not ours: headings of a document's table, what a timer carries for whoever set it. */
const notOurs = /^(task\.Assigned cells\.\*|timer\.Scheduled data)\./

/** Members that are there only where a source has said so. */
const sometimes: Readonly<Record<string, readonly string[]>> = {
  'dossier.Resolved': ['agency', 'agencies'],
  'dossier.ExplanationAccepted': ['by'],
  'dossier.ExplanationRejected': ['by'],
  'dossier.ApologyIssued': ['apologyRule'],
}

/** Types that one transition records beside the one its cases show: what a message becomes is told by its kind. */
const beyondTheCases: readonly string[] = [
  'dossier.Accepted',
  'dossier.FeePaid',
  'dossier.FeeRequested',
  'dossier.HandedOver',
  'dossier.Refused',
  'dossier.ResultReturned',
  'dossier.Stopped',
  'dossier.Submitted',
  'dossier.SupplementRequested',
  'dossier.Supplemented',
  'dossier.Withdrawn',
  'procedure.VersionCorrected',
]

/** Members of the data in samples of the form in which the type is written now. */
function sampled(
  type: string,
  version: number,
): { readonly some: ReadonlySet<Path>; readonly all: ReadonlySet<Path> } {
  const each = samples
    .filter((sample) => typeOf(sample) === type && versionOf(sample) === version)
    .map((sample) => pathsOf(sample.history.at(-1)!.data))
  const [first = new Set<Path>(), ...rest] = each
  return {
    some: new Set(each.flatMap((paths) => [...paths])),
    all: new Set([...first].filter((path) => !path.includes('.') && rest.every((paths) => paths.has(path)))),
  }
}

/** A type that is decided otherwise than its samples say has a new form: it needs a new version, and a sample of it. */
describe.each(allCases.map((cases) => [cases.workflow.name, cases] as const))(
  'what %s records today',
  (_name, cases) => {
    const decided = decidedEvents(cases)
    const types = [...new Set(decided.map(({ type }) => type))]

    it('is of every type it knows', () => {
      const shown = cases.workflow.eventTypes.filter((type) => !beyondTheCases.includes(type))
      expect(types.toSorted()).toEqual(shown.toSorted())
    })

    it.each(types)('%s has the members of its samples, no more and no fewer', (type) => {
      const { some, all } = sampled(type, cases.workflow.versionOf(type))
      for (const event of decided.filter((one) => one.type === type)) {
        const paths = pathsOf(JSON.parse(JSON.stringify(event.data)))
        expect([...paths].filter((path) => !some.has(path) && !notOurs.test(`${type} ${path}`))).toEqual([])
        const missing = [...all].filter((path) => !paths.has(path))
        expect(missing.filter((path) => sometimes[type]?.includes(path) !== true)).toEqual([])
      }
    })
  },
)
