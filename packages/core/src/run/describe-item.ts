import type { Describe } from '../plan/index.js';
import type { Destination } from '../platform/index.js';
import { callTo } from './context.js';
import { finished, type Claimed, type FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

/** Gives an item what belongs to it beside its content; twice is as good as once. */
export async function describeItem(
  claimed: Claimed<Describe>,
  destination: Destination,
  { context, signal, begin }: StepTools,
): Promise<FinishedStep> {
  const { existing, fields, lockedUntil, knownSha256: sha256, isUnlearned } = claimed.step;
  const lock = lockedUntil === undefined ? {} : { lockedUntil: lockedUntil === null ? null : new Date(lockedUntil) };
  await begin();
  const item = await destination.describe!(existing, { ...fields, ...lock }, callTo('DESTINATION', context, signal));
  const done = finished(claimed, { outcome: 'DESCRIBED', item, sha256, verifiedBy: null, bytes: 0 });
  return isUnlearned ? { ...done, ledger: null } : done;
}
