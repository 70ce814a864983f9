import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import circus from 'jest-circus/runner'
import { jest, setGlobals } from './jest-globals.js'
import { sourceMapOf } from './typescript-hooks.js'

const require = createRequire(import.meta.url)

/**
 * Runs test files in Jest's worker process itself and not each in a virtual machine of its own: what a file imports is
 * loaded once for all files of the worker, and types are those of Node. All else is Jest's: `typescript-hooks.js`
 * compiles what is imported, and what a file changes of the process is put back after it.
 */
export default function runTestFile(globalConfig, config, environment, runtime, path, send) {
  const restore = keepProcess()
  globalThis.console = environment.global.console
  runtime.getSourceMaps().get = sourceMapOf
  // Not awaited here: this file would stand in every stack that a failed test shows.
  return circus
    .default(globalConfig, config, environment, Object.assign(runtime, inProcess), path, send)
    .finally(() => {
      jest.restoreAllMocks()
      restore()
    })
}

const asyncHooks = require('node:async_hooks')

/**
 * Stands for the storage by which Jest tells whose an error is: a worker runs one test after the other, so it is that of
 * the test that runs. With Node 20 a real one makes every promise of the process dearer.
 */
class OfTheTestThatRuns {
  #store

  getStore() {
    return this.#store
  }

  run(store, work) {
    const before = this.#store
    this.#store = store
    const over = () => (this.#store = before)
    try {
      const result = work()
      if (typeof result?.then !== 'function') over()
      else result.then(over, over)
      return result
    } catch (error) {
      over()
      throw error
    }
  }
}

/** Since Node 24 it is read by a getter, and a storage costs promises nothing. */
const { AsyncLocalStorage } = asyncHooks
const isReplaceable = Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage').writable === true

function requireWithoutStorages(path) {
  if (!isReplaceable) return require(path)
  asyncHooks.AsyncLocalStorage = OfTheTestThatRuns
  try {
    return require(path)
  } finally {
    asyncHooks.AsyncLocalStorage = AsyncLocalStorage
  }
}

/** What Jest's runtime would do inside the virtual machine. */
const inProcess = {
  // Anew for each file, since it keeps the tests of the one before.
  requireInternalModule(path) {
    globalThis[Symbol.for('EVENT_HANDLERS')] = undefined
    delete require.cache[path]
    return requireWithoutStorages(path)
  },
  requireModule: require,
  setGlobalsForRuntime: setGlobals,
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path)),
}

function keepProcess() {
  const { console } = globalThis
  const { exitCode } = process
  const environment = { ...process.env }
  const listeners = new Map(process.eventNames().map((name) => [name, process.rawListeners(name)]))
  return () => {
    globalThis.console = console
    process.exitCode = exitCode
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
    Object.assign(process.env, environment)
    // Processes that a failed test has left behind end with this one.
    for (const name of process.eventNames().filter((each) => each !== 'exit'))
      for (const listener of process.rawListeners(name))
        if (!listeners.get(name)?.includes(listener)) process.removeListener(name, listener)
  }
}
