import { suggestions, type Suggestion } from '@sluice/core/mapping';
import type { Call, DirectoryKind } from '@sluice/core/platform';
import { inputError } from '../graphql/input-error.js';
import type { MappingSetRow } from '../db/row-types.js';
import { namesOf } from './compiled.js';
import type { MappingService } from './mapping.service.js';
import type { PreviewedConnections } from './preview.service.js';

/** Suggestions of the longest answer. */
export const MAX_SUGGESTIONS = 200;
/** So many names of the source are compared with those of the destination. */
const MAX_COMPARED_NAMES = 2_000;

export interface SuggestionRequest {
  kind: DirectoryKind;
  sourceConnectionId: string;
  destinationConnectionId: string;
  /** What this set decides is left out. */
  mappingSetId: string | null;
  /** Part of the name at the source. */
  search: string | null;
  /** Most suggestions; the bounds of pages hold for it. */
  first: number;
}

/** Names of one platform with those of another one that are most like them, for people who fill a mapping set. */
export class SuggestionService {
  constructor(
    private readonly mappings: MappingService,
    private readonly connections: PreviewedConnections,
  ) {}

  /** Null where there is no such set or connection. Throws `PlatformError` when a platform cannot be asked. */
  async suggest(request: SuggestionRequest, call: Call): Promise<Suggestion[] | null> {
    const { kind, sourceConnectionId, destinationConnectionId, search, first } = request;
    const [source, destination] = await this.connections.byIds([sourceConnectionId, destinationConnectionId]);
    if (!source || !destination) return null;
    const stored = await this.storedSet(request.mappingSetId);
    if (stored === undefined) return null;
    if (stored) requireFit(stored, { kind, source: source.platform, destination: destination.platform });
    const [from, to] = await Promise.all([
      this.names(sourceConnectionId, kind, call, { search, limit: MAX_COMPARED_NAMES }),
      this.names(destinationConnectionId, kind, call),
    ]);
    const [set = null] = stored ? await this.mappings.complete([stored.id]) : [];
    return suggestions(from, to, set).slice(0, first);
  }

  /** Null where none is asked for, undefined where it is not there. */
  private async storedSet(id: string | null): Promise<MappingSetRow | null | undefined> {
    if (id === null) return null;
    const [row] = await this.mappings.store.byIds([id]);
    return row ?? undefined;
  }

  private async names(
    connectionId: string,
    kind: DirectoryKind,
    call: Call,
    which: Parameters<typeof namesOf>[3] = {},
  ) {
    return (await namesOf(await this.connections.open(connectionId), kind, call, which)) ?? [];
  }
}

type Sides = Pick<SuggestionRequest, 'kind'> & {
  source: MappingSetRow['sourcePlatform'];
  destination: MappingSetRow['destinationPlatform'];
};

function requireFit(row: MappingSetRow, { kind, source, destination }: Sides): void {
  if (row.kind !== kind) throw inputError(['kind'], `is wrong: the set translates ${row.kind}.`);
  if (row.sourcePlatform !== source)
    throw inputError(['sourceConnectionId'], `is wrong: the set translates from ${row.sourcePlatform}.`);
  if (row.destinationPlatform !== destination)
    throw inputError(['destinationConnectionId'], `is wrong: the set translates to ${row.destinationPlatform}.`);
}
