import type { Verdict } from '../decide/index.js';
import { seen, type Triple } from '../pair/index.js';
import { identityOf, type Item } from '../platform/index.js';
import { settleConflict } from './conflict.js';
import { adopt, note, refuse, skip, update, type Decision, type Rules } from './decision.js';
import type { LedgerEntry } from './step.js';
import { obstacleTo } from './obstacles.js';

/** What reading both contents of a conflict told; null where nothing was read because listings tell enough. */
export type Equality = 'EQUAL' | 'DIFFERENT' | null;

/** What a verdict about an item that the source has means under the job's policies; null: nothing is to be done. */
export function settle(verdict: Verdict, triple: Triple, equality: Equality, rules: Rules): Decision | null {
  const source = seen(triple.source)?.item;
  if (!source) return null;
  const decision = MEANINGS[verdict](source, seen(triple.destination)?.item ?? null, triple, equality, rules);
  return decision && (obstacleTo(decision, source, rules) ?? decision);
}

type Meaning = (
  source: Item,
  destination: Item | null,
  triple: Triple,
  equality: Equality,
  rules: Rules,
) => Decision | null;

/** A folder has the name of a file, on the other side: the file waits until its own side has given it another name. */
export const OF_FOLDER = skip(
  'NAME_TAKEN',
  'A folder of that name stands at the destination. The file is kept under a name with the time, and comes over with the next run.',
);

const nothing: Meaning = () => null;

const nameTaken: Meaning = (_source, destination) => {
  const kind = destination!.kind.toLowerCase();
  return refuse('NAME_TAKEN', `A ${kind} of that name stands at the destination.`, 'Rename one of them.');
};

const create: Meaning = ({ kind, versionNumber }, _destination, { base }) => ({
  action: 'CREATE',
  reason: 'NEW',
  message: `${versionNumber ? `Version ${versionNumber} of the file` : `The ${kind.toLowerCase()}`} is ${base ? 'missing at the destination' : 'new'}.`,
});

const replace: Meaning = (_source, destination, { base }) =>
  update(destination!, 'CONTENT_CHANGED', base ? 'The file changed at the source.' : REPLACES_ANOTHER);

const noteTouched: Meaning = ({ kind }, destination) =>
  kind === 'FILE' ? note(destination!, TOUCHED) : adopt(destination!, REPLACED);

const leave: Meaning = (_source, destination, { base }) =>
  skip('EDITED_AT_DESTINATION', leftMessage(destination!, base));

/** The ledger knows what was moved by its identity and version, so that it learns those of what was only touched. */
const noteUnlessKnown: Meaning = (source, destination, triple, equality, rules) => {
  const { base } = triple;
  const isKnown =
    identityOf(source) === base?.sourceId && (source.kind === 'FOLDER' || source.version === base.sourceVersion);
  return isKnown ? null : noteTouched(source, destination, triple, equality, rules);
};

/** The destination's later version stays to be one that people made: only of the source is anything learned. */
const noteSourceUnlessKnown: Meaning = (source, destination, triple, equality, rules) =>
  noteUnlessKnown(source, asKnown(destination!, triple.base!), triple, equality, rules);

/** The item at the destination as the ledger knows it. */
const asKnown = (item: Item, known: LedgerEntry): Item => ({
  ...item,
  version: known.destinationVersion,
  metaVersion: known.destinationMetaVersion,
  size: known.destinationSize,
  modifiedAt: known.destinationModifiedAt === null ? null : new Date(known.destinationModifiedAt),
  sha256: known.sha256,
});

const MEANINGS: Readonly<Record<Verdict, Meaning>> = {
  NOTHING: nothing,
  FORGET: nothing,
  REMOVE_DESTINATION: nothing,
  REMOVE_EXTRA: nothing,
  NOTE: noteTouched,
  ADOPT: ({ kind }, destination) => adopt(destination!, THERE_ALREADY[kind]),
  CREATE_DESTINATION: create,
  UPDATE_DESTINATION: replace,
  REVERT_DESTINATION: (_source, destination) =>
    update(
      destination!,
      'EDITED_AT_DESTINATION',
      "It was edited at the destination; the source's content is put back.",
    ),
  LEAVE: leave,
  RECONCILE: (source, destination, _triple, equality, { policies }) =>
    equality === 'EQUAL' ? note(destination!, BOTH_TO_EQUAL) : settleConflict(source, destination!, policies.conflict),
  OVERWRITE: (_source, destination, _triple, equality) =>
    equality === 'EQUAL' ? note(destination!, BOTH_TO_EQUAL) : update(destination!, 'CONTENT_CHANGED', OVERWRITTEN),
  EXISTING: (_source, destination, _triple, _equality, rules) => settleExisting(destination!, rules),
  NAME_TAKEN: nameTaken,
  RENAME_FILE: (source, destination, triple, equality, rules) =>
    source.kind === 'FILE' ? OF_FOLDER : nameTaken(source, destination, triple, equality, rules),
  LEAVE_MIGRATED: ({ kind }) =>
    skip('OUT_OF_SCOPE', `The ${kind.toLowerCase()} changed after it was migrated, and is left as it was then.`),
  OUT_OF_SCOPE: ({ kind }) =>
    skip('OUT_OF_SCOPE', `The ${kind.toLowerCase()} came after the first listing, which fixed what is migrated.`),
  CREATE_SOURCE: nothing,
  UPDATE_SOURCE: nothing,
  REMOVE_SOURCE: nothing,
  RECONCILE_BOTH: (source, destination, { base }, equality, { policies, winsTies }) => {
    if (equality === 'EQUAL')
      return base ? note(destination!, BOTH_TO_EQUAL) : adopt(destination!, THERE_ALREADY[source.kind]);
    const decision = settleConflict(source, destination!, policies.conflict, winsTies);
    // Where the destination wins, the source is what changes.
    return decision.action === 'SKIP' ? null : decision;
  },
  REMOVE_MOVED: (source, destination, triple, equality, rules) =>
    equality === 'DIFFERENT'
      ? refuse('VERIFICATION_FAILED', NOT_WHAT_WAS_MOVED, 'Compare the two, and remove one of them by hand.')
      : noteUnlessKnown(source, destination, triple, equality, rules),
  REMOVE_MOVED_IF_KEPT: (source, destination, triple, equality, rules) =>
    (identityOf(destination!) === triple.base?.destinationId ? noteSourceUnlessKnown : leave)(
      source,
      destination,
      triple,
      equality,
      rules,
    ),
  CREATE_THEN_REMOVE_SOURCE: create,
  UPDATE_THEN_REMOVE_SOURCE: replace,
};

const NOT_WHAT_WAS_MOVED =
  'The file at the destination holds something else than the one at the source, which is left there.';
const BOTH_TO_EQUAL = 'Both sides changed to the same content.';
const OVERWRITTEN = "Both sides changed; the source's content takes the place of the destination's.";
const REPLACES_ANOTHER = 'A different file of that name is replaced.';
const TOUCHED = 'Only its version or time changed; the content is the same.';
const REPLACED = 'The folder that stands in its place now is used from now on.';
const THERE_ALREADY = { FILE: 'An equal file is there already.', FOLDER: 'The folder is there already.' };

const leftMessage = (destination: Item, base: Triple['base']): string =>
  identityOf(destination) === base?.destinationId
    ? 'The file was edited at the destination and is left as it is.'
    : 'The file was replaced by another one at the destination, which is left as it is.';

function settleExisting(destination: Item, { policies }: Rules): Decision {
  switch (policies.existing) {
    case 'SKIP':
      return skip('NAME_TAKEN', 'A file of that name stands at the destination and is left as it is.');
    case 'FLAG':
      return refuse('NAME_TAKEN', 'A file of that name stands at the destination.', 'Decide which one is right.');
    case 'OVERWRITE_IF_DIFFERENT':
      return update(destination, 'CONTENT_CHANGED', REPLACES_ANOTHER);
  }
}
