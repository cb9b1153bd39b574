import config from './vitest.config.js';

/** Slow proofs of the web app in a real browser against the built product: no part of `npm test`. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['test/browser/*.campaign.ts'],
    // Each starts a server, a browser and a sandbox, and looks at what is live.
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
};
