import { workingName } from '../paths.js';
import { NEW_FILE } from './disk.js';
import { placeOf } from './held-folder.js';
import type { ShareRoot } from './share-root.js';
import { ownerOf } from './working-files.js';

export function listSome(share: ShareRoot): void {
  share.within([], (folder) => {
    for (const _ of folder.batches()) return;
  });
}

/** Writes a small file under a working name in a folder and takes it away. */
export function probeWriting(share: ShareRoot, path: readonly string[], suffix: string): void {
  share.within(path, (folder) => {
    const { disk } = share;
    const entry = { folder, name: workingName(ownerOf(disk, 'check'), suffix, 'part') };
    const file = disk.open(placeOf(entry), NEW_FILE, 0o600);
    try {
      disk.write(file, Buffer.from('probe'));
    } finally {
      disk.close(file);
      disk.unlink(placeOf(entry));
    }
  });
}
