// Breaks the rooms that only decide in every way that it knows, one at a time, and asks whether a test notices.
// `npm run mutation -- --mutate "packages/core/src/naming/clean-name.ts"` asks about one file.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.deciding.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['packages/core/src/{naming,pair,decide,prove}/**/*.ts', '!**/*.test.ts', '!**/*.testing.ts', '!**/index.ts'],
  ignorePatterns: ['**/dist', 'apps/admin', 'data', '.data'],
  coverageAnalysis: 'perTest',
  thresholds: { high: 95, low: 90, break: 85 },
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  tempDirName: 'node_modules/.cache/stryker',
};
