import type { Item, Limits } from '../platform/index.js';
import type { Policies, PolicyValue } from './policies.js';
import type { LedgerEntry, Step } from './step.js';
import type { ItemReason } from './vocabulary.js';

/** Everything that the decision about one source item depends on. */
export interface Situation {
  source: Item;
  ledger: LedgerEntry | null;
  /** Item that has the planned name at the destination. */
  destination: Item | null;
  /** The ledger's destination item, found by its identifier in another place or under another name. */
  relocated: Item | null;
}

export interface Rules {
  policies: Policies;
  limits: Limits;
  /** Start of the planning, to judge locks. */
  now: Date;
}

/** A decision, or null when nothing is to be done: the item is unchanged. */
export type Decision = Pick<Step, 'reason' | 'message'> & {
  action: 'ADOPT' | 'CREATE' | 'REFUSE' | 'SKIP' | 'UPDATE';
  existing?: Item;
  remedy?: string;
  isDestructive?: boolean;
  /** `EXISTING`: the item at the destination steps aside under a conflict name. `SOURCE`: the source's gets it. */
  keepBoth?: 'EXISTING' | 'SOURCE';
};

/** What a COPY does about one item of the source. Pure: a table of rules, tested by a table. */
export function planCopy(situation: Situation, rules: Rules): Decision | null {
  return situation.source.kind === 'FOLDER' ? planFolder(situation) : planFile(situation, rules);
}

function planFolder({ source, ledger, destination, relocated }: Situation): Decision | null {
  if (destination?.kind === 'FOLDER') {
    const isKnown = ledger?.destinationId === destination.id && ledger.sourceId === source.id;
    return isKnown ? null : adopt(destination, 'The folder is there already.');
  }
  if (destination) return refuse('NAME_TAKEN', 'A file of that name stands at the destination.', 'Rename one of them.');
  if (relocated) return null;
  return {
    action: 'CREATE',
    reason: 'NEW',
    message: ledger ? 'The folder is missing at the destination.' : 'The folder is new.',
  };
}

function planFile(situation: Situation, rules: Rules): Decision | null {
  return (
    refusedBySize(situation.source, rules) ??
    (situation.ledger ? planKnown(situation, situation.ledger, rules) : planFirstContact(situation, rules))
  );
}

function refusedAsEmpty(limits: Limits, policy: PolicyValue<'zeroByteFile'>): Decision | null {
  switch (policy) {
    case 'FLAG':
      return refuse('ZERO_BYTES', 'The file is empty.', 'Fill it, exclude it or change the policy for empty files.');
    case 'SKIP':
      return skip('ZERO_BYTES', 'The file is empty.');
    case 'TRANSFER':
      return limits.holdsEmptyFiles
        ? null
        : skip('ZERO_BYTES', 'The file is empty and the destination cannot hold empty files.');
  }
}

const LARGE_FILE: Readonly<Record<PolicyValue<'largeItem'>, (message: string) => Decision>> = {
  FLAG: (message) => refuse('FILE_TOO_LARGE', message, 'Raise the limit or leave the file out.'),
  SKIP: (message) => skip('FILE_TOO_LARGE', message),
};

function refusedBySize(source: Item, { policies, limits }: Rules): Decision | null {
  const empty = source.size === 0 ? refusedAsEmpty(limits, policies.zeroByteFile) : null;
  if (empty) return empty;
  const largest = Math.min(policies.maxItemBytes ?? Infinity, limits.maxFileBytes ?? Infinity);
  if (source.size === null || source.size <= largest) return null;
  const message = `The file has ${source.size} bytes, more than the ${largest} that are allowed.`;
  return LARGE_FILE[policies.largeItem](message);
}

function planFirstContact({ source, destination }: Situation, rules: Rules): Decision | null {
  if (!destination) return { action: 'CREATE', reason: 'NEW', message: 'The file is new.' };
  if (destination.kind === 'FOLDER')
    return refuse('NAME_TAKEN', 'A folder of that name stands at the destination.', 'Rename one of them.');
  switch (rules.policies.existing) {
    case 'SKIP':
      return skip('NAME_TAKEN', 'A file of that name stands at the destination and is left as it is.');
    case 'FLAG':
      return refuse('NAME_TAKEN', 'A file of that name stands at the destination.', 'Decide which one is right.');
    case 'OVERWRITE_IF_DIFFERENT':
      return areEqual(source, destination)
        ? adopt(destination, 'An equal file is there already.')
        : update(destination, 'CONTENT_CHANGED', 'A different file of that name is replaced.', rules);
  }
}

/** Equal size and checksum or, where either side has no checksum, equal size and time to the second. */
function areEqual(source: Item, destination: Item): boolean {
  if (source.size === null || source.size !== destination.size) return false;
  if (source.sha256 !== null && destination.sha256 !== null) return source.sha256 === destination.sha256;
  if (source.modifiedAt === null || destination.modifiedAt === null) return false;
  return Math.floor(source.modifiedAt.getTime() / 1000) === Math.floor(destination.modifiedAt.getTime() / 1000);
}

function planKnown(situation: Situation, ledger: LedgerEntry, rules: Rules): Decision | null {
  const known = findKnown(situation, ledger);
  if (!known) return planMissing(situation, ledger, rules);
  const isSourceChanged = situation.source.version !== ledger.sourceVersion;
  const isDestinationChanged = differs(known.version, ledger.destinationVersion);
  if (!isSourceChanged)
    return isDestinationChanged
      ? skip('EDITED_AT_DESTINATION', 'The file was edited at the destination and is left as it is.')
      : null;
  return isDestinationChanged
    ? planConflict(situation.source, known, rules)
    : update(known, 'CONTENT_CHANGED', 'The file changed at the source.', rules);
}

/** A version that is not known on one side proves no edit. */
const differs = (now: string | null, then: string | null) => now !== null && then !== null && now !== then;

/** The destination's item that the ledger speaks of, wherever it is now. */
function findKnown({ destination, relocated }: Situation, ledger: LedgerEntry): Item | null {
  if (relocated?.kind === 'FILE') return relocated;
  return destination?.id === ledger.destinationId ? destination : null;
}

/** The file is gone at the destination, or another one took its name. */
function planMissing(situation: Situation, ledger: LedgerEntry, rules: Rules): Decision | null {
  if (!situation.destination)
    return { action: 'CREATE', reason: 'NEW', message: 'The file is missing at the destination.' };
  if (situation.source.version === ledger.sourceVersion) {
    return skip(
      'EDITED_AT_DESTINATION',
      'The file was replaced by another one at the destination, which is left as it is.',
    );
  }
  return planConflict(situation.source, situation.destination, rules);
}

function planConflict(source: Item, destination: Item, rules: Rules): Decision {
  if (destination.kind === 'FOLDER')
    return refuse('NAME_TAKEN', 'A folder took the name at the destination.', 'Rename one of them.');
  switch (rules.policies.conflict) {
    case 'SOURCE':
      return update(destination, 'CONFLICT', 'Both sides changed; the source wins.', rules);
    case 'DESTINATION':
      return skip('CONFLICT', 'Both sides changed; the destination wins.');
    case 'FLAG':
      return refuse('CONFLICT', 'Both sides changed.', 'Decide which one is right.');
    case 'LATEST':
      return isNewer(source, destination)
        ? update(destination, 'CONFLICT', 'Both sides changed; the source is newer and wins.', rules)
        : skip('CONFLICT', 'Both sides changed; the destination is newer and wins.');
    case 'KEEP_BOTH':
      return keepBoth(source, destination, rules);
  }
}

function keepBoth(source: Item, destination: Item, rules: Rules): Decision {
  if (!isNewer(source, destination)) {
    return {
      action: 'CREATE',
      reason: 'CONFLICT',
      message: 'Both sides changed; the older one is added under a name with the time.',
      keepBoth: 'SOURCE',
    };
  }
  const blocked = refusedByLock(destination, rules);
  if (blocked) return blocked;
  return {
    action: 'CREATE',
    reason: 'CONFLICT',
    message: 'Both sides changed; the older one at the destination gets a name with the time.',
    existing: destination,
    keepBoth: 'EXISTING',
  };
}

/** An unknown time loses: what stands at the destination is not pushed aside on a guess. */
const isNewer = (source: Item, destination: Item) =>
  (source.modifiedAt?.getTime() ?? -Infinity) > (destination.modifiedAt?.getTime() ?? -Infinity);

function update(existing: Item, reason: ItemReason, message: string, rules: Rules): Decision {
  return refusedByLock(existing, rules) ?? { action: 'UPDATE', reason, message, existing, isDestructive: true };
}

function refusedByLock(existing: Item, { policies, now }: Rules): Decision | null {
  if (existing.isReadOnly)
    return refuse(
      'ACCESS_DENIED',
      'The file at the destination is read only.',
      'Make it writable or choose another folder.',
    );
  const lock = existing.lock;
  if (!lock || (lock.until !== null && lock.until <= now)) return null;
  const message = `${lock.holder ?? 'Someone'} has locked the file at the destination${lock.until ? ` until ${lock.until.toISOString()}` : ''}.`;
  return LOCKED_FILE[policies.lockedFiles](message);
}

const flagLocked = (message: string): Decision => refuse('LOCKED', message, 'Have it checked in, then retry.');

const LOCKED_FILE: Readonly<Record<PolicyValue<'lockedFiles'>, (message: string) => Decision>> = {
  FLAG: flagLocked,
  SKIP: (message) => skip('LOCKED', message),
  PROPAGATE: flagLocked,
};

const adopt = (existing: Item, message: string): Decision => ({
  action: 'ADOPT',
  reason: 'IDENTICAL',
  message,
  existing,
});
const skip = (reason: ItemReason, message: string): Decision => ({ action: 'SKIP', reason, message });
const refuse = (reason: ItemReason, message: string, remedy: string): Decision => ({
  action: 'REFUSE',
  reason,
  message,
  remedy,
});
