import { ModuleMocker } from 'jest-mock'

/** What test files import as `@jest/globals`: of the file that runs. */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test

export const jest = new ModuleMocker(globalThis)

export function setGlobals(globals) {
  ;({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = globals)
}
