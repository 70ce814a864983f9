// npm run golden:update: writes what today's code makes of the samples, and prints what changed.
import { isDeepStrictEqual } from 'node:util'
import { currentCode, storedCode, writeCode } from './code.js'
import { differences } from './differences.js'
import {
  foldOf,
  isFolded,
  readSamples,
  typeOf,
  versionOf,
  workflowOf,
  workflows,
  writeSample,
} from './samples.js'
import { currentUnfolded, storedUnfolded, writeUnfolded } from './unfolded.js'
import { updateRows } from './update-rows.js'
import { currentViews, storedViews, writeViews } from './views.js'

const samples = readSamples()
let changes = 0

for (const sample of samples.filter(isFolded)) {
  const state = foldOf(sample)
  const { name, foldVersion } = workflowOf(sample)
  const isKnown = sample.state !== undefined
  const isSame = isDeepStrictEqual(sample.state, state)
  if (isSame && foldVersion === (sample.fold ?? 1)) continue
  console.log(`${sample.name}${isKnown ? '' : ': new'}`)
  if (isKnown) for (const line of differences(sample.state, state)) console.log(`  ${line}`)
  if (isKnown && !isSame && foldVersion <= (sample.fold ?? 1)) {
    console.log(
      `  Not written: another state for what is recorded already. Raise foldVersion of ${name} first.`,
    )
    process.exitCode = 1
    continue
  }
  changes++
  await writeSample({ ...sample, state, ...(foldVersion > 1 && { fold: foldVersion }) })
}

for (const { name, eventTypes, versionOf: current } of workflows)
  for (const type of eventTypes)
    for (let version = 1; version <= current(type); version++)
      if (!samples.some((sample) => typeOf(sample) === type && versionOf(sample) === version))
        console.log(
          `${type}: no sample. Write test/golden/samples/${type}.v${version}.json with workflow ${name} and history.`,
        )

const [wasUnfolded, unfolded] = [storedUnfolded(), currentUnfolded()]
for (const line of differences(wasUnfolded, unfolded)) {
  changes++
  console.log(`no longer, or now, without effect on the state: ${line}`)
}
await writeUnfolded(unfolded)

const [stored, current] = [storedViews(), currentViews()]
for (const [name, view] of Object.entries(current)) {
  const before = stored[name]
  if (isDeepStrictEqual(before, view)) continue
  changes++
  console.log(`view ${name} v${view.version}: ${before === undefined ? 'new' : 'changed'}`)
  if (before?.version === view.version)
    console.log(
      '  Same version: where it was ever released, raise the version instead, or old rows stay wrong.',
    )
}
await writeViews(current)

const rows = await updateRows()
changes += rows.changed
if (rows.refused > 0) process.exitCode = 1

const [knownCode, code] = [storedCode(), currentCode()]
for (const kind of ['views', 'folds'] as const)
  for (const [name, now] of Object.entries(code[kind])) {
    const before = knownCode[kind][name]
    if (before?.code === now.code && before.version === now.version) continue
    changes++
    console.log(`code of ${kind === 'views' ? 'view' : 'fold'} ${name} v${now.version}: changed`)
    if (before?.version === now.version)
      console.log(
        '  Same version: raise it, unless no row and no state of any history can come out otherwise. Samples alone do not show that.',
      )
  }
for (const line of differences(knownCode.declarations, code.declarations)) console.log(`  ${line}`)
await writeCode(code)

console.log(changes === 0 ? 'Nothing changed.' : `${changes} changed. Read the diff before you commit it.`)
