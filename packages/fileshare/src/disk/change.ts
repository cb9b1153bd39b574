import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import type { Item, RemoveRequest, RestoreRequest } from '@sluice/core/platform';
import { codeOf, nameTaken } from '../errors.js';
import { assertLegal, shown, workingName } from '../paths.js';
import type { Unkept } from './attributes.js';
import { belongingsOf, give, type Belongings, type Given } from './given.js';
import { placeOf } from './held-folder.js';
import type { Entry, HeldFolder } from './held-folder.js';
import { keepReplaced, removeName } from './keeping.js';
import { bringManifest, takeManifest } from './manifest-in-trash.js';
import { clearLeftovers } from './leftovers.js';
import { renamed, renameFolderToFree, renameToFree, WITHOUT_LINKS } from './naming.js';
import { changedMeanwhile, isAt, moveFile, replaceFile } from './replace.js';
import { makeFolder } from './share-root.js';
import type { ShareRoot } from './share-root.js';
import { isFormer, keptFile, takeFile, takeFolder } from './trash.js';
import type { FileToWrite } from './write.js';
import { ownerOf, shortHash, versionTag } from './working-files.js';

/** Who makes a change, for the names of working files, and what of it is durable before anything is told. */
export type Doer = Pick<FileToWrite, 'run' | 'suffix' | 'fsync'>;

/** An item as it then stands, and what of what was given could not be kept. */
export interface Described {
  item: Item;
  unkept: Unkept[];
}

/** `isInDoubt`: an earlier try of the run may have left something. A folder that was there before gets nothing. */
export function ensureFolder(
  share: ShareRoot,
  path: readonly string[],
  { isInDoubt, given }: { isInDoubt: boolean; given: Given | null },
  doer: Doer,
): Described {
  return share.within(path.slice(0, -1), (folder) => {
    const entry = { folder, name: path.at(-1) ?? '' };
    if (isInDoubt) clearIn(share, folder, doer.run);
    const belongings = given && belongingsOf(given, share.names);
    const unkept = belongings ? makeGiven(share, entry, belongings, doer) : [];
    if (!belongings) makeFolder(folder, entry.name);
    const stats = folder.stats(entry.name);
    if (!stats?.isDirectory()) throw nameTaken(path);
    return { item: share.presentItem(path, stats), unkept };
  });
}

/** It has what belongs to it before it has its name; what stands there gets nothing. */
function makeGiven(share: ShareRoot, entry: Entry, belongings: Belongings, { run, suffix }: Doer): Unkept[] {
  const { folder } = entry;
  if (folder.look(entry.name)) return [];
  const begun = { folder, name: workingName(ownerOf(share.disk, run), suffix, 'part') };
  makeFolder(folder, begun.name, belongings.mode === null ? undefined : 0o700 & belongings.mode);
  let isNamed = false;
  try {
    const unkept = giveTo(share, begun, belongings, isFolder);
    isNamed = renamed(begun, entry);
    return isNamed ? unkept : [];
  } finally {
    if (!isNamed) share.disk.rmdir(placeOf(begun));
  }
}

const isFolder = (stats: BigIntStats) => stats.isDirectory();

/** Gives what belongs to an item to the item as it is known; another version of a file is refused. */
export function describeItem(share: ShareRoot, item: Item, given: Given, isDurable: boolean): Described {
  const belongings = belongingsOf(given, share.names);
  return share.within(item.path.slice(0, -1), (folder) => {
    const entry = { folder, name: item.path.at(-1) ?? '' };
    assertAsKnown(share, entry, item);
    const unkept = giveTo(share, entry, belongings, isVersion(share, item), isDurable);
    const stats = folder.stats(entry.name);
    if (!stats) throw changedMeanwhile(entry);
    return { item: share.presentItem(item.path, stats), unkept };
  });
}

/** Without following a link, and without waiting for whoever writes into a pipe that stands there by now. */
const TO_GIVE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function giveTo(
  { disk }: ShareRoot,
  entry: Entry,
  belongings: Belongings,
  isExpected: (stats: BigIntStats) => boolean,
  isDurable = false,
): Unkept[] {
  const descriptor = disk.open(placeOf(entry), TO_GIVE);
  try {
    if (!isExpected(disk.fstat(descriptor))) throw changedMeanwhile(entry);
    const unkept = give(disk, descriptor, belongings);
    if (isDurable) disk.sync(descriptor);
    return unkept;
  } finally {
    disk.close(descriptor);
  }
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
  const isDurable = doer.fsync !== 'never';
  share.within(item.path.slice(0, -1), (folder) => {
    const entry = { folder, name: item.path.at(-1) ?? '' };
    assertAsKnown(share, entry, item);
    if (item.kind === 'FILE')
      return takeFile(share, request, entry, {
        aside: asideOf(share, item, doer),
        isExpected: isVersion(share, item),
        isDurable,
      });
    share.within(item.path, (inner) => {
      clearIn(share, inner, doer.run);
      takeManifest(share, request, inner);
    });
    takeFolder(share, request, entry, isDurable);
  });
}

/** A folder is made again: what was in it lies in the trash by itself. A file that gives way goes to the trash as one that is removed. */
export function restoreItem(share: ShareRoot, request: RestoreRequest, doer: Doer): Item {
  const { former, parent, name } = request;
  const path = [...parent.path, name];
  if (former.kind === 'FOLDER') {
    const { item } = ensureFolder(share, path, { isInDoubt: true, given: null }, doer);
    share.within(path, (folder) => bringManifest(share, request, folder));
    return item;
  }
  return share.within(parent.path, (folder) => {
    clearIn(share, folder, doer.run);
    const to = { folder, name };
    const there = folder.stats(name);
    if (there && isFormer(share, former, there)) return arrived(share, request, to);
    if (there && !request.replaces) throw nameTaken(path);
    return takeFromTrash(share, request, to, doer);
  });
}

/** It stands there since an earlier try, which may have left it its name in the trash. */
function arrived(share: ShareRoot, request: RestoreRequest, { folder, name }: Entry): Item {
  const kept = keptFile(share, request);
  if (kept) {
    const [one, other] = [kept.folder.stats(kept.name), folder.stats(name)];
    if (share.facts.traits.hasStableInodes && one?.ino === other?.ino && one?.dev === other?.dev) removeName(kept);
    kept.folder.close();
  }
  return share.presentItem([...request.parent.path, name], folder.stats(name)!);
}

function takeFromTrash(share: ShareRoot, request: RestoreRequest, to: Entry, doer: Doer): Item {
  const { former, parent, replaces } = request;
  const from = keptFile(share, request);
  if (!from) throw new PlatformError('NOT_FOUND', `“${shown(former.path)}” is not in the trash any more.`);
  try {
    const isExpected = isVersion(share, former);
    const aside = asideOf(share, former, doer);
    if (replaces) giveWay(share, request, replaces, { from, to, aside, isExpected }, doer);
    else moveFile(from, to, aside, isExpected);
    return share.presentItem([...parent.path, to.name], to.folder.stats(to.name)!);
  } finally {
    from.folder.close();
  }
}

/** What comes back, and where. */
interface Return {
  from: Entry;
  to: Entry;
  aside: string;
  isExpected: (stats: BigIntStats) => boolean;
}

/** The former content takes the place of that which gives way, and has its name in the trash until it does. */
function giveWay(
  share: ShareRoot,
  { replacedTo }: RestoreRequest,
  replaces: Item,
  { from, to, aside, isExpected }: Return,
  doer: Doer,
): void {
  const isReplaced = isVersion(share, replaces);
  if (!isAt(to, isReplaced)) throw changedMeanwhile(to);
  const { swap, isLinked } = besideIt(share, from, to, replaces, doer);
  const givingWay = {
    path: [...to.folder.path, to.name],
    trash: replacedTo ?? null,
    isDurable: doer.fsync !== 'never',
  };
  try {
    keepReplaced(share, givingWay, { to, isReplaced }, (take) =>
      replaceFile({ from: swap, to, aside, isOurs: isExpected, isReplaced, take }),
    );
  } catch (cause) {
    if (isAt(swap, isExpected)) {
      if (isLinked) removeName(swap);
      else renamed(swap, from);
    }
    throw cause;
  }
  if (isLinked) removeName(from);
}

/**
 * Brings what lies in the trash into the folder, under a second name if it can have one. Left by a process that dies, a second
 * name is cleared away; an only one is given to people, see `clearLeftovers`.
 */
function besideIt(share: ShareRoot, from: Entry, to: Entry, replaces: Item, { run, suffix }: Doer) {
  const nameOf = (tags: string[]) => workingName(ownerOf(share.disk, run), suffix, 'swap', tags);
  const at = (name: string): Entry => ({ folder: to.folder, name });
  const ours = from.folder.stats(from.name);
  const tags = ours ? [versionTag(ours, share.facts.traits.hasStableInodes), shortHash(replaces.version ?? '')] : [];
  const second = at(nameOf(tags));
  try {
    share.disk.link(placeOf(from), placeOf(second));
    return { swap: second, isLinked: true };
  } catch (cause) {
    if (!WITHOUT_LINKS.has(codeOf(cause) ?? '')) throw cause;
  }
  const only = at(nameOf([]));
  renameToFree(from, only);
  return { swap: only, isLinked: false };
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
