import { PlatformError } from '@sluice/core/platform';
import type { Call, FeedTarget } from '@sluice/core/platform';
import { allRows } from '../api/all-rows.js';
import { countOf, idOf, objectOf, recordOf, rowsOf, textOf, wireId } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { Query, Reply, Request, RequestSender } from '../api/sender.js';

/** The generation of Procore's addresses for webhooks; v1.0 is deprecated and may be the only one that is served. */
export type HookVersion = 'v2.0' | 'v1.0';

/** Marks the hooks of this product among those of other apps. */
const NAMESPACE = 'sluice';
const HOOKS_PER_PAGE = 100;

/** A hook as Procore tells of it. */
export interface Hook {
  id: string;
  url: string | null;
  isActive: boolean;
  /** Masked but for its end; null where it is not told. */
  authorization: string | null;
  triggerCount: number | null;
}

/** What a hook reports: a kind of object, and what happens to it. */
export interface Trigger {
  resource: string;
  event: 'create' | 'update' | 'delete';
}

export interface HookPlace {
  companyId: string;
  projectId: string;
}

/** The requests about hooks and triggers of one project, in either generation of addresses. */
export class HookRequests {
  constructor(
    private readonly sender: Pick<RequestSender, 'send'>,
    private readonly place: HookPlace,
    readonly version: HookVersion,
  ) {}

  hooks(call: Call): Promise<Hook[]> {
    const read = (paging: Query) => this.get('/hooks', 'list the webhooks', paging, call);
    return allRows(read, HOOKS_PER_PAGE, readHook);
  }

  /** Names of the kinds of objects that hooks of the project can report. */
  async resources(call: Call): Promise<string[]> {
    const query = this.isLatest ? { payload_version: 'v2.0' } : { api_version: 'v2' };
    const { json } = await this.get('/resources', 'list what webhooks report', query, call);
    return (rowsOf(json) ?? []).flatMap((row) => textOf(recordOf(row)?.['name'] ?? row) ?? []);
  }

  async makeHook({ url, authorization }: FeedTarget, call: Call): Promise<string> {
    const common = {
      namespace: NAMESPACE,
      destination_url: url,
      destination_headers: { Authorization: authorization },
    };
    const body = this.isLatest
      ? { payload_version: 'v2.0', ...common }
      : { ...this.inBody(), hook: { api_version: 'v2', ...common } };
    const { json } = await this.change('POST', '/hooks', 'make the webhook', body, call);
    const id = idOf(objectOf(json)?.['id']);
    if (id !== null) return id;
    throw new PlatformError('PLATFORM_ERROR', 'Procore made a webhook and did not tell which.');
  }

  async removeHook(id: string, call: Call): Promise<void> {
    await this.change('DELETE', `/hooks/${encodeURIComponent(id)}`, 'remove the webhook', undefined, call);
  }

  triggers(hookId: string, call: Call): Promise<Trigger[]> {
    const path = `/hooks/${encodeURIComponent(hookId)}/triggers`;
    const read = (paging: Query) => this.get(path, 'list what the webhook reports', paging, call);
    return allRows(read, HOOKS_PER_PAGE, readTrigger);
  }

  /** May add some and refuse others: what stands there afterwards is told by `triggers`. */
  async addTriggers(hookId: string, triggers: readonly Trigger[], call: Call): Promise<void> {
    const path = `/hooks/${encodeURIComponent(hookId)}/triggers/bulk`;
    const rows = triggers.map(wireTrigger);
    const body = this.isLatest ? rows : { ...this.inBody(), api_version: 'v2', triggers: rows };
    await this.change('POST', path, 'say what the webhook reports', body, call);
  }

  async addTrigger(hookId: string, trigger: Trigger, call: Call): Promise<void> {
    const path = `/hooks/${encodeURIComponent(hookId)}/triggers`;
    const row = wireTrigger(trigger);
    const body = this.isLatest ? row : { ...this.inBody(), api_version: 'v2', trigger: row };
    await this.change('POST', path, 'say what the webhook reports', body, call);
  }

  private get isLatest(): boolean {
    return this.version === 'v2.0';
  }

  private get base(): string {
    const { companyId, projectId } = this.place;
    const project = `companies/${encodeURIComponent(companyId)}/projects/${encodeURIComponent(projectId)}`;
    return this.isLatest ? `/rest/v2.0/${project}/webhooks` : '/rest/v1.0/webhooks';
  }

  private get inQuery(): Query {
    return this.isLatest ? {} : { project_id: this.place.projectId };
  }

  private inBody(): Json {
    return { project_id: wireId(this.place.projectId) };
  }

  private get(path: string, what: string, query: Query, call: Call): Promise<Reply> {
    const all = { ...this.inQuery, ...query };
    return this.sender.send({ method: 'GET', path: `${this.base}${path}`, what, query: all, isRepeatable: true }, call);
  }

  private change(
    method: 'POST' | 'DELETE',
    path: string,
    what: string,
    body: Request['body'],
    call: Call,
  ): Promise<Reply> {
    const query = method === 'DELETE' ? this.inQuery : {};
    return this.sender.send({ method, path: `${this.base}${path}`, what, query, body, isRepeatable: false }, call);
  }
}

const wireTrigger = ({ resource, event }: Trigger): Json => ({ resource_name: resource, event_type: event });

function readHook(row: Json): { key: string; value: Hook } | null {
  const id = idOf(row['id']);
  if (id === null) return null;
  const value: Hook = {
    id,
    url: textOf(row['destination_url']),
    isActive: row['status'] !== 'disabled',
    authorization: textOf(recordOf(row['destination_headers'])?.['Authorization']),
    triggerCount: countOf(row['trigger_count']),
  };
  return { key: id, value };
}

function readTrigger(row: Json): { key: string; value: Trigger } | null {
  const resource = textOf(row['resource_name']);
  const event = textOf(row['event_type']);
  if (resource === null || (event !== 'create' && event !== 'update' && event !== 'delete')) return null;
  return { key: `${resource} ${event}`, value: { resource, event } };
}
