import config from './vitest.config.js';

/** The long forms of what `npm test` plays a part of: budgets over whole days, and random operations of the API. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['packages/core/src/http/budget/*.simulation.test.ts', 'apps/api/src/server/random-operations.test.ts'],
    env: { SLUICE_SIMULATION: 'long', SLUICE_OPERATIONS: '20000' },
    testTimeout: 600_000,
  },
};
