import { beforeAll, describe, expect, it } from 'vitest';
import type { Policies } from './data.js';
import { checkJob, createInput, newJobValues, normalPath, updateInput, withType, type JobValues } from './job-input.js';
import { changedPolicies, defaultSentence, POLICY_FIELDS, policyDifferences, policyWord } from './policies/policies.js';
import { isUsed } from './policies/used-policies.js';
import { t as policyWords } from './policies/words.js';
import { t } from './words.js';

beforeAll(() => Promise.all([t.load(), policyWords.load()]));

const policies: Policies = {
  conflict: 'KEEP_BOTH',
  existing: 'OVERWRITE_IF_DIFFERENT',
  deletions: 'IGNORE',
  deletePermanently: false,
  duplicateNames: 'RENAME',
  failure: 'CONTINUE',
  retries: 3,
  largeItem: 'FLAG',
  zeroByteFile: 'TRANSFER',
  emptyFolders: 'CREATE',
  invalidCharacters: 'REPLACE',
  truncateLongNames: false,
  lockedFiles: 'FLAG',
  permissions: 'NONE',
  createGroups: false,
  verification: 'CHECKSUM',
  readBack: false,
  maxParallelTransfers: 4,
  keepTimestamps: true,
  maxItemBytes: null,
  maxVersions: null,
  versionsAsFiles: false,
  stopAfterRuns: null,
  stopAfterUnchangedRuns: null,
  stopAfterFailedRuns: null,
  budgetShare: 1,
  onBudgetExhausted: null,
};

const defaults = {
  ...{ COPY: policies, MIGRATE: policies, MOVE: policies },
  ...{ PUBLISH: policies, SCAN: policies, STRUCTURE: policies, SYNC: policies },
};

const values: JobValues = {
  ...newJobValues(defaults),
  name: ' Plans ',
  source: { connectionId: 'c1', path: '/' },
  destination: { connectionId: 'c2', path: 'Drawings//2026/' },
};

describe('a new job', () => {
  it('sends trimmed text, paths from the root, and no defaults', () => {
    expect(createInput(values, defaults)).toEqual({
      name: 'Plans',
      transferType: 'COPY',
      source: { connectionId: 'c1' },
      destination: { connectionId: 'c2', at: { path: '/Drawings/2026' } },
    });
  });

  it('sends changed policies only', () => {
    const changed = { ...values, policies: { ...policies, retries: 5, readBack: true } };
    expect(createInput(changed, defaults).policies).toEqual({ retries: 5, readBack: true });
  });

  it('sends a number that was given, and null when it was taken away again', () => {
    const limited = { ...values, policies: { ...policies, stopAfterRuns: 5 } };
    expect(createInput(limited, defaults).policies).toEqual({ stopAfterRuns: 5 });
    expect(updateInput(values, limited).policies).toEqual({ stopAfterRuns: null });
  });

  it('sends limits of the network where there are some, and none where they were taken away', () => {
    const limited = { ...values, bandwidth: [{ upload: 500, download: '', timeZone: 'UTC', window: null }] };
    const sent = [{ window: null, timeZone: 'UTC', uploadBytesPerSecond: 500_000, downloadBytesPerSecond: null }];
    expect(createInput(limited, defaults).policies).toEqual({ bandwidth: sent });
    expect(updateInput(values, limited).policies).toEqual({ bandwidth: [] });
    expect(updateInput(limited, limited)).not.toHaveProperty('policies');
    expect(checkJob({ ...limited, bandwidth: [{ ...limited.bandwidth[0]!, upload: '' }] })).toHaveProperty([
      'policies.bandwidth.0',
    ]);
  });

  it('has the type that was chosen, and of the policies that were chosen those that the type uses', () => {
    const changed = { ...values, policies: { ...policies, retries: 5, deletions: 'MIRROR' as const } };
    const input = createInput(withType(changed, 'STRUCTURE', defaults), defaults);
    expect(input).toMatchObject({ transferType: 'STRUCTURE', policies: { retries: 5 } });
    expect(input.policies).not.toHaveProperty('deletions');
  });

  it('needs a name and both sides', () => {
    expect(Object.keys(checkJob(newJobValues(defaults)))).toEqual([
      'source.connectionId',
      'destination.connectionId',
      'name',
    ]);
    expect(checkJob(values)).toEqual({});
  });
});

describe('a changed job', () => {
  it('leaves out places that are the same, however they are written', () => {
    const next = { ...values, name: 'Plans', destination: { connectionId: 'c2', path: '/Drawings/2026' } };
    expect(updateInput(next, values)).toEqual({ name: 'Plans', description: null });
  });

  it('sends mapping sets when others were chosen, or another order', () => {
    const saved = { ...values, mappingSetIds: ['m1', 'm2'] };
    expect(updateInput({ ...saved, mappingSetIds: ['m2', 'm1'] }, saved).mappingSetIds).toEqual(['m2', 'm1']);
    expect(updateInput({ ...saved, mappingSetIds: [] }, saved).mappingSetIds).toEqual([]);
    expect(updateInput(saved, saved)).not.toHaveProperty('mappingSetIds');
    expect(createInput(saved, defaults).mappingSetIds).toEqual(['m1', 'm2']);
  });

  it('sends a place that changed', () => {
    const next = { ...values, source: { connectionId: 'c3', path: '/' } };
    expect(updateInput(next, values).source).toEqual({ connectionId: 'c3' });
  });
});

describe('policies', () => {
  it('offers every policy that is read', () => {
    const offered = POLICY_FIELDS.map(({ name }) => name).sort();
    expect(offered).toEqual(Object.keys(policies).sort());
  });

  it('tells in a sentence of its own what each does unless it is changed', () => {
    const untold = (type: string) =>
      POLICY_FIELDS.filter(({ name }) => isUsed(type, name)).filter(
        ({ name }) => defaultSentence(name, policies[name], type) === `${policyWord(name, policies[name], type)}.`,
      );
    expect(untold('COPY').map(({ name }) => name)).toEqual([
      ...['stopAfterRuns', 'stopAfterUnchangedRuns', 'stopAfterFailedRuns'],
    ]);
    expect(defaultSentence('verification', 'CHECKSUM', 'SCAN')).toBe('They are found by their checksums.');
    expect(defaultSentence('retries', 7, 'COPY')).toBe('7.');
  });

  it('words the differences', () => {
    expect(changedPolicies(policies, policies)).toEqual({});
    expect(policyDifferences(policies, { ...policies, existing: 'SKIP', keepTimestamps: false, retries: 1 })).toEqual([
      ['The name exists at the destination', 'Leave it as it is'],
      ['Keep times', 'No'],
      ['Runs that try an item', '1'],
    ]);
  });
});

it.each([
  ['', '/'],
  [' a/b ', '/a/b'],
  ['//a//b/', '/a/b'],
])('reads the path %j as %s', (text, path) => expect(normalPath(text)).toBe(path));

describe('who approves the runs of a job', () => {
  const approved: JobValues = { ...values, approval: 'DESTRUCTIVE_ONLY' };

  it('is sent where somebody does, and again only when that changed', () => {
    expect(createInput(values, defaults)).not.toHaveProperty('approval');
    expect(createInput(approved, defaults)).toMatchObject({ approval: 'DESTRUCTIVE_ONLY' });
    expect(updateInput(approved, approved)).not.toHaveProperty('approval');
    expect(updateInput(values, approved)).toMatchObject({ approval: 'NEVER' });
  });

  it('is nobody for a scan, which changes nothing, and stays for another transfer', () => {
    expect(withType(approved, 'SCAN', defaults).approval).toBe('NEVER');
    expect(withType(approved, 'MOVE', defaults).approval).toBe('DESTRUCTIVE_ONLY');
  });
});
