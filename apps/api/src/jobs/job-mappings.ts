import { MAX_SETS } from '@sluice/core/mapping';
import type { Capability, DirectoryKind, PlatformKind } from '@sluice/core/platform';
import type { Transaction } from '../db/database.js';
import type { MappingSetRow } from '../db/row-types.js';
import type { Problems } from '../problems.js';
import type { Issue } from './issues.js';

/** The part of mappings that jobs use. */
export interface MappingAccess {
  /** Sets in the order of the ids, null for one that does not exist. */
  byIds(ids: readonly string[]): Promise<(MappingSetRow | null)[]>;
  /** Keeps sets from being removed until the transaction ends; those that do not exist are left out. */
  lockAll(tx: Transaction, ids: readonly string[]): Promise<{ id: string }[]>;
}

/** Platforms of both places; `destination`: null for a scan. Null also where a connection does not exist, which is told elsewhere. */
export interface BothPlatforms {
  source: PlatformKind | null;
  destination: PlatformKind | null;
  hasDestination: boolean;
}

const FIELD = ['input', 'mappingSetIds'];

/** Adds what is wrong with the sets that a job asks for. */
export async function checkMappings(
  mappings: MappingAccess,
  ids: readonly string[],
  platforms: BothPlatforms,
  problems: Problems,
): Promise<void> {
  if (ids.length > MAX_SETS) return problems.add('TOO_LONG', FIELD, `Give at most ${MAX_SETS} mapping sets.`);
  const rows = await mappings.byIds(ids);
  ids.forEach((id, index) => {
    const field = [...FIELD, index];
    const row = rows[index];
    if (!row) problems.add('NOT_FOUND', field, 'There is no such mapping set.');
    else if (ids.indexOf(id) < index) problems.add('INVALID', field, 'Name each mapping set once.');
    else for (const message of misfits(row, platforms)) problems.add('INVALID', field, message);
  });
}

function misfits({ name, sourcePlatform, destinationPlatform }: MappingSetRow, platforms: BothPlatforms): string[] {
  const { source, destination, hasDestination } = platforms;
  if (!hasDestination) return ['A SCAN writes nothing that could be mapped; leave mapping sets out.'];
  return [
    ...(source === null || source === sourcePlatform
      ? []
      : [`The set “${name}” translates from ${sourcePlatform}, and the source is ${source}.`]),
    ...(destination === null || destination === destinationPlatform
      ? []
      : [`The set “${name}” translates to ${destinationPlatform}, and the destination is ${destination}.`]),
  ];
}

/** Adds NOT_FOUND for each set that was removed since it was looked at, and keeps the others. */
export async function holdMappings(
  mappings: MappingAccess,
  tx: Transaction,
  ids: readonly string[],
  problems: Problems,
): Promise<void> {
  if (ids.length === 0 || !problems.isEmpty) return;
  const found = new Set((await mappings.lockAll(tx, ids)).map(({ id }) => id));
  ids.forEach((id, index) => {
    if (!found.has(id)) problems.add('NOT_FOUND', [...FIELD, index], 'There is no such mapping set.');
  });
}

/** What a destination has to keep for a set of that kind to write anything; names alone are translated for reports and fields. */
const NEEDED: Readonly<Partial<Record<DirectoryKind, { capability: Capability; told: string }>>> = {
  METADATA: { capability: 'METADATA_MAP', told: 'keeps no metadata' },
  TAG: { capability: 'TAGS_MAP', told: 'keeps no tags' },
};

/** Sets that have no effect, because the destination keeps nothing of what they write. */
export function mappingIssues(
  sets: readonly (MappingSetRow | null)[],
  capabilities: Readonly<Record<Capability, { level: string }>> | null,
): Issue[] {
  return sets.flatMap((set, index) => {
    const needed = set && NEEDED[set.kind];
    if (!needed || !capabilities || capabilities[needed.capability].level !== 'NONE') return [];
    const message = `The destination ${needed.told}, so the mapping set “${set.name}” writes nothing there.`;
    return warning(message, ['mappingSetIds', String(index)], needed.capability);
  });
}

const warning = (message: string, field: string[], capability: Capability): Issue => ({
  severity: 'WARNING',
  code: 'CAPABILITY_MISSING',
  message,
  field,
  capability,
  limit: null,
  itemCount: null,
});
