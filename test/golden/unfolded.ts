import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { alterations } from './data-paths.js'
import { foldOf, isFolded, readSamples, typeOf, versionOf, type FoldedSample } from './samples.js'
import { writeJson } from './write-json.js'

/** By event type and version: what its data holds and the state does not depend on, in any sample. */
export type Unfolded = Readonly<Record<string, readonly string[]>>

const file = new URL('./unfolded.json', import.meta.url)

/** Changes each value of each sample's last event in turn: a fold that looks at it gives another state. */
export function currentUnfolded(): Unfolded {
  const looksAt = new Map<string, Map<string, boolean>>()
  for (const sample of readSamples().filter(isFolded)) {
    const name = `${typeOf(sample)}.v${versionOf(sample)}`
    const paths = looksAt.get(name) ?? new Map<string, boolean>()
    looksAt.set(name, paths)
    for (const [path, folded] of foldedPaths(sample)) paths.set(path, folded || paths.get(path) === true)
  }
  const entries = [...looksAt].map(([name, paths]) => {
    const unfolded = [...paths].filter(([, folded]) => !folded).map(([path]) => path)
    return [name, unfolded.toSorted()] as const
  })
  return Object.fromEntries(entries.filter(([, paths]) => paths.length > 0))
}

export function storedUnfolded(): Unfolded {
  return JSON.parse(readFileSync(file, 'utf8')) as Unfolded
}

export async function writeUnfolded(unfolded: Unfolded): Promise<void> {
  await writeJson(file, unfolded)
}

function foldedPaths(sample: FoldedSample): readonly (readonly [path: string, folded: boolean])[] {
  const last = sample.history.at(-1)!
  const state = foldOf(sample)
  return alterations(last.data).map(({ path, data }) => {
    const other = { ...sample, history: [...sample.history.slice(0, -1), { ...last, data }] }
    return [path, !isDeepStrictEqual(foldOf(other), state)] as const
  })
}
