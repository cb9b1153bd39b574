import type { Step, TransferType } from '../plan/index.js';
import { item } from '../testing/index.js';
import type { RunContext } from './context.js';
import { Extras } from './extras.js';
import { listedContext, type Listed, type ListedContext } from './listed.testing.js';
import { MovedPlaces } from './moved-places.js';
import { planRemovals, type RemovalPlan } from './plan-removals.js';

export const AT = new Date('2026-11-21T12:00:00.000Z');
const KEPT = item('kept');

interface Given extends Partial<Omit<RunContext, 'source' | 'policies'>> {
  type?: TransferType;
  isMirror?: boolean;
  plan?: Partial<RemovalPlan>;
  context?: Partial<ListedContext>;
}

/** Plans the removals of a job that has one more item at the source; tells its steps and what is logged. */
export async function planned(
  listed: Listed,
  { type = 'COPY', isMirror = true, plan = {}, context = {}, ...given }: Given = {},
) {
  const source = [KEPT, ...(listed.source ?? [])];
  const policies = type === 'COPY' && isMirror ? { deletions: 'MIRROR' as const } : {};
  const active = { ...(await listedContext(type, { ...listed, source }, { ...given, policies })), ...context };
  const steps: Step[] = [];
  const all: RemovalPlan = {
    ...{ counts: { SOURCE: 1, DESTINATION: 1 }, remembered: 9, settledItems: 0, at: AT },
    ...{ places: new MovedPlaces(), followed: new MovedPlaces(), extras: new Extras(active) },
    ...{ claims: { has: () => false }, ...plan },
  };
  await planRemovals(all, active, { add: async (one) => void steps.push(one) });
  const logged = active.store.logged.map(({ severity, message }) => `${severity} ${message}`);
  const told = steps.map((one) => `${one.type === 'INERT' ? one.action : one.type} ${one.destinationKey}`);
  return { steps, told, logged, ledger: [...active.store.job.pairs[0]!.ledger.keys()] };
}
