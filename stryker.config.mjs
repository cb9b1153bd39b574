// Breaks a file in every way that Stryker knows, one at a time, and asks whether a test notices. `npm run mutation` sets the
// room, the file or lines, and where its results are kept.
import process from 'node:process';

const { SLUICE_MUTATED: mutated, SLUICE_MUTATION_RESULTS: results, SLUICE_MUTATION_SANDBOX: sandbox } = process.env;
if (!mutated || !results || !sandbox) throw new Error('Breaks are asked about by npm run mutation.');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: JSON.parse(mutated),
  // A share's threads run compiled, and so unbroken; the tests that need none have to notice.
  ignorePatterns: ['**/dist', '!packages/fileshare/dist', 'apps/admin', 'data', '.data'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: results,
  thresholds: { high: 95, low: 90, break: null },
  reporters: ['clear-text', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
  tempDirName: sandbox,
};
