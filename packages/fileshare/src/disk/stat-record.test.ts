import { constants } from 'node:fs';
import { expect, test } from 'vitest';
import { StatRecord, StatRecords } from './stat-record.js';
import type { FileStats } from './stat-record.js';

const never = () => false;

/** As Node tells it; everything is large where it may be. */
const LARGE: FileStats = {
  dev: 0x801n,
  ino: 0xfedc_ba98_7654_3210n,
  nlink: 3n,
  uid: 4_000_000_000n,
  gid: 4_000_000_001n,
  size: 5_000_000_000_007n,
  mode: BigInt(constants.S_IFREG | 0o4755),
  mtimeNs: 1_700_000_000_123_456_789n,
  ctimeNs: 1_700_000_001_000_000_002n,
  birthtimeNs: 1_600_000_000_999_999_999n,
  isFile: never,
  isDirectory: never,
};
const recordOf = (more: Partial<FileStats> = {}) => new StatRecord().fill({ ...LARGE, ...more });

const numbersOf = ({ dev, ino, nlink, uid, gid, size, mode, mtimeNs, ctimeNs, birthtimeNs }: FileStats) => ({
  ...{ dev, ino, nlink, uid, gid, size, mode, mtimeNs, ctimeNs, birthtimeNs },
});

test('a record tells everything as it was told, large numbers too', () => {
  expect(numbersOf(recordOf())).toEqual(numbersOf(LARGE));
});

test.each([0n, 0x801n, 0xfd00n, 0xffff_ffff_ffff_ffffn, 0x1234_5678_9abc_def0n, 0xfffff_00000fffn, 0x1000_0000_0000n])(
  'a device has the number that the system tells: %i',
  (dev) => {
    expect(recordOf({ dev }).dev).toBe(dev);
  },
);

test('major and minor number of a device stand apart, as the system puts them', () => {
  const words = new Uint32Array(recordOf({ dev: 0x1234_5678_9abc_def0n }).bytes.buffer);
  expect([words[34], words[35]]).toEqual([0x1234_5cde, 0x6789_abf0]);
});

test('numbers are told without big integers as well', () => {
  const record = recordOf();
  expect([record.ownerId, record.groupId, record.links, record.byteSize, record.permissions]).toEqual([
    ...[4_000_000_000, 4_000_000_001, 3, 5_000_000_000_007, 0o4755],
  ]);
  expect([record.inodeText, recordOf({ ino: 77n }).inodeText, recordOf({ ino: 2n ** 40n + 5n }).inodeText]).toEqual([
    ...['18364758544493064720', '77', '1099511627781'],
  ]);
});

test('times are told in nanoseconds as texts, and in milliseconds with what is below', () => {
  const record = recordOf();
  expect([record.modifiedText, record.changedText, record.bornText]).toEqual([
    ...['1700000000123456789', '1700000001000000002', '1600000000999999999'],
  ]);
  expect([record.modifiedMs, record.modifiedNanoseconds, record.bornMs]).toEqual([
    ...[1_700_000_000_123, 456_789, 1_600_000_000_999],
  ]);
});

test.each([
  0n,
  1n,
  999_999_999n,
  -1n,
  -1_000_000_000n,
  -1_500_000_000n,
  1_000_000_000n,
  2n ** 33n * 1_000_000_000n + 5n,
])('a time near 1970, before it or far after it is told exactly: %i', (mtimeNs) => {
  const record = recordOf({ mtimeNs });
  expect(record.mtimeNs).toBe(mtimeNs);
  expect(record.modifiedText).toBe(String(mtimeNs));
});

test('a time before 1970 counts down by whole milliseconds', () => {
  const record = recordOf({ mtimeNs: -1_499_999n });
  expect([record.modifiedMs, record.modifiedNanoseconds]).toEqual([-2, 500_001]);
});

test('a time outside of the years 1 to 9999 has no milliseconds', () => {
  const second = 1_000_000_000n;
  expect(recordOf({ mtimeNs: 253_402_300_800n * second }).modifiedMs).toBeNull();
  expect(recordOf({ mtimeNs: 253_402_300_799n * second }).modifiedMs).toBe(253_402_300_799_000);
  expect(recordOf({ birthtimeNs: -62_135_596_801n * second }).bornMs).toBeNull();
});

test.each([
  [0n, false],
  [1n, true],
  [1_000_000_000n, true],
  [-1n, false],
])('a time of birth of %i is known: %s', (birthtimeNs, isKnown) => {
  expect(recordOf({ birthtimeNs }).isBirthKnown).toBe(isKnown);
});

test.each(['S_IFREG', 'S_IFDIR', 'S_IFLNK', 'S_IFIFO', 'S_IFSOCK', 'S_IFCHR'] as const)(
  'an entry of the type %s is that and nothing else',
  (type) => {
    const record = recordOf({ mode: BigInt(constants[type] | 0o7777) });
    const is = {
      S_IFREG: record.isFile(),
      S_IFDIR: record.isDirectory(),
      S_IFLNK: record.isSymbolicLink(),
      S_IFIFO: record.isFIFO(),
      S_IFSOCK: record.isSocket(),
    };
    expect(Object.entries(is).flatMap(([name, isIt]) => (isIt ? [name] : []))).toEqual(
      type === 'S_IFCHR' ? [] : [type],
    );
    expect(record.permissions).toBe(0o7777);
  },
);

test('a record becomes the same as another, which stays', () => {
  const [one, other] = [recordOf({ size: 1n }), recordOf({ size: 2n })];
  one.set(other);
  other.fill({ ...LARGE, size: 3n });
  expect([one.size, other.size]).toEqual([2n, 3n]);
});

test('records stand in the memory that they are given', () => {
  const memory = new Uint8Array(512);
  new StatRecord(memory.subarray(256)).fill({ ...LARGE, size: 9n });
  expect([new StatRecord(memory.subarray(0, 256)).size, new StatRecord(memory.subarray(256)).size]).toEqual([0n, 9n]);
});

test('many records are gathered one after the other, and come back with what an item is made of', () => {
  const records = new StatRecords();
  expect([...StatRecords.of(records.all)]).toEqual([]);
  for (let n = 0; n < 200; n += 1) records.add(recordOf({ size: BigInt(n), mtimeNs: BigInt(n) * 1_000_000_007n }));
  const told = [...StatRecords.of(records.all)].length;
  expect(told).toBe(200);
  let n = 0;
  for (const record of StatRecords.of(records.all)) {
    expect([record.byteSize, record.mtimeNs]).toEqual([n, BigInt(n) * 1_000_000_007n]);
    expect(numbersOf(record)).toMatchObject({ ...numbersOf(LARGE), dev: 0n, size: BigInt(n), mtimeNs: record.mtimeNs });
    n += 1;
  }
});

test('records that were gathered are in memory of their own', () => {
  const records = new StatRecords();
  records.add(recordOf({ size: 1n }));
  const first = records.all;
  records.add(recordOf({ size: 2n }));
  expect([...StatRecords.of(first)]).toHaveLength(1);
  expect(records.all.length).toBe(2 * first.length);
});
