import type { Step } from '../plan/index.js';
import type { Claimed } from './finished.js';
import type { ClaimedStep } from './ports/index.js';

/** A step that is claimed for its first try. */
export const claimed = <S extends Step>(step: S, over: Partial<Omit<ClaimedStep, 'step'>> = {}): Claimed<S> => ({
  ...{ id: 'item 1', inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 },
  ...over,
  step,
});
