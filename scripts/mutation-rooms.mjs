// The rooms that mutation testing asks about, each with the tests that have to notice, the least share of breaks, in per
// cent, that they notice, the minutes after which it ends, and whether its tests are so slow that a file which has tests
// of its own is judged by those alone, and by those that are named after "also" with a beginning of its path.
import { readdirSync } from 'node:fs';

const HELPERS = /(\.test|\.testing|\/index|\/testing|\/testing\/.*)\.ts$/;

/** A room of core that only decides: judged by the tests beside it. */
const deciding = (name) => ({
  folder: `packages/core/src/${name}`,
  tests: [`packages/core/src/${name}/**/*.test.ts`],
  least: 85,
  minutes: 60,
});

/** The budget without the two files that wait: the queue of a process, and the row that processes share. */
const WAITING = /\/(budget|shared-state|budget-types)\.ts$/;

const named = (folder, names) => names.map((name) => `${folder}/${name}.ts`);

export const MUTATION_ROOMS = {
  decide: deciding('decide'),
  prove: deciding('prove'),
  pair: deciding('pair'),
  filter: deciding('filter'),
  mapping: deciding('mapping'),
  naming: deciding('naming'),
  budget: {
    folder: 'packages/core/src/http/budget',
    without: WAITING,
    tests: ['packages/core/src/http/budget/**/*.test.ts'],
    least: 85,
    minutes: 120,
  },
  run: {
    folder: 'packages/core/src/run',
    tests: ['packages/core/src/run/**/*.test.ts'],
    least: 70,
    minutes: 240,
    isSlow: true,
    also: {
      'packages/core/src/run/reconcile': named('packages/core/src/run', [
        'versions.test',
        'withdrawal.test',
        'undo.test',
      ]),
      'packages/core/src/run/undo-planner': named('packages/core/src/run', ['undo-others.test']),
      'packages/core/src/run/plan-removals': named('packages/core/src/run', ['removals-withheld.test']),
      'packages/core/src/run/planned-moves': named('packages/core/src/run', ['planned-moves-leavers.test']),
      'packages/core/src/run/other-side': named('packages/core/src/run', ['other-side-names.test']),
      'packages/core/src/run/swapped': named('packages/core/src/run', ['swapped-steps.test']),
      'packages/core/src/run/content-decisions': named('packages/core/src/run', ['content-decisions-second.test']),
      'packages/core/src/run/execution': named('packages/core/src/run', ['execution-stop.test']),
    },
    first: named('packages/core/src/run', [
      'became',
      'reconcile',
      'plan-removals',
      'remove-item',
      'planned-moves',
      'after-move',
      'move-item',
      'withdrawal',
      'verify',
      'committer',
      'intents',
    ]),
  },
  fileshare: {
    folder: 'packages/fileshare/src',
    tests: ['packages/fileshare/src/**/*.test.ts'],
    least: 70,
    minutes: 240,
    isSlow: true,
    first: named('packages/fileshare/src/disk', ['replace', 'write', 'publishing-batch', 'leftovers', 'trash']),
  },
  stores: {
    folder: 'apps/api/src/runs',
    without: /\/(?!store)[^/]*$|\/stored-/,
    tests: ['apps/api/src/runs/**/*.test.ts'],
    least: 70,
    minutes: 240,
    isSlow: true,
    also: {
      'apps/api/src/runs/engine-store/': ['apps/api/src/runs/engine-store/store.test.ts'],
      'apps/api/src/runs/engine-store/ledger/store-ledger': [
        'apps/api/src/runs/engine-store/ledger/store-ledger-moves.test.ts',
      ],
    },
    first: named('apps/api/src/runs', [
      'engine-store/ledger/store-ledger',
      'engine-store/steps/store-intents',
      'lifecycle/store-settle',
      'engine-store/steps/store-work',
      'engine-store/steps/store-outcomes',
    ]),
  },
};

/** The files of a room: those first where a mistake loses or deletes something, then by name. */
export function filesOf({ folder, without, first = [] }) {
  const found = readdirSync(folder, { recursive: true }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
  const rest = found.filter((path) => path.endsWith('.ts') && !HELPERS.test(path) && !without?.test(path)).sort();
  return [...first.filter((path) => rest.includes(path)), ...rest.filter((path) => !first.includes(path))];
}

/** Those that `npm run mutation` asks about when none is named, one after the other; the others take hours. */
export const DECIDING_ROOMS = ['decide', 'prove', 'pair', 'filter', 'mapping', 'naming', 'budget'];
