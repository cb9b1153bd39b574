import { PlatformError, type Item, type ListProblem, type PlatformErrorKind, type Retry } from '@sluice/core/platform';
import type { Step, Transfer } from '@sluice/core/plan';
import { typed, type FormerStep } from './steps/former-step.js';

/** Texts in which the store keeps what only the engine reads. Text rather than JSON columns: names may hold any character. */
export const encode = (value: Item | Step): string => JSON.stringify(value);

export function decodeItem(text: string): Item {
  return reviveItem(JSON.parse(text) as Item);
}

export function decodeStep(text: string): Step {
  const step = typed(JSON.parse(text) as Step | FormerStep);
  // Rows from before steps named their ledger entry have none.
  return { ...step, ledgerId: step.ledgerId ?? null, ...itemsOf(step), ...chainOf(step) } as Step;
}

const itemsOf = ({ source, existing }: Pick<Step, 'source' | 'existing'>) => ({
  source: source && reviveItem(source),
  existing: existing && reviveItem(existing),
});

/** A file whose versions come one after the other says what the plan said of the first one. */
function chainOf(step: Step): Partial<Pick<Transfer, 'chain'>> {
  if (step.type !== 'TRANSFER' || !step.chain) return {};
  const { first } = step.chain;
  return { chain: { ...step.chain, first: { ...first, existing: first.existing && reviveItem(first.existing) } } };
}

const reviveDate = (value: Date | string | null): Date | null => (value === null ? null : new Date(value));

function reviveItem(item: Item): Item {
  return {
    ...item,
    // Rows from before items had them.
    identity: item.identity ?? null,
    metaVersion: item.metaVersion ?? null,
    modifiedAt: reviveDate(item.modifiedAt),
    createdAt: reviveDate(item.createdAt),
    lock: item.lock && { ...item.lock, until: reviveDate(item.lock.until) },
  };
}

interface EncodedProblem {
  path: string[];
  kind: ListProblem['kind'];
  error: {
    kind: PlatformErrorKind;
    message: string;
    retry: Retry;
    remedy: string | null;
    remoteStatus: string | null;
    remoteRequestId: string | null;
    retryAt: string | null;
  };
}

export function encodeProblem({ path, kind, error }: ListProblem): string {
  const { message, retry, remedy, remoteStatus, remoteRequestId } = error;
  const retryAt = error.retryAt?.toISOString() ?? null;
  const facts = { kind: error.kind, message, retry, remedy, remoteStatus, remoteRequestId, retryAt };
  return JSON.stringify({ path: [...path], kind, error: facts } satisfies EncodedProblem);
}

export function decodeProblem(text: string): ListProblem {
  const { path, kind, error } = JSON.parse(text) as EncodedProblem;
  return {
    path,
    kind,
    error: new PlatformError(error.kind, error.message, {
      retry: error.retry,
      remedy: error.remedy ?? undefined,
      remoteStatus: error.remoteStatus ?? undefined,
      remoteRequestId: error.remoteRequestId ?? undefined,
      retryAt: error.retryAt === null ? undefined : new Date(error.retryAt),
    }),
  };
}
