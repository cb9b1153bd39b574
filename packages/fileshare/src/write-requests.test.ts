import { expect, test } from 'vitest';
import type { Item } from '@sluice/core/platform';
import { itemOf } from './adapter.js';
import type { Durability } from './durability.js';
import { present } from './testing/share-fixture.js';
import { WriteRequests } from './write-requests.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const CALL = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'run 1' };

interface Wanted {
  durability?: Durability;
  hasManifest?: boolean;
}

function requestsOf({ durability = 'MARK', hasManifest = false }: Wanted = {}): WriteRequests {
  let made = 0;
  return new WriteRequests(
    () => NOW,
    () => `suffix ${(made += 1)}`,
    durability,
    hasManifest,
  );
}

function itemAt(path: string[], kind: Item['kind']): Item {
  const [times, isFile] = [{ mtimeNs: 5n, ctimeNs: 5n, birthtimeNs: 5n }, () => kind === 'FILE'];
  const stats = { ...times, dev: 1n, ino: 7n, nlink: 1n, uid: 0n, gid: 0n, size: 4n, mode: 0n };
  return present(itemOf(path, { ...stats, isFile, isDirectory: () => !isFile() }, true));
}

const FOLDER = itemAt(['to'], 'FOLDER');
const FIELDS = { owner: 'ada', 'manifest:status': 'open' };

test('a file system is given all fields and tags, and nothing where there are none', () => {
  const requests = requestsOf();
  expect(requests.givenOf({ fields: { owner: 'ada' }, tags: ['red'] })).toEqual({
    fields: { owner: 'ada' },
    tags: ['red'],
  });
  expect(requests.givenOf({ tags: ['red'] })).toEqual({ fields: {}, tags: ['red'] });
  expect(requests.givenOf({ fields: FIELDS })).toEqual({ fields: FIELDS, tags: [] });
  expect(requests.givenOf({})).toBeNull();
});

test('with a manifest the file system is given only the fields that are its own', () => {
  const requests = requestsOf({ hasManifest: true });
  expect(requests.givenOf({ fields: FIELDS, tags: ['red'] })).toEqual({ fields: { owner: 'ada' }, tags: [] });
  expect(requests.givenOf({ fields: { 'manifest:status': 'open' }, tags: ['red'] })).toBeNull();
  expect(requests.givenOf({})).toBeNull();
});

test('a manifest keeps what the file system has no place for', () => {
  const requests = requestsOf({ hasManifest: true });
  const all = { description: 'A plan', isPrivate: true, fields: FIELDS, tags: ['red'], versionNote: 'n' };
  expect(requests.changeOf({ ...all, versionNumber: 3 })).toEqual({
    ...{ description: 'A plan', isPrivate: true, fields: { 'manifest:status': 'open' }, tags: ['red'] },
    ...{ note: 'n', version: 3 },
  });
});

test.each([
  { description: null },
  { isPrivate: false },
  { fields: { 'manifest:status': 'open' } },
  { tags: ['red'] },
  { versionNote: 'n' },
  { versionNumber: 1 },
  { fields: { 'manifest:status': 'open' }, tags: ['red'] },
])('each of it is enough for a manifest: %j', (request) => {
  expect(requestsOf({ hasManifest: true }).changeOf(request)).not.toBeNull();
  expect(requestsOf().changeOf(request)).toBeNull();
});

test('a manifest has nothing to keep of an item with fields of the file system only', () => {
  expect(requestsOf({ hasManifest: true }).changeOf({ fields: { owner: 'ada' } })).toBeNull();
  expect(requestsOf({ hasManifest: true }).changeOf({})).toBeNull();
});

test.each([
  ['FILE', 'file'],
  ['MARK', 'never'],
  ['NEVER', 'never'],
] as const)('who writes is told with a suffix of its own, and with the durability %s syncs %s', (durability, fsync) => {
  const requests = requestsOf({ durability });
  expect(requests.doer(CALL)).toEqual({ run: 'run 1', suffix: 'suffix 1', fsync });
  expect(requests.manifestWriter(CALL)).toEqual({ run: 'run 1', suffix: 'suffix 2', fsync, now: NOW });
});

test('a new file goes to its folder under its name', () => {
  expect(requestsOf().fileOf({ parent: FOLDER, name: 'plan.pdf', tags: ['red'] }, CALL)).toEqual({
    ...{ path: ['to', 'plan.pdf'], replaces: null, trash: null, given: { fields: {}, tags: ['red'] } },
    ...{ run: 'run 1', suffix: 'suffix 1', fsync: 'never' },
  });
});

test('a file that replaces one goes where that stands, which goes to the trash of the request', () => {
  const replaces = itemAt(['elsewhere', 'old.pdf'], 'FILE');
  const trash = { root: ['elsewhere'], at: new Date(NOW) };
  expect(requestsOf().fileOf({ parent: FOLDER, name: 'plan.pdf', replaces, trash }, CALL)).toMatchObject({
    ...{ path: ['elsewhere', 'old.pdf'], replaces: '5-4-7', trash, given: null },
  });
});

test('a time is told to the nanosecond, with that of the access, and null where it is not known', () => {
  const accessed = BigInt(NOW) * 1_000_000n;
  const requests = requestsOf();
  expect(requests.timeOf({ modifiedAt: new Date(5), modifiedNanoseconds: 7 })).toEqual({
    accessed,
    modified: 5_000_007n,
  });
  expect(requests.timeOf({})).toBeNull();
  expect(requests.timeOf({ modifiedAt: null })).toBeNull();
  expect(requests.common(CALL)).toEqual({ run: 'run 1', suffix: 'suffix 1', fsync: 'never', accessed });
});
