import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import swc from '@swc/core'

/**
 * `node --import typescript-hooks.js some.ts` runs the TypeScript sources: compiled by SWC with .swcrc, `.js` in
 * relative imports standing for `.ts`, libraries by the condition `roviec-source` of package.json's imports, and
 * `@jest/globals` for what `jest-framework.js` gives the test file that runs.
 */
if (isMainThread) register(import.meta.url)

const jestGlobals = new URL('./jest-globals.js', import.meta.url).href

export async function resolve(specifier, context, next) {
  if (specifier.startsWith('#'))
    return next(specifier, { ...context, conditions: ['roviec-source', ...context.conditions] })
  if (specifier === '@jest/globals') return { url: jestGlobals, format: 'module', shortCircuit: true }
  if (/^\.{1,2}\/.*\.js$/.test(specifier)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true }
  }
  return next(specifier, context)
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const filename = fileURLToPath(url)
  const { code } = await swc.transform(await readFile(filename, 'utf8'), settingsFor(filename))
  return { format: 'module', source: code, shortCircuit: true }
}

const maps = new Map()

/** The map of a compiled source as a `data:` URL, made when a stack that names the file is shown. */
export function sourceMapOf(path) {
  if (!path.endsWith('.ts')) return undefined
  if (!maps.has(path)) {
    const filename = path.startsWith('file:') ? fileURLToPath(path) : path
    const { map } = swc.transformSync(readFileSync(filename, 'utf8'), settingsFor(filename))
    maps.set(path, `data:application/json;base64,${Buffer.from(map).toString('base64')}`)
  }
  return maps.get(path)
}

function settingsFor(filename) {
  return { filename, sourceMaps: true, module: { type: 'es6' } }
}
