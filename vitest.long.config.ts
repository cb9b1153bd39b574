import config from './vitest.config.js';

/** The long forms of what `npm test` plays a part of: budgets over whole days, random operations and broken connections of the API, and damaged CSV. */
export default {
  ...config,
  test: {
    ...config.test,
    include: [
      'packages/core/src/http/budget/*.simulation.test.ts',
      'apps/api/src/server/random-operations.test.ts',
      'apps/api/src/server/abandoned.test.ts',
      'apps/api/src/live/cut-off.test.ts',
      'apps/api/src/mappings/import.test.ts',
    ],
    env: {
      SLUICE_SIMULATION: 'long',
      SLUICE_OPERATIONS: '20000',
      SLUICE_CSV_FILES: '10000',
      SLUICE_CYCLES: '10000',
      SLUICE_CUTS: '1000',
      SLUICE_CUT_RESTARTS: '20',
    },
    testTimeout: 600_000,
  },
};
