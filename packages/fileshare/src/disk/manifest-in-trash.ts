import type { RemoveRequest, RestoreRequest } from '@sluice/core/platform';
import { MANIFEST } from '../paths.js';
import type { HeldFolder } from './held-folder.js';
import { renamed } from './naming.js';
import type { ShareRoot } from './share-root.js';
import { trashPathOf } from './trash.js';

/** The manifest of a folder that holds nothing else goes where the folder goes. */
export function takeManifest(share: ShareRoot, { item, trash }: RemoveRequest, folder: HeldFolder): void {
  if (!folder.look(MANIFEST)?.isFile() || !isAlone(folder)) return;
  const place = trashPathOf(item.path, trash);
  if (place === null) return share.disk.unlink(folder.at(MANIFEST));
  const kept = share.holdOwn(place);
  try {
    share.disk.rename(folder.at(MANIFEST), kept.at(MANIFEST));
  } finally {
    kept.close();
  }
}

function isAlone(folder: HeldFolder): boolean {
  for (const batch of folder.batches()) if (batch.some(({ name }) => name.toString() !== MANIFEST)) return false;
  return true;
}

/** A folder that is made again gets the manifest back that it had, unless it has one by now. */
export function bringManifest(share: ShareRoot, { former, trash }: RestoreRequest, folder: HeldFolder): void {
  const place = trashPathOf(former.path, trash);
  if (place === null) return;
  const kept = share.holdOwn(place);
  try {
    if (kept.look(MANIFEST)?.isFile()) renamed({ folder: kept, name: MANIFEST }, { folder, name: MANIFEST });
  } finally {
    kept.close();
  }
}
