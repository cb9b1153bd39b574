import config from './vitest.config.js';

/** Budgets over whole days, with every kind of window; `npm test` plays a part of it. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['packages/core/src/http/budget/*.simulation.test.ts'],
    env: { SLUICE_SIMULATION: 'long' },
    testTimeout: 600_000,
  },
};
