// npm run golden:update: writes what today's code makes of the samples, and prints what changed.
import { isDeepStrictEqual } from 'node:util'
import { differences } from './differences.js'
import { foldOf, readSamples, typeOf, workflows, writeSample } from './samples.js'
import { currentViews, storedViews, writeViews } from './views.js'

const samples = readSamples()
let changes = 0

for (const sample of samples) {
  const state = foldOf(sample)
  if (isDeepStrictEqual(sample.state, state)) continue
  changes++
  console.log(`${sample.name}${sample.state === undefined ? ': new' : ''}`)
  if (sample.state !== undefined)
    for (const line of differences(sample.state, state)) console.log(`  ${line}`)
  await writeSample({ ...sample, state })
}

for (const type of workflows.flatMap(({ eventTypes }) => eventTypes))
  if (!samples.some((sample) => typeOf(sample) === type))
    console.log(
      `${type}: no sample. Write test/golden/samples/${type}.v1.json with its workflow and history.`,
    )

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

console.log(changes === 0 ? 'Nothing changed.' : `${changes} changed. Read the diff before you commit it.`)
