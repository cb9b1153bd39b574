import { FolderNames, lengthOf, type Sibling } from '../naming/index.js';
import { nameOf, parentKey, pathSegments, type LedgerEntry, type Rules } from '../plan/index.js';
import type { Item, Limits } from '../platform/index.js';
import type { SourceChild, StagedItem } from './ports.js';

/** The names of a folder at the destination: its path from the connection's root, and what stands in it. */
export function namesOfFolder(
  path: readonly string[],
  children: readonly StagedItem[],
  { limits, policies }: Rules,
): FolderNames {
  return new FolderNames({
    limits: withSystemFolders(limits, path.length === 0 ? children : []),
    rules: policies,
    parentPathLength: lengthOf(path.join('/'), limits.pathLengthUnit),
    occupied: children.map(({ item }) => nameOf(item)),
  });
}

/** The items of a source folder with the names that earlier runs gave them in the destination folder of that key. */
export function siblingsOf(items: readonly SourceChild[], folderKey: string | null): Sibling[] {
  return items.map(({ item, ledger }) => ({
    name: nameOf(item),
    kind: item.kind,
    earlierName:
      ledger && isNamedAsBefore(item, ledger) && parentKey(ledger.destinationKey) === folderKey
        ? lastNameOf(ledger.destinationKey)
        : null,
  }));
}

const lastNameOf = (key: string) => pathSegments(key).at(-1) ?? null;
const isNamedAsBefore = (item: Item, { sourceKey }: LedgerEntry) => lastNameOf(sourceKey) === nameOf(item);

/** Folders that the platform keeps for itself are called by other names in other languages: those that stand count too. */
function withSystemFolders(limits: Limits, children: readonly StagedItem[]): Limits {
  if (limits.reservedRootNames === undefined) return limits;
  const kept = children.filter(({ item }) => item.kind === 'FOLDER' && item.isReadOnly).map(({ item }) => nameOf(item));
  return { ...limits, reservedRootNames: [...limits.reservedRootNames, ...kept] };
}
