import { describe, expect, test } from 'vitest';
import { itemOf, modificationTimeOf, nanosecondsOf } from './adapter.js';
import type { FileStats } from './disk/stat-record.js';

function stats(fields: Partial<FileStats> = {}): FileStats {
  return {
    ino: 7n,
    size: 12n,
    mode: 0o100644n,
    mtimeNs: 1_700_000_000_122_999_906n,
    ctimeNs: 1n,
    birthtimeNs: 0n,
    dev: 1n,
    nlink: 1n,
    uid: 0n,
    gid: 0n,
    isFile: () => true,
    isDirectory: () => false,
    ...fields,
  };
}

const folder = { isFile: () => false, isDirectory: () => true };
const version = (fields: Partial<FileStats>, hasStableInodes = true) =>
  itemOf(['a'], stats(fields), hasStableInodes)?.version;

test('a file has its path as identifier, and its time to the nanosecond', () => {
  expect(itemOf(['a', 'b.txt'], stats(), true)).toMatchObject({
    id: 'a/b.txt',
    parentId: 'a',
    kind: 'FILE',
    size: 12,
    modifiedAt: new Date(1_700_000_000_122),
    modifiedNanoseconds: 999_906,
    createdAt: null,
  });
});

test('the root is a folder without parent, and the parent of what is in it', () => {
  const root = itemOf([], stats(folder), true);
  expect(root).toMatchObject({ path: [], parentId: null, kind: 'FOLDER', size: null, version: null });
  expect(itemOf(['a'], stats(), true)?.parentId).toBe(root?.id);
});

test('what is neither file nor folder is no item', () => {
  expect(itemOf(['pipe'], stats({ isFile: () => false }), true)).toBeNull();
});

describe('the version', () => {
  test('changes with time, size and file', () => {
    const all = [version({}), version({ mtimeNs: 1n }), version({ size: 13n }), version({ ino: 8n })];
    expect(new Set(all).size).toBe(4);
  });

  test('stays when only the entry changes', () => {
    expect(version({ ctimeNs: 2n, mode: 0o100600n })).toBe(version({}));
  });

  test('has no inode where the file system makes them up', () => {
    expect(version({ ino: 8n }, false)).toBe(version({}, false));
  });
});

describe('a time outside the years 1 to 9999 is null', () => {
  const SECOND = 1_000_000_000n;

  test.each([
    ['the year 300000', 9_400_000_000_000n * SECOND],
    ['the year 11983', 316_000_000_000n * SECOND],
    ['the first moment of 10000', BigInt(Date.parse('9999-12-31T23:59:59.999Z')) * 1_000_000n + 1_000_000n],
    ['before the year 1', BigInt(Date.parse('0001-01-01T00:00:00.000Z')) * 1_000_000n - 1n],
  ])('%s', (_, mtimeNs) => {
    const item = itemOf(['a'], stats({ mtimeNs, birthtimeNs: mtimeNs > 0n ? mtimeNs : 0n }), true);
    expect(item).toMatchObject({ modifiedAt: null, createdAt: null });
    expect(item).not.toHaveProperty('modifiedNanoseconds');
    expect(item?.version).toContain(String(mtimeNs));
  });

  test.each([
    '0001-01-01T00:00:00.000Z',
    '1601-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ])('%s is none of them', (text) => {
    for (const below of [0n, 1n, 999_999n]) {
      const nanoseconds = BigInt(Date.parse(text)) * 1_000_000n + below;
      const time = modificationTimeOf(nanoseconds);
      expect(time).toEqual({ modifiedAt: new Date(text), modifiedNanoseconds: Number(below) });
      expect(nanosecondsOf(time)).toBe(nanoseconds);
    }
  });
});

describe('the identity of an item', () => {
  const identity = (fields: Partial<FileStats>, hasStableInodes = true) =>
    itemOf(['a'], stats(fields), hasStableInodes)?.identity?.value ?? null;
  const born = { ino: 7n, birthtimeNs: 5n };

  test('stays when content and times change, and is another one when the inode is used again', () => {
    expect(identity({ ...born, mtimeNs: 9n, size: 99n })).toBe(identity(born));
    expect(identity({ ...born, birthtimeNs: 6n })).not.toBe(identity(born));
    expect(identity({ ...born, ino: 8n })).not.toBe(identity(born));
  });

  test('is the same on a device that has another number after a restart, where times of birth are kept', () => {
    expect(identity({ ...born, dev: 2n })).toBe(identity({ ...born, dev: 1n }));
    expect(identity({ ino: 7n, dev: 2n })).not.toBe(identity({ ino: 7n, dev: 1n }));
  });

  test('is not known where inodes are made up, and not of one of several hard links', () => {
    expect(identity(born, false)).toBeNull();
    expect(identity({ ...born, nlink: 2n })).toBeNull();
    expect(identity({ ...born, nlink: 2n, isFile: () => false, isDirectory: () => true })).not.toBeNull();
  });
});
