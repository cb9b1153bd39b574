import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShareTraits } from './client.js';

/** `statfs` types of file systems that make inodes up anew at each mount: FUSE, and SMB in its two versions. */
const MADE_UP_INODES = new Set([0x65735546, 0xff534d42, 0xfe534d42]);

/** What can be told without writing; a root that cannot be read has the traits of a local disk. */
export async function traitsOf(root: string): Promise<ShareTraits> {
  const type = await statfs(root).then(
    (facts) => facts.type,
    () => 0,
  );
  return { foldsCase: await foldsCase(root), hasStableInodes: !MADE_UP_INODES.has(type) };
}

/** Looks up some entry by its name in the other case. */
async function foldsCase(root: string): Promise<boolean> {
  const names = await readdir(root).catch(() => []);
  const name = names.find((one) => swapped(one) !== one);
  if (name === undefined) return process.platform === 'darwin' || process.platform === 'win32';
  const [one, other] = await Promise.all(
    [name, swapped(name)].map((each) => lstat(join(root, each)).catch(() => null)),
  );
  return one != null && other != null && one.ino === other.ino && (one.isDirectory() || one.nlink === 1);
}

function swapped(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}
