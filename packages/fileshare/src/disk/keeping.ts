import type { BigIntStats } from 'node:fs';
import type { Trash } from '@sluice/core/platform';
import { codeOf } from '../errors.js';
import { ended } from '../paths.js';
import { placeOf, type Entry } from './held-folder.js';
import { renameToFree, WITHOUT_LINKS } from './naming.js';
import { changedMeanwhile, isAt } from './replace.js';
import type { ShareRoot } from './share-root.js';
import { trashPathOf } from './trash.js';

/** A file that gives way to another one. */
export interface GivingWay {
  path: readonly string[];
  /** Where it is kept; null: nowhere. */
  trash: Trash | null;
  /** What is kept outlasts a loss of power from before the file loses its name. */
  isDurable: boolean;
}

type Matches = (stats: BigIntStats) => boolean;

/**
 * Lets a file give way to another one and keeps it in the trash, under the path that it had. It gets a second name there before
 * it loses its own, durable by then, so that no crash and no loss of power leaves it without one; where there are no second names, it is renamed once it has given
 * way. `replace` takes away what gave way, under the name that it has by then. Tells whether it is kept as it was to be.
 */
export function keepReplaced(
  share: ShareRoot,
  { path, trash, isDurable }: GivingWay,
  { to, isReplaced }: { to: Entry; isReplaced: Matches },
  replace: (take: (left: Entry) => void) => void,
): boolean {
  const place = trash && trashPathOf(path, trash);
  if (!place) {
    replace(removeName);
    return true;
  }
  const folder = share.holdOwn(place.slice(0, -1), isDurable);
  try {
    const kept = { folder, name: freeName(share, folder, to) };
    const way = new KeptFile(kept, linked(to, kept, isReplaced), isDurable);
    way.during(replace);
    return way.isKept;
  } finally {
    folder.close();
  }
}

class KeptFile {
  isKept = true;
  private hasGivenWay = false;

  constructor(
    private readonly kept: Entry,
    private readonly isLinked: boolean,
    private readonly isDurable: boolean,
  ) {}

  during(replace: (take: (left: Entry) => void) => void): void {
    try {
      if (this.isLinked) this.settle();
      replace((left) => this.take(left));
    } finally {
      if (this.isLinked && !this.hasGivenWay) this.forget();
    }
  }

  /** It has its own name still, and a second one does no harm where it cannot be taken away. */
  private forget(): void {
    try {
      removeName(this.kept);
    } catch {
      // What went wrong before is told.
    }
  }

  private take(left: Entry): void {
    this.hasGivenWay = true;
    if (this.isLinked) return removeName(left);
    try {
      renameToFree(left, this.kept);
    } catch {
      // Such as from another file system, from which nothing is copied.
      this.isKept = false;
      return removeName(left);
    }
    this.settle();
  }

  private settle(): void {
    if (this.isDurable) this.kept.folder.sync();
  }
}

export const removeName = (entry: Entry): void => entry.folder.disk.unlink(placeOf(entry));

/** A name in the trash that nothing has, or that an earlier try gave the file already. */
function freeName({ facts }: ShareRoot, folder: Entry['folder'], to: Entry): string {
  const own = facts.traits.hasStableInodes ? to.folder.stats(to.name) : null;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? to.name : ended(to.name, `~${count}`);
    const there = folder.stats(name);
    if (!there || (own && there.ino === own.ino && there.dev === own.dev)) return name;
  }
}

/** Gives the file its second name; false where it cannot have one. */
function linked(to: Entry, kept: Entry, isReplaced: Matches): boolean {
  try {
    to.folder.disk.link(placeOf(to), placeOf(kept));
  } catch (cause) {
    const code = codeOf(cause) ?? '';
    if (code === 'ENOENT') throw changedMeanwhile(to);
    if (code !== 'EEXIST' && !WITHOUT_LINKS.has(code)) throw cause;
    return code === 'EEXIST' && isAt(kept, isReplaced);
  }
  if (isAt(kept, isReplaced)) return true;
  removeName(kept);
  throw changedMeanwhile(to);
}
