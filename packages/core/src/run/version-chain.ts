import { identityOf, type Call, type Item } from '../platform/index.js';
import {
  expectationOf,
  mostVersions,
  nameOf,
  obstacleTo,
  parentKey,
  type Transfer,
  type VersionChain,
} from '../plan/index.js';
import type { ActiveContext } from './context.js';
import type { FinishedStep } from './finished.js';

/** Nothing is brought over yet. */
export const chainBegin = ({ action, existing, renameExistingTo }: Transfer): VersionChain => ({
  held: null,
  first: { action, existing, renameExistingTo },
  versions: 0,
  bytes: 0,
});

/** The versions of a file that a step has still to bring over, oldest first. */
export interface OpenVersions {
  /** The last one is the file itself; empty when the destination holds that already. */
  open: readonly Item[];
  /** Those that came since and are left out. */
  leftOut: number;
}

/**
 * Asks the source for the versions that came since the one that the destination holds, as the ledger or the step says; of a
 * file that the destination never had, all. Only the newest count where the job or the destination keeps no more.
 */
export async function openVersions(step: Transfer, context: ActiveContext, call: Call): Promise<OpenVersions> {
  const { source } = step;
  const most = mostVersions(context.policies, context.destination.capabilities);
  const reader = context.source.source;
  const isAlone = !source.formerVersions || most === 1 || !reader?.versions;
  if (isAlone && !step.chain) return { open: [source], leftOut: 0 };
  const all = isAlone || !reader?.versions ? [source] : await reader.versions(source, call);
  const start = await firstOpen(step, all, context);
  const fitting = all.slice(start).filter((version) => version === all.at(-1) || fits(step, version, context));
  const open = fitting.slice(-most);
  return { open, leftOut: all.length - start - open.length };
}

/** Position of the first version that the destination does not hold. */
async function firstOpen(step: Transfer, all: readonly Item[], { store }: ActiveContext): Promise<number> {
  const after = (version: string | null) => all.findIndex((one) => one.version === version) + 1;
  if (step.chain?.held) return after(step.chain.held) || all.length - 1;
  if ((step.chain?.first ?? step).action === 'CREATE') return 0;
  const entry = await store.entryOf('SOURCE', identityOf(step.source));
  if (entry === null) return 0;
  // Where nobody knows which of them are there, and where the newest is brought again, it comes alone.
  const start = after(entry.sourceVersion);
  return start === 0 ? all.length - 1 : Math.min(start, all.length - 1);
}

/** What the policies or limits refuse of a former version does not keep the others back. */
function fits({ action, reason, message }: Transfer, version: Item, context: ActiveContext): boolean {
  const { policies, destination, clock } = context;
  const rules = { policies, limits: destination.limits, now: new Date(clock.now()) };
  return version.size !== null && obstacleTo({ action, reason, message }, version, rules) === null;
}

/** What the step says once one of its versions has arrived: the next one becomes the new version of that file. */
export function afterVersion(step: Transfer, { destination, sha256, byteCount }: FinishedStep): Transfer {
  const { item, key } = destination!;
  const { first, versions, bytes } = step.chain ?? chainBegin(step);
  return {
    ...step,
    action: 'UPDATE',
    existing: item,
    expects: expectationOf(item),
    destinationKey: key,
    parentKey: parentKey(key) ?? '',
    name: nameOf(item),
    renameExistingTo: null,
    knownSha256: sha256,
    published: null,
    chain: { held: step.source.version, first, versions: versions + Number(byteCount > 0), bytes: bytes + byteCount },
  };
}

/** The outcome of a step whose last version has arrived, which tells of all of them. */
export function wholeOutcome(step: Transfer, last: FinishedStep, leftOut: number): FinishedStep {
  const left = leftOut === 0 ? '' : ` ${leftOut} of its versions that came since are left out.`;
  const told = { message: last.message + left, ...(leftOut === 0 ? {} : { reason: 'VERSIONS_LEFT_OUT' as const }) };
  if (!step.chain) return { ...last, ...told };
  const { first, versions, bytes } = step.chain;
  const isBrought = last.outcome === 'CREATED' || last.outcome === 'UPDATED';
  const outcome = versions + Number(isBrought) === 0 ? last.outcome : first.action === 'CREATE' ? 'CREATED' : 'UPDATED';
  return {
    ...last,
    ...told,
    outcome,
    byteCount: bytes + last.byteCount,
    versionCount: versions + Number(isBrought),
  };
}
