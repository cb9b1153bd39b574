import { BaseSequencer } from 'vitest/node';

/** What takes longest, the longest first: beginning last, it would run alone while other workers have nothing left to do. */
const SLOW = [
  'test/crash/',
  'test/processes/',
  '.simulation.test',
  'shared-budget',
  'test/names/',
  'test/sim/',
  'reads/statements',
  'store-resting',
  'test/e2e/',
  'test/engine/',
  'test/listings/',
  'test/flips/',
  'test/generated/',
  'apps/api/src/runner/',
  'apps/api/src/plans/',
  'contract',
];

/** Vitest sequencer: slow files first, then as Vitest has it. */
export class SlowFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) =>
      (SLOW.findIndex((part) => moduleId.includes(part)) + SLOW.length + 1) % (SLOW.length + 1);
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
