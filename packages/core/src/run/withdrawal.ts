import { expectationOf, ledgerEntryOf, type LedgerEntry, type Step, type Transfer } from '../plan/index.js';
import { PlatformError, type Call, type Item, type VerificationMethod, type Written } from '../platform/index.js';
import { readsBack, verify } from './arrival.js';
import type { ActiveContext } from './context.js';

/** A version that no item has: the source counts as changed until it is brought over again. */
const NO_VERSION = '';

/** What is thrown for a file that was published and is not proved, with what the ledger learns of what stands there. */
export class UnprovedError extends PlatformError {
  constructor(
    error: PlatformError,
    readonly ledger: LedgerEntry | null,
  ) {
    super(error.kind, error.message, { retry: error.retry, remedy: error.remedy ?? undefined, cause: error });
  }
}

/** How a transfer goes on from here, and what the ledger learns of what stands at its place; null for nothing of ours. */
export interface Withdrawn {
  step: Transfer;
  ledger: LedgerEntry | null;
}

interface ProofTools {
  context: ActiveContext;
  call: Call;
  /** Replaces what the step says; resolves once that survives a crash. */
  revise: (step: Step) => Promise<void>;
}

/**
 * Proves what was written. Where it is published by the same call that ends the upload, the step says so before its proof
 * is sought, and what fails its proof is taken back before anything else is done.
 */
export async function proved(
  step: Transfer,
  written: Written,
  content: { size: number; sha256: string },
  { context, call, revise }: ProofTools,
): Promise<VerificationMethod> {
  const { destination } = context.destination;
  if (!destination?.withdraw) return verify(written, content, context, call);
  const published = { ...step, published: expectationOf(written.item) };
  const takesTime = readsBack(context.policies) && written.verifiedBy !== 'CHECKSUM';
  if (takesTime) await revise(published);
  try {
    return await verify(written, content, context, call);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'ABORTED' || call.signal.aborted) throw error;
    if (!takesTime) await revise(published);
    const isWrong = error.kind === 'VERIFICATION_FAILED';
    const next = isWrong ? await withdraw(published, written.item, context, call) : unproved(step, written.item);
    await revise(next.step);
    throw new UnprovedError(error, next.ledger);
  }
}

/** Takes back what a transfer published. What the platform does not take back stays, and is known to be unproved. */
export async function withdraw(
  step: Transfer,
  written: Item,
  { destination }: Pick<ActiveContext, 'destination'>,
  call: Call,
): Promise<Withdrawn> {
  const nothingOfOurs = { step: { ...step, published: null }, ledger: null };
  try {
    const replaced = step.action === 'UPDATE' ? step.existing : null;
    const restored = await destination.destination!.withdraw!({ written, replaced }, call);
    return restored ? unproved(step, restored) : nothingOfOurs;
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'ABORTED' || call.signal.aborted) throw error;
    // Somebody changed or removed it: what is there now is theirs.
    return error.kind === 'CONFLICT' || error.kind === 'NOT_FOUND' ? nothingOfOurs : unproved(step, written);
  }
}

/** What stands there is replaced by the next try, in this run or a later one, and never taken for the source's content. */
export function unproved(step: Transfer, there: Item): Withdrawn {
  const source = { key: step.sourceKey, item: { ...step.source, version: NO_VERSION } };
  const next = { action: 'UPDATE', existing: there, expects: expectationOf(there) } as const;
  return {
    step: { ...step, ...next, renameExistingTo: null, knownSha256: null, published: null },
    ledger: ledgerEntryOf(step.ledgerId, source, { key: step.destinationKey, item: there }, null),
  };
}

/** A transfer of which an earlier try published something that was never proved goes on as its replacement. */
export async function resumed(step: Transfer, { destination }: ActiveContext, call: Call): Promise<Transfer> {
  if (!step.published) return step;
  const found = await destination.find({ id: step.published.id }, call);
  return found?.version === step.published.version ? unproved(step, found).step : { ...step, published: null };
}
