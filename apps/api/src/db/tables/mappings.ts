import type { AutomaticMatch, MetadataRule, UnmappedPolicy } from '@sluice/core/mapping';
import type { DirectoryKind, PlatformKind } from '@sluice/core/platform';
import type { Kit } from '../kit.js';
import { ownedBy } from './owner.js';

/** Reusable translations between two platforms. */
export function mappingTables(kit: Kit) {
  const mappingSets = kit.table(
    'mapping_sets',
    {
      id: kit.text().primaryKey(),
      version: kit.int().notNull(),
      name: kit.text().notNull(),
      /** Lower case, for order and uniqueness. */
      nameKey: kit.text().notNull(),
      kind: kit.text().$type<DirectoryKind>().notNull(),
      sourcePlatform: kit.text().$type<PlatformKind>().notNull(),
      destinationPlatform: kit.text().$type<PlatformKind>().notNull(),
      automaticMatches: kit.json<AutomaticMatch[]>().notNull(),
      exclusions: kit.json<string[]>().notNull(),
      unmapped: kit.text().$type<UnmappedPolicy>().notNull(),
      defaultTarget: kit.text(),
      metadataRules: kit.json<MetadataRule[]>().notNull(),
      createdAt: kit.ts().notNull(),
      updatedAt: kit.ts().notNull(),
      updatedById: kit.text(),
    },
    (table) => [kit.uniqueIndex('mapping_sets_name').on(table.nameKey)],
  );
  const mappingEntries = kit.table(
    'mapping_entries',
    {
      id: kit.text().primaryKey(),
      setId: ownedBy(kit, () => mappingSets.id),
      sourceKey: kit.text().notNull(),
      destinationKey: kit.text().notNull(),
      /** Both names in lower case, for search. */
      searchKey: kit.text().notNull(),
    },
    (table) => [kit.uniqueIndex('mapping_entries_source').on(table.setId, table.sourceKey)],
  );
  return { mappingSets, mappingEntries };
}
