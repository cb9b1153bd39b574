import { known } from '../../ui/format.js';
import type { Policies } from './data.js';

export type PolicyName = keyof Policies;
export type PolicyValue = string | number | boolean | null;

/** Words of a value that is offered for some types of transfer only. */
interface ValueOfTypes {
  word: string;
  types: readonly string[];
}

type Word = string | ValueOfTypes;
type PolicyOptions<Value extends string = string> = Readonly<Record<Value, Word>>;

/**
 * A policy as the form shows it: words for every value of a choice, a range for a number (and its step where that is less than
 * one), with the words for none where it may be left empty, and neither for yes or no.
 */
type FieldOf<Name extends PolicyName> = {
  name: Name;
  label: string;
  help: string;
} & (Policies[Name] extends string
  ? { options: PolicyOptions<Policies[Name]> }
  : Policies[Name] extends number
    ? { range: readonly [number, number]; step?: number }
    : Policies[Name] extends number | null
      ? { range: readonly [number, number]; none: string }
      : Policies[Name] extends string | null
        ? { options: PolicyOptions<NonNullable<Policies[Name]>>; none: string }
        : { options?: never; range?: never });

const GROUPS = [
  {
    title: 'What is already there',
    fields: [
      {
        name: 'existing',
        label: 'The name exists at the destination',
        help: 'On first contact, before this job knows the item.',
        options: {
          OVERWRITE_IF_DIFFERENT: 'Adopt if equal, else overwrite',
          SKIP: 'Leave it as it is',
          FLAG: 'Leave it and flag',
        },
      },
      {
        name: 'conflict',
        label: 'Both sides changed',
        help: 'Since the last run of this job.',
        options: {
          KEEP_BOTH: 'Keep both',
          LATEST: 'The newer wins',
          SOURCE: 'The source wins',
          DESTINATION: 'The destination wins',
          FLAG: 'Leave both and flag',
        },
      },
    ],
  },
  {
    title: 'Deletions',
    fields: [
      {
        name: 'deletions',
        label: 'An item was deleted',
        help: 'Only what is proved to be deleted counts. More than 10 items and 20 % at once wait for approval.',
        options: {
          IGNORE: { word: 'Leave it at the destination', types: ['COPY'] },
          MIRROR: 'Move it to the recycle bin or trash folder of the other side',
          IGNORE_SOURCE: { word: 'Leave what was deleted at the source at the destination', types: ['SYNC'] },
          IGNORE_DESTINATION: { word: 'Leave what was deleted at the destination at the source', types: ['SYNC'] },
          IGNORE_BOTH: { word: 'Leave it on the other side', types: ['SYNC'] },
        },
      },
      {
        name: 'deletePermanently',
        label: 'Delete for good',
        help: 'Past the trash folder of a share, where what is deleted or replaced is kept, so that nothing can be put back. Procore keeps everything in its recycle bin and refuses this.',
      },
    ],
  },
  {
    title: 'Names',
    fields: [
      {
        name: 'duplicateNames',
        label: 'Two items get the same name',
        help: 'They differ by letter case only, or after cleaning.',
        options: {
          RENAME: 'Append a number',
          FLAG: 'Flag all but one',
        },
      },
      {
        name: 'invalidCharacters',
        label: 'The name has refused characters',
        help: 'As the destination’s rules say.',
        options: {
          REPLACE: 'Replace by underscores',
          PERCENT_ENCODE: 'Percent-encode',
          FLAG: 'Flag',
        },
      },
      {
        name: 'truncateLongNames',
        label: 'Shorten long names',
        help: 'Keeps the extension and stays unique. Otherwise they are flagged.',
      },
    ],
  },
  {
    title: 'Files and folders',
    fields: [
      {
        name: 'largeItem',
        label: 'The file is too large',
        help: 'Over the limit of the destination or of this job.',
        options: {
          FLAG: 'Flag',
          SKIP: 'Leave out',
        },
      },
      {
        name: 'maxItemBytes',
        label: 'Largest file in bytes',
        help: 'A larger one is too large, also where the destination could hold it. Empty for what the destination can hold.',
        range: [1, Number.MAX_SAFE_INTEGER],
        none: 'What the destination can hold',
      },
      {
        name: 'zeroByteFile',
        label: 'The file is empty',
        help: 'It has no bytes.',
        options: {
          TRANSFER: 'Transfer where possible',
          SKIP: 'Leave out',
          FLAG: 'Flag',
        },
      },
      {
        name: 'emptyFolders',
        label: 'The folder is empty',
        help: 'It holds no file, at whatever depth, or only such as the filters leave out.',
        options: {
          CREATE: 'Create it',
          SKIP: 'Leave out',
        },
      },
      {
        name: 'lockedFiles',
        label: 'The file is locked',
        help: 'Someone else has checked it out at the destination. It is tried again by the next run. Between two projects of Procore, what is checked out at the source can be checked out at the destination too, until the same time.',
        options: {
          FLAG: 'Flag',
          SKIP: 'Leave out',
          PROPAGATE: 'Flag, and lock on the other side what is locked on one',
        },
      },
      {
        name: 'maxVersions',
        label: 'Versions of a file',
        help: 'Of a file with several, so many of the newest come in their order, as versions. Empty for all, as far as the destination keeps them: a share has the latest only, unless they become files.',
        range: [1, 1000],
        none: 'All',
      },
      {
        name: 'versionsAsFiles',
        label: 'Former versions become files',
        help: 'At a destination that keeps no versions, beside the file and named like “plan (v3).pdf”. They follow the file when it is renamed, moved or removed.',
      },
      { name: 'keepTimestamps', label: 'Keep times', help: 'Where the destination can hold them.' },
      {
        name: 'permissions',
        label: 'Private items',
        help: 'Between two projects of Procore, what is private at the source can be private at the destination, files and folders. The people who may see it are chosen there.',
        options: {
          NONE: 'As the destination makes them',
          PRIVACY_FLAG: 'Stay private',
          REPORT: { word: 'Told in a report', types: [] },
        },
      },
      {
        name: 'createGroups',
        label: 'Make groups',
        help: 'Distribution groups at Procore, by the names that mappings of groups give and that it lacks. They have no people at first.',
      },
    ],
  },
  {
    title: 'Failures and proof',
    fields: [
      {
        name: 'failure',
        label: 'An item fails',
        help: 'For any reason of its own.',
        options: {
          CONTINUE: 'Go on with the others',
          HALT: 'End the run',
        },
      },
      { name: 'retries', label: 'Runs that try an item', help: 'Then it is flagged. 1 to 20.', range: [1, 20] },
      {
        name: 'verification',
        label: 'Proof that a file arrived',
        help: 'A checksum counts only where the destination has one or it is read back.',
        options: {
          CHECKSUM: 'Equal checksums',
          SIZE: { word: 'Equal sizes', types: ['COPY', 'MIGRATE', 'MOVE', 'PUBLISH', 'SYNC'] },
          NONE: { word: 'The platform’s word', types: ['COPY', 'MIGRATE', 'PUBLISH', 'SCAN', 'SYNC'] },
        },
      },
      { name: 'readBack', label: 'Read back to compare checksums', help: 'Costs one download for each file.' },
      { name: 'maxParallelTransfers', label: 'Files in transfer at one time', help: '1 to 64.', range: [1, 64] },
    ],
  },
  {
    title: 'Calls',
    fields: [
      {
        name: 'budgetShare',
        label: 'Share of the client’s calls',
        help: 'Its weight against other jobs that wait for the same calls, 0.001 to 1. Calls that nobody else waits for are its own.',
        range: [0.001, 1],
        step: 0.05,
      },
      {
        name: 'onBudgetExhausted',
        label: 'The hour’s calls are used up',
        help: 'A run that is carried over ends; the next one takes the pending items and lists nothing again.',
        options: {
          WAIT: 'Wait for the next hour',
          CARRY_OVER: 'Carry over to the next run',
        },
        none: 'Carry over if started by schedule, else wait',
      },
    ],
  },
  {
    title: 'End of the job',
    fields: [
      {
        name: 'stopAfterRuns',
        label: 'End after so many runs',
        help: 'The job then starts no more until it is resumed. Empty for never.',
        range: [1, 1_000_000],
        none: 'Never',
      },
      {
        name: 'stopAfterUnchangedRuns',
        label: 'End after so many runs without a change',
        help: 'Runs in a row that changed nothing on either side. Empty for never.',
        range: [1, 1_000_000],
        none: 'Never',
      },
      {
        name: 'stopAfterFailedRuns',
        label: 'End after so many failed runs',
        help: 'Counted since the job got this limit or was resumed. Empty for never.',
        range: [1, 1_000_000],
        none: 'Never',
      },
    ],
  },
] as const satisfies readonly {
  title: string;
  fields: readonly { [Name in PolicyName]: FieldOf<Name> }[PolicyName][];
}[];

/** Every policy that is asked of the server is on the form. */
export type ListedPolicy = (typeof GROUPS)[number]['fields'][number]['name'];

interface PolicyField {
  name: PolicyName;
  label: string;
  help: string;
  options?: PolicyOptions;
  range?: readonly [number, number];
  /** Of a number that need not be whole. */
  step?: number;
  /** Words for no number or no choice. */
  none?: string;
}

/** What policies are called where nothing is transferred. */
const OF_SCAN: Readonly<Partial<Record<PolicyName, Pick<PolicyField, 'label' | 'help' | 'options'>>>> = {
  verification: {
    label: 'Files of equal content',
    help: 'To find them, files of equal size are read.',
    options: { CHECKSUM: 'Found by their checksums', NONE: 'Not looked for' },
  },
  readBack: {
    label: 'Read files where calls are counted',
    help: 'Costs calls for each file of a size that another one has. Elsewhere they are read in any case.',
  },
  maxParallelTransfers: { label: 'Files read at one time', help: '1 to 64.' },
};

/** The policy with the words that it has for that type of transfer. */
export const fieldOf = (field: PolicyField, type: string): PolicyField =>
  type === 'SCAN' ? { ...field, ...OF_SCAN[field.name] } : field;

/** All policies, by what they are about. */
export const POLICY_GROUPS: readonly { title: string; fields: readonly PolicyField[] }[] = GROUPS;

/** Those policies that differ from where the form began. */
export function changedPolicies(from: Policies, to: Policies): Partial<Policies> {
  const changed = (Object.keys(to) as PolicyName[]).filter((name) => to[name] !== from[name]);
  return Object.fromEntries(changed.map((name) => [name, to[name]]));
}

/** Values of a choice that a form offers for a type of transfer, each with its words. */
export function offeredValues(
  { options = {} }: Pick<PolicyField, 'options'>,
  type: string,
): { value: string; label: string }[] {
  return Object.entries(options).flatMap(([value, word]) => {
    const isOffered = typeof word === 'string' || word.types.some((one) => one === type);
    return isOffered ? [{ value, label: wordsOf(word) }] : [];
  });
}

const wordsOf = (word: Word): string => (typeof word === 'string' ? word : word.word);

const fieldsOf = (type: string): PolicyField[] =>
  POLICY_GROUPS.flatMap((group) => group.fields).map((field) => fieldOf(field, type));

/** Words of a policy's value. */
export function policyWord(name: PolicyName, value: PolicyValue, type = ''): string {
  const field = fieldsOf(type).find((one) => one.name === name);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === null) return field?.none ?? 'None';
  const word = (field?.options && known(field.options, String(value))) ?? String(value);
  return wordsOf(word);
}

/** Names and words of those policies that differ from the defaults. */
export function policyDifferences(defaults: Policies, policies: Policies, type = ''): [string, string][] {
  const changed = changedPolicies(defaults, policies);
  return fieldsOf(type).flatMap(({ name, label }) => {
    const value = changed[name];
    return value === undefined ? [] : [[label, policyWord(name, value, type)] as [string, string]];
  });
}
