import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from '@swc/core'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Brings `dist` up to date with the sources, test supports and fixtures included, for the processes that tests start:
 * one that compiles for itself takes seconds to come up. Compiles what is newer than its output, by the settings of
 * the build; after a build that is a tenth of the files, with nothing changed none.
 */
export async function compileSources() {
  const settings = statSync(join(root, '.swcrc')).mtimeMs
  const stale = ['apps', 'libs', 'test'].flatMap(sourcesIn).filter((source) => {
    const output = statSync(outputOf(source), { throwIfNoEntry: false })
    return output === undefined || output.mtimeMs < Math.max(settings, statSync(join(root, source)).mtimeMs)
  })
  await Promise.all(stale.map(compile))
}

/** A source's file in `dist`, from the root of the checkout. */
function outputOf(source) {
  return join(root, 'dist', source.replace(/\.ts$/, '.js'))
}

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /(?<!\.(test|bench|d))\.[jt]s$/.test(file))
    .map((file) => join(folder, file))
}

async function compile(source) {
  const filename = join(root, source)
  const { code } = await transform(readFileSync(filename, 'utf8'), { filename, swcrcRoots: root })
  mkdirSync(dirname(outputOf(source)), { recursive: true })
  writeFileSync(outputOf(source), code)
}
