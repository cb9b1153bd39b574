import type { Item } from '@sluice/core/platform';
import { changed } from '../errors.js';
import type { HeldFolder } from './held-folder.js';
import { keptFields } from './manifest.js';
import type { ShareRoot } from './share-root.js';

/**
 * The file with each content that stands beside it by the manifest of its folder, oldest first; the last is the item itself.
 * Throws `CHANGED_DURING_READ` where it is another version by now.
 */
export function versionsOf(share: ShareRoot, item: Item): Item[] {
  return share.within(item.path.slice(0, -1), (folder) => {
    const name = item.path.at(-1) ?? '';
    const stats = folder.stats(name);
    const now = stats && share.itemOf(item.path, stats);
    if (now?.version !== item.version) throw changed(item.path);
    const manifest = share.manifestIn(folder, { fields: ['versionNotes'], tags: false });
    const formers = manifest?.formersOf(name) ?? [];
    return [
      ...formers.flatMap((former) => formerContent(share, folder, item, former, manifest?.of(former) ?? {})),
      item,
    ];
  });
}

function formerContent(
  share: ShareRoot,
  folder: HeldFolder,
  item: Item,
  name: string,
  kept: Parameters<typeof keptFields>[0],
): Item[] {
  const stats = folder.stats(name);
  const there = stats && share.itemOf([...folder.path, name], stats);
  if (there?.kind !== 'FILE') return [];
  const { size, version, modifiedAt, modifiedNanoseconds, createdAt } = there;
  const { versionNotes } = keptFields(kept);
  const { formerVersions: _count, formerSizes: _sizes, fields: _fields, ...file } = item;
  return [
    {
      ...file,
      ...{ size, version, modifiedAt, createdAt, handle: name, isFormer: true },
      ...(modifiedNanoseconds === undefined ? {} : { modifiedNanoseconds }),
      ...(versionNotes === undefined ? {} : { fields: { versionNotes } }),
    },
  ];
}
