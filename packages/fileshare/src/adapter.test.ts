import { describe, expect, test } from 'vitest';
import { itemOf } from './adapter.js';
import type { FileStats } from './adapter.js';

function stats(fields: Partial<FileStats> = {}): FileStats {
  return {
    ino: 7n,
    size: 12n,
    mode: 0o100644n,
    mtimeNs: 1_700_000_000_122_999_906n,
    ctimeNs: 1n,
    birthtimeNs: 0n,
    isFile: () => true,
    isDirectory: () => false,
    ...fields,
  };
}

const folder = { isFile: () => false, isDirectory: () => true };
const version = (fields: Partial<FileStats>, hasStableInodes = true) =>
  itemOf(['a'], stats(fields), hasStableInodes)?.version;

test('a file has its path as identifier, and its time to the nearest millisecond', () => {
  expect(itemOf(['a', 'b.txt'], stats(), true)).toMatchObject({
    id: 'a/b.txt',
    parentId: 'a',
    kind: 'FILE',
    size: 12,
    modifiedAt: new Date(1_700_000_000_123),
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
