import type { Call, Item, ListingProof, ListProblem } from '../platform/index.js';
import { pathKey, selfAndAbove, type LedgerEntry } from '../plan/index.js';
import { coverageOf, unprovenBecause } from '../prove/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { StepOutcome, UnverifiedStep } from './ports/index.js';
import { unproved, withdraw } from './withdrawal.js';

/**
 * Files whose platform did not tell their size when they were written are found in one new listing, not one by one.
 * What is missing there or has another size is tried again in the next run; what could not be listed stays unverified.
 */
export async function verifyByListing(context: ActiveContext): Promise<void> {
  const open = new Map<string, UnverifiedStep>();
  for await (const each of context.store.unverified())
    if (each.step.side === 'DESTINATION') open.set(each.destinationKey, each);
  if (open.size === 0) return;
  const { destination, destinationRoot } = context;
  const call = callTo('DESTINATION', context, context.control.signal);
  const listing = new VerificationListing();
  for await (const entry of destination.source!.list({ folder: { path: destinationRoot } }, call)) {
    if (entry.type === 'end') listing.proof = entry.proof;
    if (entry.type === 'problem')
      listing.problems.set(pathKey(entry.problem.path.slice(destinationRoot.length)), entry.problem.kind);
    if (entry.type !== 'item') continue;
    listing.arrived += 1;
    if (entry.item.kind !== 'FILE') continue;
    const key = pathKey(entry.item.path.slice(destinationRoot.length));
    const step = open.get(key);
    if (!step || entry.item.size === null) continue;
    open.delete(key);
    if (entry.item.size === step.byteCount) await context.store.commit([verified(step)]);
    else await takeBack(step, entry.item, context, call);
  }
  for (const step of open.values())
    if (listing.isWholeAt(step.destinationKey))
      await context.store.commit([failed(step, `The ${context.words.to} does not list it.`)]);
}

/** What the listing says of itself and of the places that it could not show. */
class VerificationListing {
  arrived = 0;
  proof: ListingProof | null = null;
  readonly problems = new Map<string, ListProblem['kind']>();

  /** Whether what was not shown there is missing. */
  isWholeAt(key: string): boolean {
    if (unprovenBecause({ proof: this.proof, arrived: this.arrived, root: null }) !== null) return false;
    const kinds = selfAndAbove(key).flatMap((place) => this.problems.get(place) ?? []);
    return coverageOf('DESTINATION', kinds) === 'WHOLE';
  }
}

/** What has the wrong size is known to be unproved first, and taken back next, where the platform does so. */
async function takeBack(open: UnverifiedStep, item: Item, context: ActiveContext, call: Call): Promise<void> {
  const { step } = open;
  const message = `It has ${item.size} bytes instead of ${open.byteCount}.`;
  if (step.type !== 'TRANSFER' || !context.destination.destination?.withdraw)
    return context.store.commit([failed(open, message)]);
  await context.store.commit([failed(open, message, unproved(step, item).ledger)]);
  const { ledger } = await withdraw(step, item, context, call);
  await context.store.commit([failed(open, message, ledger)]);
}

const base = (step: UnverifiedStep) => ({
  stepId: step.stepId,
  sha256: step.sha256,
  destination: null,
  ledger: null,
  attempt: null,
  byteCount: step.byteCount,
});

const verified = (step: UnverifiedStep): StepOutcome => ({
  ...base(step),
  outcome: step.outcome,
  reason: step.reason,
  message: step.message,
  remedy: null,
  verifiedBy: 'SIZE',
});

const failed = (step: UnverifiedStep, message: string, ledger: LedgerEntry | null = null): StepOutcome => ({
  ...base(step),
  ledger,
  outcome: 'RETRYING',
  reason: 'VERIFICATION_FAILED',
  message,
  remedy: 'Start the job again.',
  verifiedBy: null,
  forgetLedger: ledger === null,
});
