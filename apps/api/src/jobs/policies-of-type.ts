import { removesAtSource, removesWhatIsGone, TABLES } from '@sluice/core/decide';
import { defaultPolicies, POLICY_VALUES, type Policies, type TransferType } from '@sluice/core/plan';

/** Why a type of transfer has no use for some policies; another value than its own is refused rather than ignored. */
type Unused = Partial<Record<keyof Policies, string>>;

const NO_FILES = 'STRUCTURE makes folders and transfers no files';
const AS_IT_WAS = 'MIGRATE leaves what is migrated as it is';
const AS_THE_SOURCE = 'PUBLISH makes the destination exactly the source';
const NO_REMOVALS = 'no item is removed';
const NOTHING_WRITTEN = 'SCAN writes nothing';
const NO_RETRIES = 'SCAN reads each file once, and one that cannot be read is equal to none';
const BOTH_SIDES = 'With SYNC two different files of one name are a conflict, whenever they are met';

const UNUSED: Readonly<Record<TransferType, Unused>> = {
  COPY: {},
  MOVE: {
    deletionGuard: 'MOVE removes only what it has moved, which the guard does not count',
    versionsAsFiles: 'MOVE would remove a file before its former versions are proved to have arrived',
  },
  MIGRATE: {
    conflict: AS_IT_WAS,
    deletionGuard: `With MIGRATE ${NO_REMOVALS}`,
  },
  PUBLISH: { conflict: AS_THE_SOURCE, existing: AS_THE_SOURCE },
  STRUCTURE: {
    bandwidth: NO_FILES,
    conflict: NO_FILES,
    deletePermanently: `With STRUCTURE ${NO_REMOVALS}`,
    deletionGuard: `With STRUCTURE ${NO_REMOVALS}`,
    existing: NO_FILES,
    largeItem: NO_FILES,
    lockedFiles: NO_FILES,
    maxItemBytes: NO_FILES,
    maxVersions: NO_FILES,
    readBack: NO_FILES,
    verification: NO_FILES,
    versionsAsFiles: NO_FILES,
    zeroByteFile: NO_FILES,
  },
  SYNC: { existing: BOTH_SIDES, versionsAsFiles: 'SYNC would bring such files back to the source' },
  SCAN: {
    conflict: NOTHING_WRITTEN,
    createGroups: NOTHING_WRITTEN,
    deletePermanently: NOTHING_WRITTEN,
    deletionGuard: NOTHING_WRITTEN,
    deletions: NOTHING_WRITTEN,
    duplicateNames: NOTHING_WRITTEN,
    emptyFolders: NOTHING_WRITTEN,
    existing: NOTHING_WRITTEN,
    failure: NO_RETRIES,
    invalidCharacters: NOTHING_WRITTEN,
    keepTimestamps: NOTHING_WRITTEN,
    largeItem: NOTHING_WRITTEN,
    lockedFiles: NOTHING_WRITTEN,
    maxItemBytes: NOTHING_WRITTEN,
    maxVersions: NOTHING_WRITTEN,
    permissions: NOTHING_WRITTEN,
    retries: NO_RETRIES,
    stopAfterUnchangedRuns: 'SCAN changes nothing in any run',
    truncateLongNames: NOTHING_WRITTEN,
    versionsAsFiles: NOTHING_WRITTEN,
    zeroByteFile: NOTHING_WRITTEN,
  },
};

/** Values of policies that a type has a use for, but for these. */
const REFUSED: Readonly<Partial<Record<TransferType, (policies: Policies) => [keyof Policies, string][]>>> = {
  MOVE: ({ verification }) =>
    problem(
      verification !== 'NONE',
      'verification',
      'MOVE deletes at the source only what is proved to have arrived; use CHECKSUM or SIZE.',
    ),
  SCAN: ({ verification, onBudgetExhausted }) => [
    ...problem(
      verification !== 'SIZE',
      'verification',
      'SCAN compares files by CHECKSUM, or not at all; use CHECKSUM or NONE.',
    ),
    ...problem(
      onBudgetExhausted !== 'CARRY_OVER',
      'onBudgetExhausted',
      'A SCAN that waits for calls goes on by itself and is not carried over; use WAIT.',
    ),
  ],
};

const problem = (isRight: boolean, name: keyof Policies, message: string): [keyof Policies, string][] =>
  isRight ? [] : [[name, message]];

/** Files are read back to compare their checksums, and for nothing else. */
const unread = ({ readBack, verification }: Policies): [keyof Policies, string][] =>
  problem(
    !readBack || verification === 'CHECKSUM',
    'readBack',
    `Files are read back only to compare checksums; leave this at false, or choose CHECKSUM instead of ${verification}.`,
  );

const noFormer = ({ versionsAsFiles, maxVersions }: Policies): [keyof Policies, string][] =>
  problem(
    !versionsAsFiles || maxVersions !== 1,
    'versionsAsFiles',
    'With one version no former ones come; leave this at false, or ask for more versions.',
  );

/** A guard of its own for a job that follows no deletions on any side. */
function unguarded(type: TransferType, { deletions, deletionGuard }: Policies): [keyof Policies, string][] {
  const table = TABLES[type][deletions];
  const isOwn = !isEqual(deletionGuard, defaultPolicies(type).deletionGuard);
  if (!table || !isOwn || UNUSED[type].deletionGuard || removesWhatIsGone(table) || removesAtSource(table)) return [];
  const message = `With ${type} and deletions ${deletions} ${NO_REMOVALS}; leave this at its default, or choose MIRROR.`;
  return [['deletionGuard', message]];
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Policies that do not suit the type of transfer, each with what is wrong and what would be right. */
export function unsuited(type: TransferType, policies: Policies): [keyof Policies, string][] {
  const own = defaultPolicies(type);
  const reasons = Object.entries(UNUSED[type]) as [keyof Policies, string][];
  const found = reasons
    .filter(([name]) => !isEqual(policies[name], own[name]))
    .map(([name, reason]): [keyof Policies, string] => [name, `${reason}; leave this at ${worded(own[name])}.`]);
  found.push(
    ...(REFUSED[type]?.(policies) ?? []),
    ...unread(policies),
    ...noFormer(policies),
    ...unguarded(type, policies),
  );
  if (type === 'SCAN') return found;
  const usable = POLICY_VALUES.deletions.filter((value) => TABLES[type][value] !== null);
  if (usable.includes(policies.deletions)) return found;
  return [...found, ['deletions', `${policies.deletions} does not go with ${type}; use ${usable.join(' or ')}.`]];
}

const worded = (value: Policies[keyof Policies]) =>
  typeof value === 'object' && value !== null ? 'its default' : String(value);
