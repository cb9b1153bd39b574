import { PlatformError } from '@sluice/core/platform';
import type { Item, RemoveRequest, RestoreRequest } from '@sluice/core/platform';
import { nameTaken } from '../errors.js';
import { assertLegal, shown, workingName } from '../paths.js';
import { placeOf } from './held-folder.js';
import type { Entry, HeldFolder } from './held-folder.js';
import { clearLeftovers } from './leftovers.js';
import { renameFolderToFree } from './naming.js';
import { changedMeanwhile, moveFile } from './replace.js';
import { makeFolder } from './share-root.js';
import type { ShareRoot } from './share-root.js';
import { isFormer, keptFile, takeFile, takeFolder } from './trash.js';
import { ownerOf, shortHash } from './working-files.js';

/** Who makes a change, for the names of working files: `suffix` is used once by the process. */
export interface Doer {
  run: string;
  suffix: string;
}

/** `run` is given where an earlier try of it may have left something. */
export function ensureFolder(share: ShareRoot, path: readonly string[], run: string | null): Item {
  return share.within(path.slice(0, -1), (folder) => {
    const name = path.at(-1) ?? '';
    if (run !== null) clearIn(share, folder, run);
    makeFolder(folder, name);
    const stats = folder.stats(name);
    if (!stats?.isDirectory()) throw nameTaken(path);
    return share.presentItem(path, stats);
  });
}

export function clearIn(share: ShareRoot, folder: HeldFolder, run: string): void {
  clearLeftovers(folder, ownerOf(share.disk, run), share.facts.traits.hasStableInodes);
}

/** A name for an own folder beside a file of that item, in which it can wait. */
function asideOf(share: ShareRoot, { version }: Item, { run, suffix }: Doer): string {
  return workingName(ownerOf(share.disk, run), suffix, 'aside', [shortHash(version ?? '')]);
}

export function removeItem(share: ShareRoot, request: RemoveRequest, doer: Doer): void {
  const { item } = request;
  share.within(item.path.slice(0, -1), (folder) => {
    const entry = { folder, name: item.path.at(-1) ?? '' };
    assertAsKnown(share, entry, item);
    if (item.kind === 'FILE')
      return takeFile(share, request, entry, {
        aside: asideOf(share, item, doer),
        isExpected: isVersion(share, item),
      });
    share.within(item.path, (inner) => clearIn(share, inner, doer.run));
    takeFolder(share, request, entry);
  });
}

/** A folder is made again: what was in it lies in the trash by itself. */
export function restoreItem(share: ShareRoot, request: RestoreRequest, doer: Doer): Item {
  const { former, parent, name } = request;
  const path = [...parent.path, name];
  if (former.kind === 'FOLDER') return ensureFolder(share, path, doer.run);
  return share.within(parent.path, (folder) => {
    clearIn(share, folder, doer.run);
    const there = folder.stats(name);
    if (there && !isFormer(share, former, there)) throw nameTaken(path);
    return there ? share.presentItem(path, there) : takeFromTrash(share, request, { folder, name }, doer);
  });
}

function takeFromTrash(share: ShareRoot, request: RestoreRequest, to: Entry, doer: Doer): Item {
  const { former, parent } = request;
  const from = keptFile(share, request);
  if (!from) throw new PlatformError('NOT_FOUND', `“${shown(former.path)}” is not in the trash any more.`);
  try {
    moveFile(from, to, asideOf(share, former, doer), isVersion(share, former));
    return share.presentItem([...parent.path, to.name], to.folder.stats(to.name)!);
  } finally {
    from.folder.close();
  }
}

/** Never takes the place of anything, and never moves another version of a file than the item. */
export function moveItem(share: ShareRoot, item: Item, path: readonly string[], doer: Doer): Item {
  assertLegal(item.path);
  return share.within(path.slice(0, -1), (target) =>
    share.within(item.path.slice(0, -1), (folder) => {
      const from = { folder, name: item.path.at(-1) ?? '' };
      const to = { folder: target, name: path.at(-1) ?? '' };
      assertAsKnown(share, from, item);
      if (isOnlyRecased(share, item.path, path)) share.disk.rename(placeOf(from), placeOf(to));
      else if (item.kind === 'FILE') moveFile(from, to, asideOf(share, item, doer), isVersion(share, item));
      else renameFolderToFree(from, to);
      const stats = target.stats(to.name);
      if (!stats) throw new PlatformError('CONFLICT', `“${shown(path)}” was taken away again.`);
      return share.presentItem(path, stats);
    }),
  );
}

function isOnlyRecased(share: ShareRoot, from: readonly string[], to: readonly string[]): boolean {
  return share.facts.traits.foldsCase && from.join('/').toLowerCase() === to.join('/').toLowerCase();
}

const isVersion = (share: ShareRoot, item: Item) => (stats: Parameters<ShareRoot['itemOf']>[1]) => {
  const found = share.itemOf(item.path, stats);
  return found?.kind === item.kind && found.version === item.version;
};

function assertAsKnown(share: ShareRoot, entry: Entry, item: Item): void {
  const stats = entry.folder.stats(entry.name);
  if (!stats) throw new PlatformError('NOT_FOUND', `“${shown(item.path)}” does not exist any more.`);
  if (!isVersion(share, item)(stats)) throw changedMeanwhile(entry);
}
