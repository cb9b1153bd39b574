import type { PlatformDescription } from '@sluice/core/platform';
import { expect, it } from 'vitest';
import { describePlatformKind } from '../connections/catalog.js';
import { Problems } from '../problems.js';
import { dueAfter } from './burst.js';
import { followedConnections } from './followed.js';
import { checkFollowing } from './requirements.js';

const SECOND = 1_000;

it.each([
  ['alone', 0, 10],
  ['in the middle of a burst', 30, 40],
  ['when the quiet would end as the longest burst does', 50, 60],
  ['late in a burst that does not end', 59, 60],
])('a word %s makes runs due so long after the first', (_name, secondsAfterFirst, due) => {
  const first = new Date('2026-01-05T08:00:00Z');
  const now = new Date(first.getTime() + secondsAfterFirst * SECOND);
  expect(dueAfter(first, now).getTime() - first.getTime()).toBe(due * SECOND);
});

it.each([
  ['COPY', ['con_a']],
  ['MOVE', ['con_a']],
  ['PUBLISH', ['con_a']],
  ['SYNC', ['con_a', 'con_b']],
] as const)('a %s follows %j', (transferType, followed) => {
  const job = { transferType, sourceConnectionId: 'con_a', destinationConnectionId: 'con_b' };
  expect(followedConnections(job)).toEqual(followed);
});

it('a scan follows its only place', () => {
  const job = { transferType: 'SCAN', sourceConnectionId: 'con_a', destinationConnectionId: null } as const;
  expect(followedConnections(job)).toEqual(['con_a']);
});

const procore = describePlatformKind('PROCORE');
const share = describePlatformKind('NETWORK_FILE_SHARE');
const URL = 'https://sluice.example.com';

it.each<[string, boolean, string | null, (PlatformDescription | null)[], RegExp | null]>([
  ['does not ask for it', false, null, [share], null],
  ['can be told', true, URL, [procore], null],
  ['can be told by one of two sides', true, URL, [share, procore], null],
  ['cannot be reached', true, null, [procore], /SLUICE_PUBLIC_URL/],
  ['follows what tells nothing', true, URL, [share], /does not tell of changes/],
  ['follows a connection that is gone, which is told elsewhere', true, URL, [null], null],
])('a job that %s', (_name, followsChanges, deliveryUrl, platforms, message) => {
  const problems = new Problems();
  const schedule = { cron: '0 2 * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
  checkFollowing({ schedule: { ...schedule, followsChanges } }, { deliveryUrl, platforms }, problems);
  expect(problems.list).toHaveLength(message === null ? 0 : 1);
  if (message === null) return;
  expect(problems.list[0]).toMatchObject({ code: 'INVALID', field: ['input', 'schedule', 'followsChanges'] });
  expect(problems.list[0]!.message).toMatch(message);
});
