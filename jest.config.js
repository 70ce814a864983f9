import { availableParallelism } from 'node:os'

/** Tests run the TypeScript sources, in Jest's worker processes themselves: see libs/testing/README.md. */
export default {
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  transform: {},
  testRunner: '<rootDir>/libs/testing/jest-framework.js',
  injectGlobals: false,
  testSequencer: '<rootDir>/libs/testing/slow-first.js',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.roviec'],
  globalSetup: '<rootDir>/libs/testing/jest-global-setup.js',
  globalTeardown: '<rootDir>/libs/testing/jest-global-teardown.js',
  reporters: ['default', '<rootDir>/libs/testing/summary-reporter.js'],
  // A third of a test's time is waiting for servers and processes: one more than there are cores keeps them busy.
  maxWorkers: availableParallelism() + 1,
  // A slow machine is no failure: what has to be quick is measured by the bench. It ends a test that hangs.
  testTimeout: 120_000,
}
