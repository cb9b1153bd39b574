import { expect, test } from 'vitest';
import type { DirectTransfer, Item } from '@sluice/core/platform';
import { itemOf } from '../adapter.js';
import { Arrivals, arrivalsOf } from './arrivals.js';
import { givenIn } from './given.js';
import { packFiles, pathOf, unpackFiles } from './packed-files.js';
import type { Common } from './packed-files.js';
import { StatRecord } from './stat-record.js';

const COMMON: Common = { run: 'run', suffix: 'abc', fsync: 'never', accessed: 5n };

function itemAt(path: string, kind: Item['kind'] = 'FILE'): Item & { size: number } {
  const times = { mtimeNs: 1n, ctimeNs: 1n, birthtimeNs: 1n };
  const stats = { ...times, dev: 1n, ino: 1n, nlink: 1n, uid: 0n, gid: 0n, size: 4n, mode: 0n };
  const isFile = () => kind === 'FILE';
  const item = itemOf(path.split('/'), { ...stats, isFile, isDirectory: () => !isFile() }, true)!;
  return { ...item, version: `version of ${path}`, size: 4 };
}

const transferOf = (source: string, folder: string, more: Partial<DirectTransfer> = {}): DirectTransfer => ({
  key: source,
  source: itemAt(source),
  parent: itemAt(folder, 'FOLDER'),
  name: `${source.split('/').at(-1)} there`,
  ...more,
});

const TRANSFERS = [
  transferOf('a/one', 'to/a'),
  transferOf('a/two', 'to/a', { modifiedAt: new Date(1_700_000_000_123), modifiedNanoseconds: 456_789 }),
  transferOf('a/three', 'to/b', { modifiedAt: new Date(-1), modifiedNanoseconds: 1 }),
  transferOf('a/deep/four', 'to/b', { isProved: true }),
  transferOf('a/deep/five', 'to/a', { replaces: itemAt('elsewhere/b/five'), inDoubtSince: new Date(0) }),
  transferOf('six', 'to/a'),
];

test('files that pass to another thread are the same there, whatever their folders, times and versions', () => {
  const files = [...unpackFiles(structuredClone(packFiles(TRANSFERS, 10, COMMON, givenIn)))];
  expect(files).toHaveLength(TRANSFERS.length);
  for (const [at, transfer] of TRANSFERS.entries()) {
    const { path, size, version } = transfer.source;
    expect(files[at]).toMatchObject({
      index: 10 + at,
      source: { path, size, version },
      file: { path: pathOf(transfer), replaces: transfer.replaces?.version ?? null, run: 'run', fsync: 'never' },
      isInDoubt: transfer.inDoubtSince !== undefined,
      isProved: transfer.isProved ?? false,
    });
  }
  expect(files.map(({ time }) => time?.modified)).toEqual([
    undefined,
    1_700_000_000_123_456_789n,
    -999_999n,
    ...[undefined, undefined, undefined],
  ]);
  expect(new Set(files.map(({ file }) => file.suffix)).size).toBe(TRANSFERS.length);
});

test('neighbours share their folders', () => {
  const { folders, folder } = packFiles(TRANSFERS, 0, COMMON, givenIn);
  expect(folder).toEqual([0, 0, 1, 2, 3, 4]);
  expect(folders[3]).toEqual({ from: ['a', 'deep'], to: ['elsewhere', 'b'] });
});

test('more arrivals than one report has room for come back as they were, and a second report begins anew', () => {
  const arrivals = new Arrivals();
  const record = new StatRecord();
  for (let round = 0; round < 2; round += 1) {
    for (let index = 0; index < 600; index += 1) {
      record.bytes.fill(index % 256);
      arrivals.add({ index, sha256: `${round} ${index}`, unkept: index === 300 ? ['owner'] : [] }, record);
    }
    const sent = structuredClone(arrivals.take());
    const back = [...arrivalsOf(sent)].map(([arrival, stats]) => ({ ...arrival, byte: stats.bytes[7] }));
    expect(back).toHaveLength(600);
    expect(back[300]).toEqual({ index: 300, sha256: `${round} 300`, unkept: ['owner'], byte: 300 % 256 });
    expect(back[299]).toMatchObject({ index: 299, unkept: [], byte: 299 % 256 });
    expect(arrivals.count).toBe(0);
  }
});
