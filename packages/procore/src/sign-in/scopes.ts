import { PlatformError } from '@sluice/core/platform';
import type { Call, Scopes } from '@sluice/core/platform';
import type { ProcoreClient, Query, Reply } from '../api/client.js';
import { statusOf } from '../errors.js';
import { countOf, idOf, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';

const COMPANIES_PER_PAGE = 100;
const PROJECTS_PER_PAGE = 300;
const MOST_PAGES = 200;

type Choice = Awaited<ReturnType<Scopes['list']>>[number];

/** Companies, and the active projects of one, that the account may see. */
export class ProcoreScopes implements Scopes {
  constructor(private readonly client: ProcoreClient) {}

  async list(parentId: string | null, search: string | null, call: Call): Promise<Choice[]> {
    const choices = parentId === null ? await this.companies(call) : await this.projects(parentId, call);
    const wanted = search?.trim().toLowerCase() ?? '';
    return choices.filter(({ name, detail }) => `${name} ${detail ?? ''}`.toLowerCase().includes(wanted));
  }

  private companies(call: Call): Promise<Choice[]> {
    return allRows((paging) => this.client.companies(paging, call), COMPANIES_PER_PAGE);
  }

  private async projects(companyId: string, call: Call): Promise<Choice[]> {
    const read = (version: 'v1.0' | 'v1.1') =>
      allRows((paging) => this.client.projects(version, companyId, paging, call), PROJECTS_PER_PAGE);
    return read('v1.1').catch((error: unknown) => {
      if (![400, 404, 405, 406, 410].includes(statusOf(error) ?? 0)) throw error;
      return read('v1.0');
    });
  }
}

/** Reads until the platform's count is reached, or a page brings nothing new. */
async function allRows(fetchPage: (paging: Query) => Promise<Reply>, perPage: number): Promise<Choice[]> {
  const found = new Map<string, Choice>();
  for (let page = 1, read = 0; page <= MOST_PAGES; page += 1) {
    const { json, headers } = await fetchPage({ page, per_page: perPage });
    const rows = rowsOf(json);
    if (!rows) throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a list.');
    const before = found.size;
    for (const row of rows) addChoice(found, recordOf(row));
    read += rows.length;
    const total = countOf(headers.get('total'));
    const isShort = rows.length < (countOf(headers.get('per-page')) || perPage);
    if (found.size === before || (total === null ? isShort : read >= total)) break;
  }
  return [...found.values()];
}

function addChoice(found: Map<string, Choice>, row: Json | null): void {
  const id = idOf(row?.['id']);
  if (!row || id === null) return;
  const name = textOf(row['name']) ?? textOf(row['display_name']) ?? id;
  found.set(id, { id, name, detail: textOf(row['project_number']) });
}
