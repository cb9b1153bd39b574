import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaultPolicies, POLICY_VALUES, type ChosenPolicy, type Policies, type TransferType } from '@sluice/core/plan';
import { Problems } from '../problems.js';
import { checkPolicies, effectivePolicies, mergePolicies } from './policies.js';
import type { DeletionGuardInput, JobPoliciesInput, JobPoliciesType } from './policies.types.js';

function refusedAt(policies: Partial<Policies>, type: TransferType = 'COPY'): string[] {
  const problems = new Problems();
  checkPolicies(type, { ...defaultPolicies(type), ...policies }, problems, ['policies']);
  try {
    problems.refuseIfAny();
  } catch (error) {
    return (error as { problems: { field: string[]; message: string }[] }).problems.map(
      ({ field, message }) => `${field.join('.')}: ${message}`,
    );
  }
  return [];
}

const choices = (Object.keys(POLICY_VALUES) as ChosenPolicy[]).flatMap((name) =>
  POLICY_VALUES[name].map((value): [ChosenPolicy, string] => [name, value]),
);
const notCarriedOut: [ChosenPolicy, string][] = [
  ['deletions', 'IGNORE_SOURCE'],
  ['deletions', 'IGNORE_DESTINATION'],
  ['deletions', 'IGNORE_BOTH'],
  ['permissions', 'REPORT'],
];

describe('the policies of a job', () => {
  it.each(choices)('%s %s is carried out, or refused at its field with what to use instead', (name, value) => {
    const isRefused = notCarriedOut.some(([other, refused]) => other === name && refused === value);
    const usable = POLICY_VALUES[name].filter(
      (one) => !notCarriedOut.some(([other, refused]) => other === name && refused === one),
    );
    const why = name === 'deletions' ? 'does not go with COPY' : 'is not carried out by this version';
    expect(refusedAt({ [name]: value })).toEqual(
      isRefused ? [`policies.${name}: ${value} ${why}; use ${usable.join(' or ')}.`] : [],
    );
  });

  it.each<[TransferType, Partial<Policies>, string[]]>([
    ['STRUCTURE', {}, []],
    ['STRUCTURE', { emptyFolders: 'SKIP', duplicateNames: 'FLAG', keepTimestamps: false, deletions: 'IGNORE' }, []],
    [
      'STRUCTURE',
      { verification: 'SIZE', deletions: 'MIRROR' },
      [
        'policies.verification: STRUCTURE makes folders and transfers no files; leave this at CHECKSUM.',
        'policies.deletions: MIRROR does not go with STRUCTURE; use IGNORE.',
      ],
    ],
    ['MIGRATE', { existing: 'SKIP', conflict: 'DESTINATION' }, []],
    [
      'MIGRATE',
      { conflict: 'SOURCE', deletionGuard: { maxItems: 1, maxShare: 0 } },
      [
        'policies.conflict: MIGRATE leaves what is migrated as it is; leave this at DESTINATION.',
        'policies.deletionGuard: With MIGRATE no item is removed; leave this at its default.',
      ],
    ],
    ['COPY', { deletePermanently: true, deletions: 'MIRROR' }, []],
    ['MOVE', { deletePermanently: true }, []],
    ['COPY', { deletePermanently: true }, []],
    ['COPY', { readBack: true }, []],
    [
      'COPY',
      { readBack: true, verification: 'SIZE' },
      [
        'policies.readBack: Files are read back only to compare checksums; leave this at false, or choose CHECKSUM instead of SIZE.',
      ],
    ],
    [
      'SCAN',
      { readBack: true, verification: 'NONE' },
      [
        'policies.readBack: Files are read back only to compare checksums; leave this at false, or choose CHECKSUM instead of NONE.',
      ],
    ],
    ['COPY', { versionsAsFiles: true, maxVersions: 2 }, []],
    [
      'PUBLISH',
      { versionsAsFiles: true, maxVersions: 1 },
      [
        'policies.versionsAsFiles: With one version no former ones come; leave this at false, or ask for more versions.',
      ],
    ],
    [
      'MOVE',
      { versionsAsFiles: true },
      [
        'policies.versionsAsFiles: MOVE would remove a file before its former versions are proved to have arrived; leave this at false.',
      ],
    ],
    [
      'SYNC',
      { versionsAsFiles: true },
      ['policies.versionsAsFiles: SYNC would bring such files back to the source; leave this at false.'],
    ],
    ['MIGRATE', { deletePermanently: true }, []],
    [
      'STRUCTURE',
      { deletePermanently: true },
      ['policies.deletePermanently: With STRUCTURE no item is removed; leave this at false.'],
    ],
    ['PUBLISH', { deletionGuard: { maxItems: 1, maxShare: 0 }, deletions: 'MIRROR' }, []],
    [
      'PUBLISH',
      { existing: 'FLAG', deletions: 'IGNORE' },
      [
        'policies.existing: PUBLISH makes the destination exactly the source; leave this at OVERWRITE_IF_DIFFERENT.',
        'policies.deletions: IGNORE does not go with PUBLISH; use MIRROR.',
      ],
    ],
  ])('of %s: what the type has no use for is refused at its field (%j)', (type, policies, expected) => {
    expect(refusedAt(policies, type)).toEqual(expected);
  });

  it('the public type and the input know every policy of the engine', () => {
    expectTypeOf<keyof JobPoliciesInput>().toEqualTypeOf<keyof Policies>();
    expectTypeOf<Omit<{ [Name in keyof Policies]: JobPoliciesType[Name] }, 'deletionGuard'>>().toEqualTypeOf<
      Omit<Policies, 'deletionGuard'>
    >();
    expectTypeOf<keyof DeletionGuardInput>().toEqualTypeOf<keyof Policies['deletionGuard']>();
  });
});

/** The fields at which an input is refused. */
function refusedFields(input: JobPoliciesInput): string[] {
  const told = refusedAt(effectivePolicies('COPY', mergePolicies({}, input)));
  return told.map((text) => text.slice(0, text.indexOf(':')));
}

/** Jobs of every type, and those that follow deletions differently than by default where that matters. */
const JOBS = {
  COPY: ['COPY', {}],
  MIRROR: ['COPY', { deletions: 'MIRROR' }],
  MOVE: ['MOVE', {}],
  MIGRATE: ['MIGRATE', {}],
  PUBLISH: ['PUBLISH', {}],
  STRUCTURE: ['STRUCTURE', {}],
  SYNC: ['SYNC', {}],
  APART: ['SYNC', { deletions: 'IGNORE_BOTH' }],
  SCAN: ['SCAN', {}],
} as const satisfies Record<string, [TransferType, Partial<Policies>]>;
type JobName = keyof typeof JOBS;

const ALL = Object.keys(JOBS) as JobName[];
const but = (...others: JobName[]) => ALL.filter((name) => !others.includes(name));
const OF_FILES = but('STRUCTURE', 'SCAN');
const LIMIT = { window: null, timeZone: 'UTC', uploadBytesPerSecond: 1_000_000, downloadBytesPerSecond: null };

/** Another value than the default of each policy, and the jobs that do something with it: any other one refuses it. */
const USES: { [Name in keyof Policies]: [Policies[Name], readonly JobName[]] } = {
  conflict: ['FLAG', ['COPY', 'MIRROR', 'MOVE', 'SYNC', 'APART']],
  existing: ['FLAG', ['COPY', 'MIRROR', 'MOVE', 'MIGRATE']],
  deletions: ['IGNORE_SOURCE', ['SYNC', 'APART']],
  deletePermanently: [true, OF_FILES],
  deletionGuard: [{ maxItems: 1, maxShare: 0 }, ['MIRROR', 'PUBLISH', 'SYNC']],
  duplicateNames: ['FLAG', but('SCAN')],
  failure: ['HALT', but('SCAN')],
  retries: [5, but('SCAN')],
  largeItem: ['SKIP', OF_FILES],
  maxItemBytes: [1, OF_FILES],
  zeroByteFile: ['FLAG', OF_FILES],
  emptyFolders: ['SKIP', but('SCAN')],
  stopAfterRuns: [5, ALL],
  stopAfterUnchangedRuns: [5, but('SCAN')],
  stopAfterFailedRuns: [5, ALL],
  maxVersions: [5, OF_FILES],
  versionsAsFiles: [true, ['COPY', 'MIRROR', 'MIGRATE', 'PUBLISH']],
  keepTimestamps: [false, but('SCAN')],
  invalidCharacters: ['FLAG', but('SCAN')],
  truncateLongNames: [true, but('SCAN')],
  lockedFiles: ['SKIP', OF_FILES],
  permissions: ['PRIVACY_FLAG', but('SCAN')],
  createGroups: [true, but('SCAN')],
  verification: ['NONE', but('MOVE', 'STRUCTURE')],
  readBack: [true, but('STRUCTURE')],
  maxParallelTransfers: [5, ALL],
  bandwidth: [[LIMIT], but('STRUCTURE')],
  budgetShare: [0.5, ALL],
  onBudgetExhausted: ['CARRY_OVER', but('SCAN')],
};

describe.each(Object.entries(USES))('%s', (name, [value, jobs]) => {
  it.each(ALL)('is used by a job %s, or refused at its field', (job) => {
    const [type, own] = JOBS[job];
    const told = refusedAt({ ...own, [name]: value }, type).map((text) => text.slice(0, text.indexOf(':')));
    expect([...new Set(told)]).toEqual(jobs.includes(job) ? [] : [`policies.${name}`]);
  });
});

describe('the other settings of a job', () => {
  it('are taken where they are carried out', () => {
    expect(refusedFields({ deletions: 'MIRROR', deletionGuard: { maxItems: 1, maxShare: 1 } })).toEqual([]);
    expect(refusedFields({ deletions: 'IGNORE', permissions: 'NONE', maxVersions: 3 })).toEqual([]);
    expect(refusedFields({ budgetShare: 0.001 })).toEqual([]);
    // WAIT is what runs do without this policy as well, so both values are accepted.
    expect(refusedFields({ onBudgetExhausted: 'WAIT' })).toEqual([]);
    expect(refusedFields({ onBudgetExhausted: null })).toEqual([]);
  });

  it('are refused outside their range', () => {
    const wrong: Partial<Policies> = {
      ...{ budgetShare: 0, maxItemBytes: 0, maxParallelTransfers: 65, maxVersions: 0, retries: 0, stopAfterRuns: 0 },
    };
    expect(refusedFields(wrong).sort()).toEqual(Object.keys(wrong).map((name) => `policies.${name}`));
  });

  it('return to the default with null', () => {
    expect(effectivePolicies('COPY', mergePolicies({ retries: 5 }, { retries: null }))).toEqual(
      defaultPolicies('COPY'),
    );
  });
});
