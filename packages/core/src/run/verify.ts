import { pathKey } from '../plan/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { StepOutcome, UnverifiedStep } from './ports.js';

/**
 * Files whose platform did not tell their size when they were written are found in one new listing, not one by one.
 * What is missing there or has another size is tried again in the next run.
 */
export async function verifyByListing(context: ActiveContext): Promise<void> {
  const open = new Map<string, UnverifiedStep>();
  for await (const step of context.store.unverified()) open.set(step.destinationKey, step);
  if (open.size === 0) return;
  const { destination, destinationRoot } = context;
  const call = callTo('DESTINATION', context, context.control.signal);
  for await (const entry of destination.source!.list({ folder: { path: destinationRoot } }, call)) {
    if (entry.type !== 'item' || entry.item.kind !== 'FILE') continue;
    const key = pathKey(entry.item.path.slice(destinationRoot.length));
    const step = open.get(key);
    if (!step || entry.item.size === null) continue;
    open.delete(key);
    await context.store.commit([
      entry.item.size === step.byteCount
        ? verified(step)
        : failed(step, `It has ${entry.item.size} bytes instead of ${step.byteCount}.`),
    ]);
  }
  for (const step of open.values()) await context.store.commit([failed(step, 'The destination does not list it.')]);
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

const failed = (step: UnverifiedStep, message: string): StepOutcome => ({
  ...base(step),
  outcome: 'RETRYING',
  reason: 'VERIFICATION_FAILED',
  message,
  remedy: 'Start the job again.',
  verifiedBy: null,
  forgetLedger: true,
});
