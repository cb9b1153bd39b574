import { wayTo } from '../compare/index.js';
import { splitEnding } from '../naming/name-key.js';
import { identityOf, type Capabilities, type Item } from '../platform/index.js';
import type { Policies } from './policies.js';
import { childKey, nameOf, parentKey, pathSegments } from './path-key.js';
import type { LedgerEntry } from './step.js';

/** Newest contents of one file that come at most: no platform's mistake about their number makes files without end. */
export const MAX_VERSION_FILES = 1_000;

/** How many of the newest contents of a file come, the former ones as files of their own; 1 where none does. */
export const mostVersionFiles = (
  { versionsAsFiles, maxVersions }: Pick<Policies, 'versionsAsFiles' | 'maxVersions'>,
  destination: Pick<Capabilities, 'VERSION_PRESERVATION'>,
): number =>
  wayTo('VERSION_PRESERVATION', destination, { versionsAsFiles, maxVersions }) === 'AS_FILES'
    ? Math.min(maxVersions ?? MAX_VERSION_FILES, MAX_VERSION_FILES)
    : 1;

/** What sets the name of such a file apart from that of the newest content. */
export const versionSuffix = (number: number): string => ` (v${number})`;

/**
 * Former contents of a listed file as files of their own, `name (v3).ext`, oldest first. What is known of each is its number: it
 * never changes, so that its identity and version follow from it; times are known once it is read, and so is a size that is not told.
 */
export function versionFilesOf(file: Item, most: number): Item[] {
  const { formerVersions = 0 } = file;
  const from = Math.max(1, formerVersions + 2 - most);
  const count = Math.max(0, formerVersions + 1 - from);
  return Array.from({ length: count }, (_, index) => versionFile(file, from + index));
}

function versionFile(
  { formerVersions: _count, formerSizes, fields: _fields, tags: _tags, ...file }: Item,
  number: number,
): Item {
  const { base, extension } = splitEnding(nameOf(file), 'FILE');
  return {
    ...file,
    identity: { value: versionId(identityOf(file), number), strength: file.identity?.strength ?? 'LASTING' },
    path: [...file.path.slice(0, -1), base + versionSuffix(number) + extension],
    version: `version ${number}`,
    versionNumber: number,
    metaVersion: null,
    description: null,
    lock: null,
    size: formerSizes?.[number - 1] ?? null,
    ...{ sha256: null, modifiedAt: null, createdAt: null, handle: null },
  };
}

const versionId = (file: string, number: number) => `${file}@v${number}`;

/** A former content of a file as a file of its own. */
export type VersionFile = Item & { versionNumber: number };

export const isVersionFile = (item: Item): item is VersionFile => item.versionNumber !== undefined;

/** Identity of the file whose former content the item is. */
export const fileIdentityOf = (item: VersionFile): string =>
  identityOf(item).slice(0, -versionId('', item.versionNumber).length);

/** The name of the file whose former content the item is. */
export function fileNameOf(item: VersionFile): string {
  return nameWithout(nameOf(item), versionSuffix(item.versionNumber))!;
}

/** An entry of the ledger for a former content as if it were of its file, which tells what became of both; null for any other. */
export function fileOfVersion(entry: LedgerEntry): LedgerEntry | null {
  const number = /@v(\d+)$/.exec(entry.sourceId)?.[1];
  if (number === undefined || entry.kind !== 'FILE') return null;
  const name = nameWithout(pathSegments(entry.sourceKey).at(-1) ?? '', versionSuffix(Number(number)));
  if (name === null) return null;
  const sourceId = entry.sourceId.slice(0, -versionId('', Number(number)).length);
  return { ...entry, sourceId, sourceKey: childKey(parentKey(entry.sourceKey) ?? '', name) };
}

function nameWithout(name: string, suffix: string): string | null {
  const { base, extension } = splitEnding(name, 'FILE');
  return base.endsWith(suffix) ? base.slice(0, -suffix.length) + extension : null;
}
