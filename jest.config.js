/** Tests run the TypeScript sources: the condition `roviec-source` of package.json's imports points there. */
export default {
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.test.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['roviec-source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.roviec'],
  globalSetup: '<rootDir>/libs/testing/jest-global-setup.js',
  globalTeardown: '<rootDir>/libs/testing/jest-global-teardown.js',
  reporters: ['default', '<rootDir>/libs/testing/summary-reporter.js'],
  // Half of a test's time is waiting for servers; the default of one worker less than there are cores leaves one idle.
  maxWorkers: '100%',
  // A slow machine is no failure: what has to be quick is measured by the bench. It ends a test that hangs.
  testTimeout: 120_000,
}
