import { expect, test } from 'vitest';
import { limitsOf } from '../facts.js';
import { HookedDisk } from '../testing/hooked-disk.js';
import { traitsOf } from './traits.js';

test.each([
  ['ext4', 0xef53, 'UTF8', true],
  ['NFS', 0x6969, 'UTF8', true],
  ['SMB', 0xfe534d42, 'UTF16', false],
  ['exFAT', 0x2011bab0, 'UTF16', true],
  ['FUSE', 0x65735546, 'UTF8', false],
])('a share on %s counts names in its unit, and has inodes that stay or not', (_, type, unit, hasStableInodes) => {
  const { disk } = new HookedDisk();
  const traits = traitsOf({ ...disk, statfs: () => ({ type }) as ReturnType<typeof disk.statfs> }, '/');
  expect(traits.hasStableInodes).toBe(hasStableInodes);
  expect(limitsOf('/', traits)).toMatchObject({ segmentLengthUnit: unit, maxSegmentLength: 255 });
});
