import { FolderNames, lengthOf, type Sibling } from '../naming/index.js';
import { placeOf } from '../pair/index.js';
import {
  fileNameOf,
  isVersionFile,
  nameOf,
  parentKey,
  pathSegments,
  versionSuffix,
  type LedgerEntry,
  type Rules,
} from '../plan/index.js';
import type { Limits } from '../platform/index.js';
import type { ListedChildren } from './listed-children.js';
import type { TargetFolder } from './placing.js';
import type { SourceChild } from './ports/index.js';

/** The names of a folder at the destination: its path from the connection's root, and what stands in it, null for a new one. */
export function namesOfFolder(
  path: readonly string[],
  children: ListedChildren | null,
  { limits, policies }: Rules,
): FolderNames {
  return new FolderNames({
    limits: path.length === 0 && children ? withSystemFolders(limits, children) : limits,
    rules: policies,
    parentPathLength: lengthOf(path.join('/'), limits.pathLengthUnit),
    occupied: children?.names() ?? [],
  });
}

/**
 * An item of a source folder with the name that it has in the destination folder already, which it keeps for as long as it stays
 * at its place at the source: what comes there from another folder brings its own name. `target`: null where nothing goes there.
 */
export function siblingOf({ key, item, ledger }: SourceChild, target: TargetFolder | null): Sibling {
  const isKept = ledger && target && isInPlace(key, ledger, target) && isIn(target.listedKey, ledger);
  const sibling = {
    name: nameOf(item),
    kind: item.kind,
    earlierName: isKept ? lastNameOf(ledger.destinationKey) : null,
  };
  if (!isVersionFile(item)) return sibling;
  return { ...sibling, beside: { name: fileNameOf(item), suffix: versionSuffix(item.versionNumber) } };
}

const lastNameOf = (key: string) => pathSegments(key).at(-1) ?? null;
const isIn = (folderKey: string | null, { destinationKey }: LedgerEntry) => parentKey(destinationKey) === folderKey;

/** Below a folder that keeps its place the ledger may have learned it before the folder's own. */
const isInPlace = (key: string, { sourceKey }: LedgerEntry, { formerKey }: TargetFolder): boolean =>
  sourceKey === key || placeOf(key, sourceKey, { now: parentKey(key) ?? '', known: formerKey }) === 'here';

/** Folders that the platform keeps for itself are called by other names in other languages: those that stand count too. */
function withSystemFolders(limits: Limits, children: ListedChildren): Limits {
  if (limits.reservedRootNames === undefined) return limits;
  const kept: string[] = [];
  for (const [at, name] of [...children.names()].entries())
    if (children.kindAt(at) === 'FOLDER' && children.at(at).item.isReadOnly) kept.push(name);
  return { ...limits, reservedRootNames: [...limits.reservedRootNames, ...kept] };
}
