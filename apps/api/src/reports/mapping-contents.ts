import type { MappingSetRow, ReportRow } from '../db/row-types.js';
import { LARGE_PAGE_ROWS, type PageArguments } from '../graphql/paging.js';
import { ENTRY_COLUMNS, entryCells, RULE_COLUMNS, ruleCells } from '../mappings/csv-tables.js';
import type { EntryStore } from '../mappings/entry.store.js';
import type { MappingStore } from '../mappings/mapping.store.js';
import { Refusal } from '../problems.js';
import type { Rows } from './lines.js';
import { pages } from './pages.js';

type Subject = Pick<ReportRow, 'subjectId'>;

/** The entries or rules of a mapping set, in the columns that an import of it reads. */
export class MappingContents {
  constructor(
    private readonly sets: Pick<MappingStore, 'byIds'>,
    private readonly entries: Pick<EntryStore, 'page'>,
  ) {}

  /** Throws a `Refusal` when the set is gone. */
  async columns({ subjectId }: Subject): Promise<readonly string[]> {
    return hasRules(await this.require(subjectId)) ? RULE_COLUMNS : ENTRY_COLUMNS;
  }

  /** Throws a `Refusal` when the set is gone, or is changed meanwhile. */
  async *rows({ subjectId }: Subject): Rows {
    const set = await this.require(subjectId);
    const read = (page: PageArguments) => this.entries.page(set.id, null, page);
    if (hasRules(set)) yield set.metadataRules.map(ruleCells);
    else for await (const nodes of pages(read, LARGE_PAGE_ROWS)) yield nodes.map(entryCells);
    if ((await this.require(subjectId)).version !== set.version) throw changed();
  }

  private async require(id: string): Promise<MappingSetRow> {
    const [set] = await this.sets.byIds([id]);
    if (!set) throw new Refusal({ code: 'NOT_FOUND', message: 'The mapping set is no longer there.' });
    return set;
  }
}

const hasRules = ({ kind }: MappingSetRow) => kind === 'METADATA';

function changed(): Refusal {
  const message = 'The mapping set was changed while the report was made. Make the report again.';
  return new Refusal({ code: 'INVALID', message, isRetryable: true });
}
