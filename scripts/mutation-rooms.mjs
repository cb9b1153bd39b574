// The rooms that mutation testing asks about, each with the tests that have to notice and the least share of breaks, in
// per cent, that they notice.
const HELPERS = ['!**/*.test.ts', '!**/*.testing.ts', '!**/index.ts', '!**/testing.ts', '!**/testing/**'];

/** A room of core that only decides: judged by the tests beside it. */
const deciding = (name) => ({
  mutate: [`packages/core/src/${name}/**/*.ts`, ...HELPERS],
  tests: [`packages/core/src/${name}/**/*.test.ts`],
  least: 85,
});

/** The budget without the two files that wait: the queue of a process, and the row that processes share. */
const WAITING = ['budget', 'shared-state', 'budget-types'].map((name) => `!packages/core/src/http/budget/${name}.ts`);

export const MUTATION_ROOMS = {
  decide: deciding('decide'),
  prove: deciding('prove'),
  pair: deciding('pair'),
  naming: deciding('naming'),
  budget: {
    mutate: ['packages/core/src/http/budget/**/*.ts', ...WAITING, ...HELPERS],
    tests: ['packages/core/src/http/budget/**/*.test.ts'],
    least: 85,
  },
  run: {
    mutate: ['packages/core/src/run/**/*.ts', ...HELPERS],
    tests: ['packages/core/src/run/**/*.test.ts'],
    least: 70,
  },
  fileshare: {
    mutate: ['packages/fileshare/src/**/*.ts', ...HELPERS],
    tests: ['packages/fileshare/src/**/*.test.ts'],
    least: 70,
  },
  stores: {
    mutate: ['apps/api/src/runs/store*.ts', ...HELPERS],
    tests: ['apps/api/src/runs/*.test.ts'],
    least: 70,
  },
};

/** Those that `npm run mutation` asks about when none is named, one after the other; the others take hours. */
export const DECIDING_ROOMS = ['decide', 'prove', 'pair', 'naming', 'budget'];
