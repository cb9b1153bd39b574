import { MAX_METADATA_RULES, type MappingEntry, type MetadataRule } from '@sluice/core/mapping';
import type { Transaction } from '../db/database.js';
import type { Context } from '../graphql/context.js';
import { notFound, Refusal, requireVersion } from '../problems.js';
import { readRows, type RowError } from './csv-rows.js';
import {
  ENTRY_COLUMNS,
  readEntries,
  readRuleRows,
  RULE_COLUMNS,
  type ImportCounts,
  type ReadTable,
} from './csv-tables.js';
import type { MappingService } from './mapping.service.js';
import { MAX_ROW_ERRORS } from './mapping.types.js';
import type { MappingSetRow } from '../db/row-types.js';
import { mergedRules } from './merged-rules.js';

export interface ImportRequest {
  mappingSetId: string;
  csv: string;
  /** Whether what the text does not name is deleted. */
  replaceAll: boolean;
  dryRun: boolean;
  /** Version of the set that the caller knows; null where any will do. */
  expectedVersion?: number | null;
}

export interface Imported extends ImportCounts {
  /** Null when a row cannot be used, and nothing was changed. */
  mappingSet: MappingSetRow | null;
  rowErrors: RowError[];
}

const NOTHING: ImportCounts = { addedCount: 0, replacedCount: 0, deletedCount: 0 };

/** Ends a transaction that was only to tell what it would do. */
class DryRun extends Error {
  constructor(readonly counts: ImportCounts) {
    super('The import was a dry run.');
  }
}

/** Fills mapping sets from CSV: all of it in one transaction, or nothing. */
export class ImportService {
  constructor(private readonly mappings: MappingService) {}

  async import(request: ImportRequest, context: Context): Promise<Imported> {
    const [row] = await this.mappings.store.byIds([request.mappingSetId]);
    if (!row) throw notFound('mapping set', 'mappingSetId');
    return row.kind === 'METADATA'
      ? this.carryOut(request, row, readTable(request.csv, RULE_COLUMNS, readRuleRows), context, this.importRules)
      : this.carryOut(request, row, readTable(request.csv, ENTRY_COLUMNS, readEntries), context, this.importEntries);
  }

  private async carryOut<T>(
    request: ImportRequest,
    row: MappingSetRow,
    { values, errors }: ReadTable<T>,
    context: Context,
    apply: Apply<T>,
  ): Promise<Imported> {
    if (errors.length > 0) return { mappingSet: null, ...NOTHING, rowErrors: errors.slice(0, MAX_ROW_ERRORS) };
    let counts = NOTHING;
    try {
      const mappingSet = await this.mappings.change(row.id, 'mappingSetId', context, async (tx, locked) => {
        requireVersion(locked, request.expectedVersion);
        const applied = await apply(tx, locked, values, request.replaceAll);
        counts = applied.counts;
        if (request.dryRun) throw new DryRun(counts);
        return applied.fields;
      });
      return { mappingSet, ...counts, rowErrors: [] };
    } catch (error) {
      if (!(error instanceof DryRun)) throw error;
      return { mappingSet: row, ...error.counts, rowErrors: [] };
    }
  }

  private readonly importEntries: Apply<MappingEntry> = async (tx, row, entries, replaceAll) => {
    const before = new Map(
      (await this.mappings.entries.all([row.id], tx))
        .get(row.id)
        ?.map((entry) => [entry.sourceKey, entry.destinationKey]),
    );
    const changed = entries.filter(({ sourceKey, destinationKey }) => before.get(sourceKey) !== destinationKey);
    const added = changed.filter(({ sourceKey }) => !before.has(sourceKey)).length;
    const named = new Set(entries.map(({ sourceKey }) => sourceKey));
    const deleted = replaceAll ? [...before.keys()].filter((key) => !named.has(key)) : [];
    await this.mappings.entries.deleteBySource(tx, row.id, deleted);
    await this.mappings.entries.upsert(tx, row.id, changed);
    await this.mappings.requireRoom(tx, row.id);
    const counts = { addedCount: added, replacedCount: changed.length - added, deletedCount: deleted.length };
    return { counts, fields: {} };
  };

  private readonly importRules: Apply<MetadataRule> = async (_, row, rules, replaceAll) => {
    const { metadataRules, counts } = mergedRules(row.metadataRules, rules, replaceAll);
    if (metadataRules.length > MAX_METADATA_RULES)
      throw new Refusal({ code: 'LIMIT_EXCEEDED', message: `A set has at most ${MAX_METADATA_RULES} rules.` });
    return { counts, fields: { metadataRules } };
  };
}

type Apply<T> = (
  tx: Transaction,
  row: MappingSetRow,
  values: readonly T[],
  replaceAll: boolean,
) => Promise<{ counts: ImportCounts; fields: Partial<MappingSetRow> }>;

function readTable<T>(
  csv: string,
  columns: readonly string[],
  read: (rows: ReturnType<typeof readRows>['rows']) => ReadTable<T>,
): ReadTable<T> {
  const { rows, errors } = readRows(csv, columns);
  const table = read(rows);
  const all = [...errors, ...table.errors].sort((one, other) => one.line - other.line);
  return { values: table.values, errors: all };
}
