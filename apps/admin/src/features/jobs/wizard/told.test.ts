import { beforeAll, describe, expect, it } from 'vitest';
import { t as domainWords } from '../../../domain/words.js';
import { t as policyWords } from '../policies/words.js';
import { t as jobWords } from '../words.js';
import type { Policies } from '../data.js';
import { newJobValues, type PolicyDefaults } from '../job-input.js';
import { t } from './words.js';
import { shifted } from './mapping-sets.js';
import { proposedName, tellJob, toldDifferences } from './told.js';

beforeAll(() => Promise.all([t, jobWords, policyWords, domainWords].map((words) => words.load())));

const defaults = { COPY: { retries: 3 } as Policies, SCAN: {} as Policies } as PolicyDefaults;
const connections = [
  { id: 'c1', name: 'Site', detail: '/mnt/site', platform: 'NETWORK_FILE_SHARE' as const },
  { id: 'c2', name: 'Pier', detail: 'Harbour Pier 4', platform: 'PROCORE' as const },
];
const names = { defaults, connections, mappingSets: [{ id: 'm1', name: 'Trades' }] };
const values = {
  ...newJobValues(defaults),
  name: 'Plans',
  source: { connectionId: 'c1', path: 'Plans/' },
  destination: { connectionId: 'c2', path: '/' },
};

describe('a job in words', () => {
  it('is told in the order of the steps', () => {
    const rows = tellJob({ ...values, mappingSetIds: ['m1', 'gone'] }, names);
    expect(rows.map(({ step }) => step)).toEqual([
      ...['type', 'locations', 'locations', 'policies', 'mappings', 'filters', 'schedule', 'schedule'],
    ]);
    expect(rows.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Site, /Plans', 'Pier, /', 'Trades, Not there any more', 'Everything below the folder']),
    );
  });

  it('has neither destination nor mappings where it is a scan', () => {
    const labels = tellJob({ ...values, transferType: 'SCAN' }, names).map(({ label }) => label);
    expect(labels).not.toEqual(expect.arrayContaining(['Destination']));
    expect(labels).not.toContain('Mappings');
  });

  it('is called after its places until it is given a name', () => {
    expect(proposedName(values, names)).toBe('Site to Pier');
    expect(proposedName({ ...values, transferType: 'SCAN' }, names)).toBe('Scan of Site');
    expect(proposedName({ ...values, destination: { connectionId: '', path: '/' } }, names)).toBe('');
  });
});

it('tells where two versions differ, also by what only one of them has changed', () => {
  const theirs = { ...values, name: 'Papers', policies: { ...values.policies, retries: 5 } };
  expect(toldDifferences(values, theirs, names)).toEqual([
    { label: 'Name', mine: 'Plans', theirs: 'Papers' },
    { label: 'Runs that try an item', mine: 'As it is by default', theirs: '5' },
  ]);
  expect(toldDifferences(values, values, names)).toEqual([]);
});

it('tells who approves only where somebody does, and that two versions differ in it', () => {
  const approved = { ...values, approval: 'FIRST_RUN' as const };
  const row = { step: 'policies', label: 'A person approves', text: 'The first run' };
  expect(tellJob(approved, names)).toContainEqual(row);
  expect(tellJob(values, names).map(({ label }) => label)).not.toContain('A person approves');
  expect(toldDifferences(values, approved, names)).toEqual([
    { label: 'A person approves', mine: 'As it is by default', theirs: 'The first run' },
  ]);
});

it('moves a mapping set one place, and not beyond the ends', () => {
  expect(shifted(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
  expect([shifted(['a', 'b'], 'a', -1), shifted(['a', 'b'], 'b', 1), shifted(['a'], 'x', 1)]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a'],
  ]);
});
