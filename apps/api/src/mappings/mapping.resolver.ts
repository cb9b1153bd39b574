import { MAX_METADATA_RULES, type Suggestion } from '@sluice/core/mapping';
import type { DirectoryKind, PlatformKind } from '@sluice/core/platform';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { BoundedArguments } from '../graphql/bounds.js';
import { hasScope, loaderOf, type Context } from '../graphql/context.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { PlatformKey } from '../graphql/enums.js';
import { ForwardPageArgs } from '../graphql/page-types.js';
import { LARGE_PAGE_ROWS, withTotal } from '../graphql/paging.js';
import { payload } from '../graphql/payload.js';
import { DeletePayload } from '../graphql/types.js';
import { LocationInput, MappingKindEnum } from '../connections/remote.types.js';
import { MAX_MAPPING_SETS, type MappingService } from './mapping.service.js';
import type { MappingSetRow } from '../db/row-types.js';
import {
  MappingEntryInput,
  MappingEntryPage,
  MappingImportPayload,
  MappingPreviewRow,
  MappingSetInput,
  MappingSetPayload,
  MappingSetType,
  MappingSuggestion,
  MetadataRuleType,
} from './mapping.types.js';
import type { Imported, ImportService } from './import.service.js';
import { MAX_MAPPING_PREVIEW_ROWS, type PreviewService } from './preview.service.js';
import { ruleView } from './rule-view.js';
import { MAX_SUGGESTIONS, type SuggestionService } from './suggestion.service.js';

const CSV = { maxCharacters: 2 ** 20, isMultiline: true };

@Resolver(() => MappingSetType)
export class MappingResolver {
  constructor(
    private readonly service: MappingService,
    private readonly imports: ImportService,
    private readonly previews: PreviewService,
    private readonly suggested: SuggestionService,
  ) {}

  @Authorized('MAPPINGS_READ')
  @Query(() => MappingSetType, { nullable: true })
  mappingSet(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return loaderOf<MappingSetRow>(context, this.service, (ids) => this.service.byIds(ids)).load(id);
  }

  @Authorized('MAPPINGS_READ')
  @AtMost(MAX_MAPPING_SETS)
  @Query(() => [MappingSetType], { nullable: true })
  mappingSets(@Arg('kinds', () => [MappingKindEnum], { nullable: true }) kinds: DirectoryKind[] | null) {
    return this.service.list(kinds ?? null);
  }

  @AtMost(MAX_MAPPING_PREVIEW_ROWS)
  @AsksPlatform()
  @Authorized('MAPPINGS_READ')
  @Query(() => [MappingPreviewRow], { nullable: true })
  async mappingPreview(
    @Arg('mappingSetId', () => ID) mappingSetId: string,
    @Arg('location', () => LocationInput) location: LocationInput,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Ctx() context: Context,
  ): Promise<MappingPreviewRow[] | null> {
    if (!hasScope(context, 'CONNECTIONS_READ')) return null;
    const { signal, requestId: owner } = context;
    return this.previews.preview({ mappingSetId, location, first }, { signal, priority: 'INTERACTIVE', owner });
  }

  @AtMost(MAX_SUGGESTIONS)
  @AsksPlatform()
  @Authorized('MAPPINGS_READ')
  @Query(() => [MappingSuggestion], { nullable: true })
  async mappingSuggestions(
    @Arg('kind', () => MappingKindEnum) kind: DirectoryKind,
    @Arg('sourceConnectionId', () => ID) sourceConnectionId: string,
    @Arg('destinationConnectionId', () => ID) destinationConnectionId: string,
    @Arg('mappingSetId', () => ID, { nullable: true }) mappingSetId: string | null,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Ctx() context: Context,
  ): Promise<Suggestion[] | null> {
    if (!hasScope(context, 'CONNECTIONS_READ')) return null;
    const { signal, requestId: owner } = context;
    const between = { kind, sourceConnectionId, destinationConnectionId, mappingSetId: mappingSetId ?? null };
    const request = { ...between, search: search ?? null, first };
    return this.suggested.suggest(request, { signal, priority: 'INTERACTIVE', owner });
  }

  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => MappingSetPayload, { nullable: true })
  mappingSetCreate(
    @Arg('kind', () => MappingKindEnum) kind: DirectoryKind,
    @Arg('sourcePlatform', () => PlatformKey) sourcePlatform: PlatformKind,
    @Arg('destinationPlatform', () => PlatformKey) destinationPlatform: PlatformKind,
    @Arg('input', () => MappingSetInput) input: MappingSetInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const made = { kind, sourcePlatform, destinationPlatform, input };
    return payload('mappingSet', () => this.service.create(made, key, context));
  }

  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => MappingSetPayload, { nullable: true })
  mappingSetUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => MappingSetInput) input: MappingSetInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    return payload('mappingSet', () => this.service.update(id, input, expectedVersion, context));
  }

  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => DeletePayload, { nullable: true })
  mappingSetDelete(
    @Arg('id', () => ID) id: string,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
  ) {
    return payload('deletedId', () => this.service.delete(id, expectedVersion));
  }

  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => MappingSetPayload, { nullable: true })
  mappingEntriesUpsert(
    @Arg('mappingSetId', () => ID) mappingSetId: string,
    @Arg('entries', () => [MappingEntryInput]) entries: MappingEntryInput[],
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    return payload('mappingSet', () => this.service.upsertEntries(mappingSetId, entries, expectedVersion, context));
  }

  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => MappingSetPayload, { nullable: true })
  mappingEntriesDelete(
    @Arg('mappingSetId', () => ID) mappingSetId: string,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    return payload('mappingSet', () => this.service.deleteEntries(mappingSetId, ids, expectedVersion, context));
  }

  @BoundedArguments({ csv: CSV })
  @Authorized('MAPPINGS_WRITE')
  @Mutation(() => MappingImportPayload, { nullable: true })
  async mappingImport(
    @Arg('mappingSetId', () => ID) mappingSetId: string,
    @Arg('csv', () => String) csv: string,
    @Arg('replaceAll', () => Boolean, { defaultValue: false }) replaceAll: boolean,
    @Arg('dryRun', () => Boolean, { defaultValue: false }) dryRun: boolean,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null,
    @Ctx() context: Context,
  ) {
    const request = { mappingSetId, csv, replaceAll, dryRun, expectedVersion };
    const { imported, userErrors } = await payload('imported', () => this.imports.import(request, context));
    return { ...(imported ?? NOT_IMPORTED), userErrors };
  }

  @FieldResolver(() => MappingEntryPage)
  @AtMost(LARGE_PAGE_ROWS)
  async entries(
    @Root() { id }: MappingSetRow,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ) {
    const found = await this.service.entries.page(id, search ?? null, page);
    return withTotal(found, () => this.service.entries.count(id, search ?? null));
  }

  @AtMost(MAX_METADATA_RULES)
  @FieldResolver(() => [MetadataRuleType])
  metadataRules(@Root() { metadataRules }: MappingSetRow): MetadataRuleType[] {
    return metadataRules.map(ruleView);
  }
}

const NOT_IMPORTED: Imported = { mappingSet: null, addedCount: 0, replacedCount: 0, deletedCount: 0, rowErrors: [] };
