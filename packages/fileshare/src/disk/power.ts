import { PlatformError } from '@sluice/core/platform';
import { DIRECTORY } from './held-folder.js';
import { mountsIn } from './mounts.js';
import type { ShareRoot } from './share-root.js';
import type { Disk } from './disk.js';

const START_ID = '/proc/sys/kernel/random/boot_id';

/** Names the start of the machine since which nothing was lost from its memory; null where it cannot be told. */
export function machineStart(disk: Disk): string | null {
  try {
    return disk.readFile(START_ID).trim();
  } catch {
    return null;
  }
}

/** Makes everything durable that was written before: the whole file system of the share, and those mounted in it. */
export function syncShare({ disk, facts }: ShareRoot): void {
  for (const folder of [facts.root, ...mountsIn(disk, facts.root)]) {
    const descriptor = disk.open(folder, DIRECTORY);
    try {
      if (!disk.syncFileSystem(descriptor)) throw notDurable();
    } finally {
      disk.close(descriptor);
    }
  }
}

function notDurable(): PlatformError {
  return new PlatformError('PLATFORM_ERROR', 'The disk of the share did not take what was written to it.', {
    remedy: 'Check the disk of the share, then start the job again; it looks at the last files once more.',
  });
}
