import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { isWithin, overlaps, readMounts, showsKernel, type Mount } from './places.js';

/** Why a folder is no share, and what to do about it. */
export interface ShareRefusal {
  message: string;
  remedy: string;
}

export type ReadMountInfo = () => Promise<string>;

const PROGRAM = fileURLToPath(new URL('../../../../', import.meta.url));
const SYSTEM_FOLDERS = ['/proc', '/sys', '/dev'];
const HOW_TO_ALLOW =
  'An operator allows a folder by naming it, or one above it, in SLUICE_SHARE_ROOTS and starting the server again.';

/**
 * Decides which folders of this machine may be shares. The server's own data and program and the kernel's folders never
 * are, by whatever spelling, link or mount; everything else is decided by SLUICE_SHARE_ROOTS. This folder reads no content
 * of a share: that is the matter of `@sluice/fileshare`.
 */
export class ShareRoots {
  constructor(
    private readonly config: Pick<Config, 'shareRoots' | 'dataFolder' | 'demo'>,
    private readonly readMountInfo: ReadMountInfo = () => readFile('/proc/self/mountinfo', 'utf8'),
  ) {}

  /** The sentence that the form shows about which folders are allowed. */
  get help(): string {
    const { shareRoots, demo } = this.config;
    const allowed =
      shareRoots === null
        ? 'Only an administrator who is signed in may choose it, until SLUICE_SHARE_ROOTS names the folders below which shares may lie.'
        : `It has to lie in ${shareRoots.join(' or ')}.`;
    return demo === null ? allowed : `${allowed} The files of the demo are in ${demo.siteFolder}.`;
  }

  /** Whether everyone who may write connections may choose this folder, or only a signed-in administrator. */
  async isOpenToAll(location: string): Promise<boolean> {
    return this.config.shareRoots !== null || this.isOfDemo(await realPathOf(location));
  }

  /** Why a folder may not be a share; null when it may. Asked when a connection is saved, and at every open. */
  async refusalOf(location: string): Promise<ShareRefusal | null> {
    const folder = await realPathOf(location);
    if (await this.isOfDemo(folder)) return null;
    const mounts = readMounts(await this.readMountInfo().catch(() => ''));
    if (await this.isKept(folder, mounts)) {
      return {
        message: 'This folder holds or belongs to the server’s own data or program, or to the system.',
        remedy: 'Choose a folder that neither contains these nor lies in them.',
      };
    }
    return (await this.isBelowRoots(folder)) ? null : { message: this.outside(), remedy: HOW_TO_ALLOW };
  }

  /** Whether the folder is that of the demo's files, the only share below the data folder. */
  private async isOfDemo(folder: string): Promise<boolean> {
    return this.config.demo !== null && isWithin(folder, await realPathOf(this.config.demo.siteFolder));
  }

  private async isKept(folder: string, mounts: readonly Mount[]): Promise<boolean> {
    if (showsKernel(folder, mounts)) return true;
    const kept = await Promise.all([this.config.dataFolder, PROGRAM, ...SYSTEM_FOLDERS].map(realPathOf));
    if (kept.some((each) => overlaps(folder, each, mounts))) return true;
    const own = await identitiesUpTo(folder);
    const others = await Promise.all(kept.map(identitiesUpTo));
    return others.some((other) => begins(own, other) || begins(other, own));
  }

  private async isBelowRoots(folder: string): Promise<boolean> {
    if (this.config.shareRoots === null) return true;
    const roots = await Promise.all(this.config.shareRoots.map(realPathOf));
    return roots.some((root) => isWithin(folder, root));
  }

  private outside(): string {
    return `This folder does not lie in a folder where shares may be: ${this.config.shareRoots?.join(', ')}.`;
  }
}

/** The path with its links resolved as far as it exists; the part that does not exist stays as it is written. */
async function realPathOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent), basename(path));
}

/** Whether one folder is the other or holds it, by the identities of both and of the folders above them. */
function begins([innermost]: readonly (string | null)[], other: readonly (string | null)[]): boolean {
  return innermost != null && other.includes(innermost);
}

/** Device and inode of a folder and of all above it, innermost first; null for what does not exist. */
async function identitiesUpTo(folder: string): Promise<(string | null)[]> {
  const identity = await stat(folder, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  );
  const parent = dirname(folder);
  return parent === folder ? [identity] : [identity, ...(await identitiesUpTo(parent))];
}
