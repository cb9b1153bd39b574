import config from './vitest.config.js';

const ROOMS = 'packages/core/src/{naming,pair,decide,prove}';
const HELPERS = ['**/*.test.ts', '**/*.testing.ts', '**/index.ts'];

/** Slow ones, which would make mutants wait: those have to be noticed by the tables of examples. */
const LEFT_OUT = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? [] : ['properties', 'linear-work'];

/** The rooms of core that only decide, by the tests beside them: every branch is reached, and mutants are noticed. */
export default {
  ...config,
  test: {
    ...config.test,
    include: [`${ROOMS}/**/*.test.ts`],
    exclude: [...config.test.exclude, ...LEFT_OUT.map((name) => `**/${name}.test.ts`)],
    coverage: {
      include: [`${ROOMS}/**/*.ts`],
      exclude: HELPERS,
      reporter: ['text'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
};
