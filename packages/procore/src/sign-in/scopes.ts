import type { Call, Scopes } from '@sluice/core/platform';
import { allRows } from '../api/all-rows.js';
import type { ProcoreClient } from '../api/client.js';
import type { Query } from '../api/sender.js';
import { statusOf } from '../errors.js';
import { flagOf, idOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { AccessLadder } from './ladder.js';

const COMPANIES_PER_PAGE = 100;
const PROJECTS_PER_PAGE = 300;

type Choice = Awaited<ReturnType<Scopes['list']>>[number];

/** Companies, and the projects of one, that the account may see; free companies and inactive projects too. */
export class ProcoreScopes implements Scopes {
  constructor(
    private readonly client: ProcoreClient,
    private readonly ladder: AccessLadder,
  ) {}

  /** Throws what refuses the account, with its remedy. A service account sees its one company only. */
  async list(parentId: string | null, search: string | null, call: Call): Promise<Choice[]> {
    const wanted = search?.trim() ?? '';
    try {
      const choices = parentId === null ? await this.companies(call) : await this.projects(parentId, wanted, call);
      return choices.filter((choice) => contains(choice, wanted));
    } catch (error) {
      throw await this.ladder.explainedInCompany(error, parentId, call);
    }
  }

  private companies(call: Call): Promise<Choice[]> {
    this.ladder.assertCompany();
    const query = { include_free_companies: true };
    return allRows((paging) => this.client.companies({ ...query, ...paging }, call), COMPANIES_PER_PAGE, readChoice);
  }

  /**
   * Asks Procore for the name first, which may mean exactly this name or one that contains it; numbers, and parts of names
   * where it means the former, are looked for among all projects.
   */
  private async projects(companyId: string, wanted: string, call: Call): Promise<Choice[]> {
    const named = wanted === '' ? [] : await this.projectsOf(companyId, { 'filters[name]': wanted }, call);
    const isPart = named.some(({ name }) => name.toLowerCase() !== wanted.toLowerCase() && contains({ name }, wanted));
    if (isPart) return named;
    const all = [...named, ...(await this.projectsOf(companyId, {}, call))];
    return [...new Map(all.map((choice) => [choice.id, choice])).values()];
  }

  private async projectsOf(companyId: string, filters: Query, call: Call): Promise<Choice[]> {
    const query = { 'filters[by_status]': 'All', ...filters };
    const read = (version: 'v1.0' | 'v1.1', more: Query) =>
      allRows(
        (paging) => this.client.projects(version, companyId, { ...more, ...paging }, call),
        PROJECTS_PER_PAGE,
        readChoice,
      );
    return read('v1.1', query).catch((error: unknown) => {
      if (![400, 404, 405, 406, 410].includes(statusOf(error) ?? 0)) throw error;
      return read('v1.0', {});
    });
  }
}

function contains({ name, detail }: { name: string; detail?: string | null }, wanted: string): boolean {
  return `${name} ${detail ?? ''}`.toLowerCase().includes(wanted.toLowerCase());
}

function readChoice(row: Json): { key: string; value: Choice } | null {
  const id = idOf(row['id']);
  if (id === null) return null;
  const name = textOf(row['name']) ?? textOf(row['display_name']) ?? id;
  const marks = [textOf(row['project_number']), flagOf(row['active']) === false ? 'inactive' : null];
  return { key: id, value: { id, name, detail: textOf(marks.filter(Boolean).join(', ')) } };
}
