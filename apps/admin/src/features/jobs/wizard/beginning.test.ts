import { beforeAll, describe, expect, it } from 'vitest';
import type { JobData } from '../data.js';
import { newJobValues, type PolicyDefaults } from '../job-input.js';
import { t } from './words.js';
import { beginningOf } from './beginning.js';
import { draftOf, jobOfOrigin, originOf } from './origin.js';

beforeAll(() => t.load());

const policies = (retries: number) => ({ retries, bandwidth: [] }) as unknown as JobData['policies'];
const defaults = Object.fromEntries(
  ['COPY', 'MIGRATE', 'MOVE', 'PUBLISH', 'SCAN', 'STRUCTURE', 'SYNC'].map((type) => [type, policies(3)]),
) as unknown as PolicyDefaults;
const place = {
  path: '/Plans',
  connection: { id: 'c1', name: 'Share', platform: { key: 'PROCORE', displayName: '' } },
};
const job = {
  name: 'Drawings',
  description: null,
  transferType: 'SYNC',
  source: place,
  destination: { ...place, path: '/There' },
  rules: [],
  mappingSets: [{ id: 'm1' }],
  policies: policies(7),
  schedule: {
    cron: '0 2 * * *',
    intervalAfterEnd: null,
    timeZone: 'UTC',
    windows: [],
    isEnabled: true,
    nextStarts: [],
  },
} as unknown as JobData;

describe('what a new job begins from', () => {
  it('is read from the address, and nothing else is taken', () => {
    expect(originOf({ copyOf: 'j1', from: '', type: 'SCAN', other: 1 })).toEqual({
      copyOf: 'j1',
      from: undefined,
      type: 'SCAN',
    });
    expect(originOf({ type: 'DELETE_ALL', copyOf: 7 })).toEqual({
      copyOf: undefined,
      from: undefined,
      type: undefined,
    });
    expect(jobOfOrigin({})).toBe(null);
    expect(jobOfOrigin({ from: 'j2' })).toBe('j2');
  });

  it('is a draft of its own', () => {
    const origins = [{}, { from: 'j1' }, { copyOf: 'j1' }, { copyOf: 'j2' }, { type: 'SCAN' }] as const;
    expect(new Set(origins.map(draftOf)).size).toBe(origins.length);
  });

  it('is an empty job, or one of a type', () => {
    expect(beginningOf({}, null, defaults)).toEqual(newJobValues(defaults));
    expect(beginningOf({ type: 'SCAN' }, null, defaults).transferType).toBe('SCAN');
  });

  it('takes the place that was scanned as the source, and nothing else', () => {
    const begun = beginningOf({ from: 'j1' }, job, defaults);
    expect(begun).toEqual({ ...newJobValues(defaults), source: { connectionId: 'c1', path: '/Plans' } });
  });

  it('takes everything of a job for its copy, under another name, with a schedule that waits', () => {
    const begun = beginningOf({ copyOf: 'j1' }, job, defaults);
    expect(begun).toMatchObject({
      name: 'Drawings (copy)',
      transferType: 'SYNC',
      destination: { connectionId: 'c1', path: '/There' },
      mappingSetIds: ['m1'],
      policies: { retries: 7 },
      schedule: { kind: 'CRON', cron: '0 2 * * *', isEnabled: false },
    });
  });

  it('makes no name that is too long', () => {
    const long = { ...job, name: 'x'.repeat(200) };
    expect(beginningOf({ copyOf: 'j1' }, long, defaults).name).toHaveLength(200);
  });
});
