import { describe, expect, it } from 'vitest';
import { overlaps, readMounts, showsKernel } from './places.js';

const HOST = readMounts(
  [
    '1 0 8:1 / / rw - ext4 /dev/sda1 rw',
    '2 1 0:5 / /proc rw - proc proc rw',
    '3 1 8:2 / /srv rw,relatime shared:3 master:1 - xfs /dev/sdb1 rw',
    '4 1 8:2 /data /mnt/again rw - xfs /dev/sdb1 rw',
    '5 1 8:2 / /mnt/whole rw - xfs /dev/sdb1 rw',
    '6 1 8:2 /data/demo /home/with\\040blank rw - xfs /dev/sdb1 rw',
    '7 1 0:5 / /jail/proc rw - proc proc rw',
    '8 1 8:2 /plans /mnt/plans rw - xfs /dev/sdb1 rw',
    'a line of another form',
  ].join('\n'),
);
const DATA = '/srv/data';

describe('a folder overlaps the data folder', () => {
  it.each([
    ['the same path', DATA],
    ['a folder in it', `${DATA}/demo`],
    ['the folder above it', '/srv'],
    ['the root', '/'],
    ['a bind mount of it', '/mnt/again'],
    ['a folder in a bind mount of it', '/mnt/again/keys'],
    ['a bind mount of a folder in it, with a blank in its name', '/home/with blank'],
    ['a bind mount of the folder above it', '/mnt/whole'],
    ['a folder that holds a bind mount of it', '/mnt'],
  ])('as %s', (_name, folder) => {
    expect(overlaps(folder, DATA, HOST)).toBe(true);
  });

  it.each([
    ['a sibling', '/srv/plans'],
    ['a name that only begins alike', '/srv/data-of-others'],
    ['a bind mount of a sibling', '/mnt/plans'],
    ['a sibling in a bind mount of the folder above', '/mnt/whole/plans'],
    ['the same path on another file system', '/data'],
  ])('but not %s', (_name, folder) => {
    expect(overlaps(folder, DATA, HOST)).toBe(false);
  });

  it('when something else is mounted in the data folder and shown a second time', () => {
    const mounts = readMounts(
      '1 0 8:1 / / rw - ext4 a rw\n2 1 8:9 / /srv/data/db rw - xfs b rw\n3 1 8:9 / /db rw - xfs b rw',
    );
    expect(overlaps('/db', DATA, mounts)).toBe(true);
  });
});

it('shows the kernel through any mount of proc', () => {
  expect(['/proc', '/proc/self', '/jail', '/jail/proc/1'].map((folder) => showsKernel(folder, HOST))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(showsKernel('/srv/plans', HOST)).toBe(false);
});
