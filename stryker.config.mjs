// Breaks a room in every way that it knows, one at a time, and asks whether a test notices; `npm run mutation` runs it
// for one room after the other. `npm run mutation -- naming --mutate "packages/core/src/naming/clean-name.ts"` asks about
// one file.
import process from 'node:process';
import { MUTATION_ROOMS } from './scripts/mutation-rooms.mjs';

const room = process.env['SLUICE_MUTATION_ROOM'] ?? 'decide';
const { mutate, least } = MUTATION_ROOMS[room];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate,
  ignorePatterns: ['**/dist', 'apps/admin', 'data', '.data'],
  coverageAnalysis: 'perTest',
  thresholds: { high: 95, low: 90, break: least },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false },
  tempDirName: `node_modules/.cache/stryker-${room}`,
};
