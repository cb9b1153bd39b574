import { constants } from 'node:fs';
import { expect, test } from 'vitest';
import { readFingerprints, unpackItems } from '@sluice/core/platform';
import type { Item } from '@sluice/core/platform';
import { itemIn } from '../adapter.js';
import { present } from '../testing/share-fixture.js';
import { PackedFolder, receivedItems } from './packed-folder.js';
import type { MoreOfItem, SentItems } from './packed-folder.js';
import { StatRecord } from './stat-record.js';
import type { FileStats } from './stat-record.js';

function recordOf(more: Partial<FileStats> = {}, isFolder = false): StatRecord {
  const times = { mtimeNs: 1_700_000_000_123_456_789n, ctimeNs: 5n, birthtimeNs: 1_600_000_000_000_000_000n };
  const is = { isFile: () => !isFolder, isDirectory: () => isFolder };
  const mode = BigInt((isFolder ? constants.S_IFDIR : constants.S_IFREG) | 0o644);
  return new StatRecord().fill({
    ...{ dev: 0n, ino: 7n, nlink: 1n, uid: 0n, gid: 0n, size: 4n, mode, ...times },
    ...is,
    ...more,
  });
}

const ENTRIES: [name: string, record: StatRecord][] = [
  ['a.txt', recordOf()],
  ['folder', recordOf({ ino: 8n }, true)],
  ['linked', recordOf({ nlink: 2n, ino: 9n, size: 100n })],
  ['late', recordOf({ mtimeNs: 15_000_000_000_000_000_000n, birthtimeNs: 0n })],
];

function packedIn(path: string[], how: { isStable?: boolean; keepsRecords?: boolean; more?: MoreOfItem[] } = {}) {
  const { isStable = true, keepsRecords = false, more = [] } = how;
  const folder = new PackedFolder(path, isStable, keepsRecords);
  for (const [at, [name, record]] of ENTRIES.entries()) folder.add(name, record, more[at]);
  return folder;
}

const itemsOf = (sent: SentItems | null, isStable = true): Item[] =>
  unpackItems(receivedItems(structuredClone(present(sent)), isStable));

const WAYS = [[], ['a'], ['a', 'b c']].flatMap((path) =>
  [true, false].flatMap((isStable) => [true, false].map((keepsRecords) => [path, isStable, keepsRecords] as const)),
);

test.each(WAYS)(
  'items of the folder %j are those of a look, with stable inodes: %s, their rest later: %s',
  (path, isStable, keepsRecords) => {
    const sent = packedIn([...path], { isStable, keepsRecords }).packed(true);
    const expected = ENTRIES.map(([name, record]) => itemIn([...path, name], record, isStable));
    expect(itemsOf(sent, isStable)).toEqual(expected);
    expect('rest' in present(sent)).toBe(!keepsRecords);
  },
);

test('a folder tells its folders, how many items it has, their bytes and whether they are all', () => {
  const folder = packedIn(['a']);
  expect([folder.count, folder.folders]).toEqual([4, ['folder']]);
  expect([folder.packed(true), folder.packed(false)]).toMatchObject([
    { folder: ['a'], bytes: 108, isWhole: true },
    { folder: ['a'], bytes: 108, isWhole: false },
  ]);
});

test('a folder without items has nothing to tell', () => {
  expect(new PackedFolder(['a'], true).packed(true)).toBeNull();
  expect(new PackedFolder(['a'], true, true).packed(true)).toBeNull();
});

const MORE: MoreOfItem[] = [
  { fields: { owner: 'ada' }, tags: ['red'] },
  { description: 'A folder', isPrivate: true, metaVersion: 'of its own' },
  { formerVersions: 2, formerSizes: [1, 2] },
];

test('what is told beyond a look comes with its item alone', () => {
  const items = itemsOf(packedIn([], { more: MORE }).packed(true));
  const plain = ENTRIES.map(([name, record]) => present(itemIn([name], record, true)));
  expect(items[0]).toMatchObject({ fields: { owner: 'ada' }, tags: ['red'], description: null });
  expect(items[1]).toMatchObject({ description: 'A folder', isPrivate: true, metaVersion: 'of its own' });
  expect(items[2]).toMatchObject({ formerVersions: 2, formerSizes: [1, 2], isPrivate: null });
  expect(items[3]).toMatchObject({ ...plain[3], description: null, isPrivate: null });
});

test.each<[MoreOfItem, boolean]>([
  [{ fields: {} }, true],
  [{ tags: [] }, true],
  [{ description: 'x' }, true],
  [{ description: '' }, false],
  [{ isPrivate: true }, false],
  [{ formerVersions: 1 }, false],
])('an item is described by its fields, tags and description: %j', (more, isDescribed) => {
  const sent = present(packedIn([], { more: [more] }).packed(true));
  expect(readFingerprints(sent.fingerprints).described).toEqual(isDescribed ? ['5', null, null, null] : null);
});

test('the rest of items is as large as their records until it is asked for, and the same each time', () => {
  const sent = present(packedIn([], { keepsRecords: true }).packed(true));
  const received = receivedItems(sent, true);
  expect(received.restSize).toBe('records' in sent ? sent.records.byteLength : 0);
  expect(received.rest).toBe(received.rest);
});

test('items that were sent with their rest are what was sent', () => {
  const sent = present(packedIn([]).packed(true));
  expect(receivedItems(sent, true)).toBe(sent);
});
