import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HookedDisk } from '../testing/hooked-disk.js';
import { NEW_FILE, realDisk, setTime } from './disk.js';

let folder = '';
let file = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-time-'));
  file = openSync(join(folder, 'file'), 'w');
});
afterEach(() => {
  closeSync(file);
  rmSync(folder, { recursive: true });
});

const TIMES = [
  1_700_000_000_123_456_789n,
  1_700_000_000_999_999_999n,
  1n,
  -1n,
  -1_500_000_000n,
  2_147_483_648_000_000_001n,
];

describe('a time is set', () => {
  test.each(TIMES)('to the nanosecond: %s', (time) => {
    setTime(realDisk(), file, 0n, time);
    const stats = fstatSync(file, { bigint: true });
    expect([stats.atimeNs, stats.mtimeNs]).toEqual([0n, time]);
  });

  test('of an open folder too', () => {
    const held = openSync(folder, 'r');
    setTime(realDisk(), held, 0n, TIMES[0] ?? 0n);
    expect(fstatSync(held, { bigint: true }).mtimeNs).toBe(TIMES[0]);
    closeSync(held);
  });

  test.each([1_700_000_000_123_456_000n, 1_700_000_000_456_000_000n, 1_700_000_000_999_999_000n, 0n])(
    'to the microsecond where the system’s call is not within reach: %s',
    (time) => {
      setTime(new HookedDisk(['setTime']).disk, file, 0n, time);
      expect(fstatSync(file, { bigint: true }).mtimeNs).toBe(time);
    },
  );
});

describe.each([
  ['the system’s own calls', realDisk()],
  ['those of Node', new HookedDisk(['openAt']).disk],
])('what is in a folder that is held is opened and renamed there, by %s', (_, disk) => {
  let held = 0;
  const at = (name: string) => `/proc/self/fd/${held}/${name}`;
  beforeEach(() => {
    mkdirSync(join(folder, 'held'));
    held = openSync(join(folder, 'held'), constants.O_RDONLY | constants.O_DIRECTORY);
  });
  afterEach(() => closeSync(held));

  test.runIf(process.platform === 'linux')('wherever the folder is by now', () => {
    disk.rename(join(folder, 'held'), join(folder, 'moved'));
    disk.close(disk.open(at('a'), NEW_FILE, 0o640));
    if (!disk.renameToFree(at('a'), at('b'))) disk.rename(at('a'), at('b'));
    expect(readdirSync(join(folder, 'moved'))).toEqual(['b']);
    expect(disk.lstat(join(folder, 'moved', 'b')).mode & 0o777n).toBe(0o640n);
  });

  test.runIf(process.platform === 'linux')('with the errors of Node', () => {
    writeFileSync(join(folder, 'held', 'a'), '');
    expect(() => disk.open(at('a'), NEW_FILE)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(() => disk.open(at('b'), constants.O_RDONLY)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(disk.renameToFree(at('b'), at('c'))).toBe(false);
  });
});
