import config from './vitest.config.js';

const ROOMS = 'packages/core/src/{naming,pair,decide,prove}';
const HELPERS = ['**/*.test.ts', '**/*.testing.ts', '**/index.ts'];

/** The rooms of core that only decide, by the tests beside them: every branch is reached, and mutants are noticed. */
export default {
  ...config,
  test: {
    ...config.test,
    include: [`${ROOMS}/**/*.test.ts`],
    coverage: {
      include: [`${ROOMS}/**/*.ts`],
      exclude: HELPERS,
      reporter: ['text'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
};
