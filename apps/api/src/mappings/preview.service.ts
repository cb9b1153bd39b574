import type { Mapping, Outcome } from '@sluice/core/mapping';
import { PlatformError, type Call, type Item, type Platform, type PlatformKind } from '@sluice/core/platform';
import { addressOf, entryOf } from '../connections/browse.js';
import type { AddressInput } from '../connections/remote.types.js';
import { inputError } from '../graphql/input-error.js';
import { compileMapping } from './compiled.js';
import type { MappingService } from './mapping.service.js';
import type { MappingPreviewRow } from './mapping.types.js';

/** Rows of the largest preview. */
export const MAX_MAPPING_PREVIEW_ROWS = 200;
/** So many items are looked at for the rows. */
const MAX_LISTED_ITEMS = 2_000;

export interface MappingPreviewRequest {
  mappingSetId: string;
  location: { connectionId: string; at?: AddressInput | null };
  /** Most rows. */
  first: number;
}

/** The part of connections that a preview uses. */
export interface PreviewedConnections {
  byIds(ids: readonly string[]): Promise<({ platform: PlatformKind } | null)[]>;
  open(connectionId: string): Promise<Platform>;
}

/** What a mapping set does to the first items of a location that it says something about, by the code that a run has. */
export class PreviewService {
  /** The connection to which jobs take what they read with the set from a connection; null where none does. */
  destinationOf: (setId: string, connectionId: string) => Promise<string | null> = async () => null;

  constructor(
    private readonly mappings: MappingService,
    private readonly connections: PreviewedConnections,
  ) {}

  /** Null where there is no such set or connection. Throws `PlatformError` when a platform cannot be asked. */
  async preview(request: MappingPreviewRequest, call: Call): Promise<MappingPreviewRow[] | null> {
    const { connectionId, at } = request.location;
    const first = rowsOf(request.first);
    const [set] = await this.mappings.complete([request.mappingSetId]);
    const [[row], [stored]] = await Promise.all([
      this.connections.byIds([connectionId]),
      this.mappings.store.byIds([request.mappingSetId]),
    ]);
    if (!set || !stored || !row) return null;
    if (row.platform !== stored.sourcePlatform)
      throw inputError(['location', 'connectionId'], `is wrong: the set translates from ${stored.sourcePlatform}.`);
    const destinationId = await this.destinationOf(set.id, connectionId);
    const source = await this.connections.open(connectionId);
    const destination = destinationId === null ? null : await this.connections.open(destinationId);
    const mapping = await compileMapping([set], { source, destination }, call);
    return rowsIn(mapping, source, addressOf(at), first, call);
  }
}

function rowsOf(first: number): number {
  if (first >= 1 && first <= MAX_MAPPING_PREVIEW_ROWS) return first;
  throw inputError(['first'], `is wrong: ask for 1 to ${MAX_MAPPING_PREVIEW_ROWS} rows.`);
}

async function rowsIn(
  mapping: Mapping,
  platform: Platform,
  folder: ReturnType<typeof addressOf>,
  first: number,
  call: Call,
): Promise<MappingPreviewRow[]> {
  const root = await platform.find(folder, call);
  if (root?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The platform has no such folder.');
  const rows: MappingPreviewRow[] = [];
  let listed = 0;
  for await (const entry of platform.source?.list({ folder, details: mapping.details }, call) ?? []) {
    if (entry.type !== 'item') continue;
    rows.push(...mapping.outcomes(entry.item).map((outcome) => rowOf(entry.item, outcome)));
    listed += 1;
    if (rows.length >= first || listed >= MAX_LISTED_ITEMS) break;
  }
  return rows.slice(0, first);
}

function rowOf(item: Item, outcome: Outcome): MappingPreviewRow {
  const { destinationField, sourceValue, destinationValue, match, problem } = outcome;
  return {
    entry: entryOf(item),
    destinationField,
    sourceValue,
    destinationValue,
    match,
    problem: problem?.message ?? null,
  };
}
