import config from './vitest.config.js';

const ROOMS = ['packages/core/src/{naming,pair,decide,prove,filter,mapping}', 'packages/core/src/http/budget'];
/** The queue of a process and the row that processes share, which wait, and the types. */
const WAITING = ['budget', 'shared-state', 'budget-types'].map((name) => `packages/core/src/http/budget/${name}.ts`);
const HELPERS = ['**/*.test.ts', '**/*.testing.ts', '**/index.ts'];

/**
 * The rooms of core that only decide, by the tests beside them: every branch is reached. The simulations of whole hours
 * are left out: what they alone reach would have no example.
 */
export default {
  ...config,
  test: {
    ...config.test,
    include: ROOMS.map((room) => `${room}/**/*.test.ts`),
    exclude: [...config.test.exclude, '**/*.simulation.test.ts'],
    coverage: {
      include: ROOMS.map((room) => `${room}/**/*.ts`),
      exclude: [...HELPERS, ...WAITING],
      reporter: ['text'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
};
