import { childKey, parentKey, segmentOf } from '../plan/path-key.js';
import type { LedgerEntry } from '../plan/step.js';
import type { Fingerprints } from '../platform/index.js';

/** What the ledger knows of a child of a folder, as far as it is compared. */
export interface KnownChild extends Pick<
  LedgerEntry,
  'sourceId' | 'sourceVersion' | 'sourceMetaVersion' | 'destinationId' | 'destinationVersion'
> {
  isFolder: boolean;
  /** Last part of its key at the source. */
  sourceName: string;
  /** Key of the folder that holds it at the destination, and last part of its own key there. */
  destinationFolder: string;
  destinationName: string;
}

export function knownChildOf({ kind, sourceKey, destinationKey, ...facts }: LedgerEntry): KnownChild {
  return {
    isFolder: kind === 'FOLDER',
    sourceName: lastPart(sourceKey),
    destinationFolder: parentKey(destinationKey) ?? '',
    destinationName: lastPart(destinationKey),
    ...facts,
  };
}

const lastPart = (key: string) => key.slice(key.lastIndexOf('/') + 1);

/** A source folder whose children are all as the ledger knows them, on both sides. */
export interface SettledFolder {
  /** Key of the folder at the destination that holds their other halves. */
  destinationKey: string;
  /** Keys of the folders among them. */
  folders: { sourceKey: string; destinationKey: string }[];
}

/** What is compared of the children of one destination folder, by name. */
export class ChildFingerprints {
  private readonly byName: ReadonlyMap<string, number>;
  /** Whether two of them have one name there. */
  readonly shareNames: boolean;

  /** `keyOf` is equal for names that are equal there. */
  constructor(
    private readonly fingerprints: Fingerprints,
    keyOf: (name: string) => string,
  ) {
    this.byName = placesOf(fingerprints);
    this.shareNames = shareKeys(fingerprints.names, keyOf);
  }

  has(name: string, { isFolder, destinationId, destinationVersion }: KnownChild): boolean {
    const index = this.byName.get(name);
    if (index === undefined || this.fingerprints.ids[index] !== destinationId) return false;
    return isAsKnown(isFolder, this.fingerprints, index, destinationVersion);
  }
}

/** Whether two of the names are equal where `keyOf` is. */
export const shareKeys = (names: readonly string[], keyOf: (name: string) => string): boolean =>
  new Set(names.map(keyOf)).size < names.length;

function placesOf({ names }: Fingerprints): Map<string, number> {
  const places = new Map<string, number>();
  for (let index = 0; index < names.length; index++) places.set(names[index]!, index);
  return places;
}

/**
 * Compares the children of a source folder with the ledger and the destination: by identity, version, place and name. What the
 * ledger knows comes child by child, so that a folder of any size is compared in portions.
 */
export class FolderComparison {
  /** Places of the children that the ledger did not name yet. */
  private readonly open: Map<string, number>;
  private destinationKey: string | null = null;
  private readonly folders: string[] = [];
  private isDifferent: boolean;

  constructor(
    private readonly key: string,
    private readonly source: Fingerprints,
  ) {
    this.open = placesOf(source);
    // What is told twice is looked at item by item.
    this.isDifferent = this.open.size < source.names.length;
  }

  /** Key of the destination folder that the child is to be compared with; null where nothing is left to compare. */
  otherHalfOf({ sourceName, destinationFolder }: KnownChild): string | null {
    if (this.isDifferent) return null;
    if (this.destinationKey === null && this.open.has(segmentOf(sourceName))) this.destinationKey = destinationFolder;
    return this.destinationKey;
  }

  /** `there`: what was listed in the folder of `otherHalfOf`. */
  compare(child: KnownChild, there: ChildFingerprints | undefined): void {
    const name = segmentOf(child.sourceName);
    const index = this.open.get(name);
    // What the ledger knows of an item that is gone decides nothing here.
    if (index === undefined || this.isDifferent) return;
    this.open.delete(name);
    const isSettled = this.isSettled(child, index) && there && !there.shareNames && there.has(name, child);
    if (!isSettled) this.isDifferent = true;
    else if (child.isFolder) this.folders.push(name);
  }

  private isSettled(child: KnownChild, index: number): boolean {
    const { sourceName, destinationName, destinationFolder, sourceId, sourceVersion, isFolder } = child;
    const isInPlace = destinationName === sourceName && destinationFolder === this.destinationKey;
    if (!isInPlace || this.source.ids[index] !== sourceId) return false;
    return isAsKnown(isFolder, this.source, index, sourceVersion) && !isDescribedAnew(this.source, index, child);
  }

  /** Null as soon as one child differs, and where the ledger lacks one; then each is looked at by itself. */
  get settled(): SettledFolder | null {
    const { key, destinationKey, isDifferent } = this;
    if (isDifferent || this.open.size > 0 || destinationKey === null) return null;
    const folders = this.folders.map((name) => ({
      sourceKey: childKey(key, name),
      destinationKey: childKey(destinationKey, name),
    }));
    return { destinationKey, folders };
  }
}

/** A description or a lock may have to follow. */
function isDescribedAnew({ described }: Fingerprints, index: number, { sourceMetaVersion }: KnownChild): boolean {
  const version = described?.[index] ?? null;
  return version !== null && version !== sourceMetaVersion;
}

/** A version that is not told proves nothing. */
function isAsKnown(isFolder: boolean, fingerprints: Fingerprints, index: number, version: string | null): boolean {
  if (fingerprints.isFolder[index] !== isFolder) return false;
  return isFolder || (version !== null && fingerprints.versions[index] === version);
}
