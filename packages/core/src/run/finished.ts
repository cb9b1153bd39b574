import type { Item, Written } from '../platform/index.js';
import { childKey, ledgerEntryOf, nameOf, parentKey, type Inert, type Step, type Transfer } from '../plan/index.js';
import type { ClaimedStep, StepOutcome } from './ports/index.js';

/** A claimed step of one type. */
export type Claimed<S extends Step> = ClaimedStep & { step: S };

/** What became of a step, before the attempt that led there is counted. */
export type FinishedStep = Omit<StepOutcome, 'attempt'>;

interface Result {
  outcome: FinishedStep['outcome'];
  item: Item;
  sha256: string | null;
  verifiedBy: FinishedStep['verifiedBy'];
  bytes: number;
}

/** Added to rather than spread: there are as many as items. */
export function finished(
  claimed: ClaimedStep,
  { outcome, item, sha256, verifiedBy, bytes }: Result,
  told: Partial<Pick<FinishedStep, 'reason' | 'message' | 'replaced'>> | null = null,
): FinishedStep {
  const { step } = claimed;
  const key = actualKey(step, item);
  const source = { key: step.sourceKey!, item: step.source! };
  const ledger = ledgerEntryOf(step.ledgerId, source, { key: step.knownAt ?? key, item }, sha256);
  ledger.mapped = step.mapped ?? null;
  const done: FinishedStep = {
    stepId: claimed.id,
    outcome,
    reason: step.reason,
    message: step.message,
    remedy: null,
    sha256,
    verifiedBy,
    destination: { key, item },
    ledger,
    byteCount: bytes,
  };
  return told ? Object.assign(done, told) : done;
}

/** An item that is taken as it is: nothing is asked of a platform. */
export function adopted(claimed: Claimed<Inert>): FinishedStep {
  const item = claimed.step.existing!;
  const sha256 = item.sha256 ?? claimed.step.knownSha256;
  const verifiedBy = item.kind === 'FOLDER' ? null : sha256 ? 'CHECKSUM' : 'SIZE';
  const outcome = claimed.step.isNote ? 'UNCHANGED' : 'ADOPTED';
  const { moved } = claimed.step;
  const done = finished(claimed, { outcome, item, sha256, verifiedBy, bytes: 0 });
  return moved ? { ...done, moved } : done;
}

/** A file that arrived, with these bytes. */
export function transferred(
  claimed: Claimed<Transfer>,
  written: Written,
  content: { sha256: string | null; size: number },
  verifiedBy: FinishedStep['verifiedBy'],
  note: string | null,
): FinishedStep {
  const outcome = claimed.step.action === 'UPDATE' ? 'UPDATED' : 'CREATED';
  const result = { outcome, item: written.item, sha256: content.sha256, verifiedBy, bytes: content.size } as const;
  const message = [claimed.step.message, written.note, note].filter(Boolean).join(' ');
  return finished(claimed, result, { message, replaced: claimed.step.existing?.version ?? null });
}

/** The platform may have given it another name than was asked for. */
function actualKey(step: Step, item: Item): string {
  const planned = step.destinationKey!;
  return planned === '' ? planned : childKey(parentKey(planned) ?? '', nameOf(item));
}
