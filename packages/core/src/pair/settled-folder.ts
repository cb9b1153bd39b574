import { parentKey, pathKey } from '../plan/path-key.js';
import type { LedgerEntry } from '../plan/step.js';
import type { Fingerprints } from '../platform/index.js';

/** What the ledger knows of a child of a folder, as far as it is compared. */
export type KnownChild = Pick<
  LedgerEntry,
  | 'kind'
  | 'sourceKey'
  | 'sourceId'
  | 'sourceVersion'
  | 'sourceMetaVersion'
  | 'destinationKey'
  | 'destinationId'
  | 'destinationVersion'
>;

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
    this.byName = new Map(fingerprints.names.map((name, index) => [name, index]));
    this.shareNames = new Set(fingerprints.names.map(keyOf)).size < fingerprints.names.length;
  }

  has(name: string, { kind, destinationId, destinationVersion }: KnownChild): boolean {
    const index = this.byName.get(name);
    if (index === undefined || this.fingerprints.ids[index] !== destinationId) return false;
    return isAsKnown(kind, this.fingerprints, index, destinationVersion);
  }
}

/**
 * Compares all children of a source folder with the ledger and the destination at once: by identity, version, place and
 * name. Null as soon as one of them differs, or is told twice; then each is looked at by itself.
 */
export function settledFolder(
  key: string,
  source: Fingerprints,
  known: readonly KnownChild[],
  destinations: ReadonlyMap<string, ChildFingerprints>,
): SettledFolder | null {
  const [first] = known;
  if (first === undefined || source.names.length > known.length) return null;
  const destinationKey = parentKey(first.destinationKey) ?? '';
  const there = destinations.get(destinationKey);
  if (!there || there.shareNames) return null;
  const open = new Map(known.map((child) => [child.sourceKey, child]));
  const [start, startThere] = [startOf(key), startOf(destinationKey)];
  const settled: SettledFolder = { destinationKey, folders: [] };
  for (const [index, name] of source.names.entries()) {
    const last = pathKey([name]);
    const child = open.get(start + last);
    if (!child || child.destinationKey !== startThere + last) return null;
    if (source.ids[index] !== child.sourceId || !isAsKnown(child.kind, source, index, child.sourceVersion)) return null;
    if (!there.has(name, child) || isDescribedAnew(source, index, child)) return null;
    if (child.kind === 'FOLDER') settled.folders.push(child);
    open.delete(child.sourceKey);
  }
  return settled;
}

const startOf = (key: string) => (key === '' ? '' : `${key}/`);

/** A description may have to follow. */
function isDescribedAnew({ described }: Fingerprints, index: number, { sourceMetaVersion }: KnownChild): boolean {
  const version = described?.[index] ?? null;
  return version !== null && version !== sourceMetaVersion;
}

/** A version that is not told proves nothing. */
function isAsKnown(
  kind: KnownChild['kind'],
  fingerprints: Fingerprints,
  index: number,
  version: string | null,
): boolean {
  if (fingerprints.isFolder[index] !== (kind === 'FOLDER')) return false;
  return kind === 'FOLDER' || (version !== null && fingerprints.versions[index] === version);
}
