/*
 * api/ is where the connector talks to Procore: the requests (this file), the reading of what comes back (json.ts,
 * adapter.ts), waits and repetitions, and what is known about the account while the platform is open (session.ts).
 */
import { InDoubtError, transferDelayMs } from '@sluice/core/http';
import type { ApiClient, ApiReply } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { appRefusal, refusal } from '../errors.js';
import { below } from '../sign-in/hosts.js';
import { parseJson, wireId } from './json.js';
import type { Json } from './json.js';
import { retried } from './retry.js';
import type { Waits } from './waits.js';

const TIMEOUT_MS = 60_000;
const LISTING_TIMEOUT_MS = 120_000;
/** Times that a request is sent while its answer is a success that cannot be read. */
const READ_TRIES = 3;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The flat indexes of a project's documents: that of v1, which serves large pages and is marked deprecated, and its
 * successor, below the company or below the project alone.
 */
export type DocumentIndex = 'V1' | 'V2_OF_COMPANY' | 'V2';

interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** Completes "Procore refused to …". */
  what: string;
  query?: Query;
  body?: Json;
  isRepeatable: boolean;
  companyId?: string | null;
  /** False: sent without the company header. */
  isInCompany?: boolean;
  timeoutMs?: number;
  /** Times that it is sent at most, where the caller decides whether to repeat it. */
  tries?: number;
}

export interface Reply {
  /** Undefined where the body is empty. */
  json: unknown;
  headers: Headers;
}

export interface ClientOptions {
  apiUrl: URL;
  companyId: string | null;
  projectId: string | null;
  isServiceAccount: boolean;
  /** Whether Procore accepts the token where no company is concerned. */
  isTokenAccepted: (call: Call) => Promise<boolean>;
}

/** The requests that the connector makes, one function each; replies are JSON, refusals are `RefusedError`. */
export class ProcoreClient {
  constructor(
    private readonly api: ApiClient,
    private readonly options: ClientOptions,
    private readonly waits: Waits,
  ) {}

  /** A person is asked about outside of any company; a service account exists in one only. */
  me(call: Call): Promise<Reply> {
    const request = { method: 'GET', path: '/rest/v1.0/me', what: 'say who is signed in', isRepeatable: true } as const;
    return this.send({ ...request, isInCompany: this.options.isServiceAccount }, call);
  }

  companies(paging: Query, call: Call): Promise<Reply> {
    return this.get('/rest/v1.0/companies', 'list the companies', paging, call);
  }

  projects(version: 'v1.0' | 'v1.1', companyId: string, paging: Query, call: Call): Promise<Reply> {
    const query = { company_id: companyId, ...paging };
    return this.send(
      {
        method: 'GET',
        path: `/rest/${version}/projects`,
        what: 'list the projects',
        query,
        companyId,
        isRepeatable: true,
      },
      call,
    );
  }

  project(call: Call): Promise<Reply> {
    const query = { company_id: this.options.companyId ?? undefined, view: 'minimal' };
    return this.get(`/rest/v1.0/projects/${this.projectPath()}`, 'show the project', query, call);
  }

  permissions(call: Call): Promise<Reply> {
    return this.get('/rest/v1.0/settings/permissions', 'show the permissions', this.inProject(), call);
  }

  /** A page of a flat index. Sent once, so that the caller decides whether to repeat it or to ask for less. */
  documents(index: DocumentIndex, query: Query, call: Call): Promise<Reply> {
    return this.send(
      {
        method: 'GET',
        path: this.indexPath(index),
        what: 'list the documents',
        query,
        isRepeatable: true,
        tries: 1,
        timeoutMs: LISTING_TIMEOUT_MS,
      },
      call,
    );
  }

  private indexPath(index: DocumentIndex): string {
    const inProject = `projects/${this.projectPath()}/documents`;
    const { companyId } = this.options;
    if (index === 'V1') return `/rest/v1.0/${inProject}`;
    if (index === 'V2' || companyId === null) return `/rest/v2.0/${inProject}`;
    return `/rest/v2.0/companies/${encodeURIComponent(companyId)}/${inProject}`;
  }

  /** A folder with its direct children; `id` null is the root. */
  folder(id: string | null, query: Query, call: Call): Promise<Reply> {
    const path = id === null ? '/rest/v1.0/folders' : `/rest/v1.0/folders/${encodeURIComponent(id)}`;
    return this.get(path, 'list the folder', { ...this.inProject(), ...query }, call);
  }

  createFolder(folder: Json, call: Call): Promise<Reply> {
    return this.change('POST', '/rest/v1.0/folders', 'create the folder', { folder }, call);
  }

  /** Sets fields of a folder or file; repeating it changes nothing. */
  update(kind: 'folder' | 'file', id: string, fields: Json, call: Call): Promise<Reply> {
    const path = `/rest/v1.0/${kind}s/${encodeURIComponent(id)}`;
    const request = {
      method: 'PATCH',
      path,
      what: `change the ${kind}`,
      query: this.inProject(),
      body: { [kind]: fields },
    } as const;
    return this.send({ ...request, isRepeatable: true }, call);
  }

  recycle(kind: 'folder' | 'file', id: string, call: Call): Promise<Reply> {
    return this.change(
      'DELETE',
      `/rest/v1.0/${kind}s/${encodeURIComponent(id)}`,
      `remove the ${kind}`,
      undefined,
      call,
    );
  }

  file(id: string, call: Call): Promise<Reply> {
    return this.get(`/rest/v1.0/files/${encodeURIComponent(id)}`, 'show the file', this.inProject(), call);
  }

  createFile(file: Json, call: Call): Promise<Reply> {
    return this.change('POST', '/rest/v1.0/files', 'create the file', { file }, call);
  }

  createVersion(fileId: string, version: Json, call: Call): Promise<Reply> {
    const query = { ...this.inProject(), file_id: fileId };
    const body = { file_version: version };
    const request = { method: 'POST', path: '/rest/v1.0/file_versions', what: 'add the version', query, body } as const;
    return this.send({ ...request, isRepeatable: false }, call);
  }

  /** Asks for a place to put bytes; one too many is thrown away by Procore. */
  createUpload(upload: Json, call: Call): Promise<Reply> {
    const path = `/rest/v1.1/projects/${this.projectPath()}/uploads`;
    return this.send({ method: 'POST', path, what: 'prepare the upload', body: upload, isRepeatable: true }, call);
  }

  upload(uuid: string, call: Call): Promise<Reply> {
    return this.get(this.uploadPath(uuid), 'show the upload', {}, call);
  }

  completeUpload(uuid: string, segments: Json[], call: Call): Promise<Reply> {
    const request = {
      method: 'PATCH',
      path: this.uploadPath(uuid),
      what: 'complete the upload',
      body: { segments },
    } as const;
    return this.send({ ...request, isRepeatable: false }, call);
  }

  private uploadPath(uuid: string): string {
    return `/rest/v1.1/projects/${this.projectPath()}/uploads/${encodeURIComponent(uuid)}`;
  }

  private projectPath(): string {
    return encodeURIComponent(this.projectId());
  }

  private projectId(): string {
    if (this.options.projectId) return this.options.projectId;
    throw new PlatformError('REJECTED', 'No project has been chosen.', {
      remedy: 'Choose the project of the connection.',
    });
  }

  private inProject(): Query {
    return { project_id: this.projectId() };
  }

  private get(path: string, what: string, query: Query, call: Call): Promise<Reply> {
    return this.send({ method: 'GET', path, what, query, isRepeatable: true }, call);
  }

  private change(
    method: 'POST' | 'DELETE',
    path: string,
    what: string,
    body: Json | undefined,
    call: Call,
  ): Promise<Reply> {
    return this.send({ method, path, what, query: this.inProject(), body, isRepeatable: false }, call);
  }

  /** A success that cannot be read is asked for again where that is harmless, and in doubt elsewhere. */
  private send(request: Request, call: Call): Promise<Reply> {
    const retry = {
      waits: this.waits,
      signal: call.signal,
      attempts: request.tries ?? READ_TRIES,
      isRepeatable: (error: unknown) => error instanceof UnreadableReplyError,
      delayMs: transferDelayMs,
    };
    return retried(retry, async () => read(request, await this.sendOnce(request, call)));
  }

  private async sendOnce(request: Request, call: Call): Promise<ApiReply> {
    const { method, path, body, isRepeatable, tries, timeoutMs = TIMEOUT_MS } = request;
    const url = below(this.options.apiUrl, path);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.append(key, String(value));
    }
    const headers = this.headers(request);
    const reply = await this.api.send(
      { method, url, headers, isRepeatable, timeoutMs, tries, ...(body && { body: JSON.stringify(body) }) },
      call,
    );
    if (reply.status >= 200 && reply.status < 300) return reply;
    if (reply.status === 401 && request.isInCompany !== false && (await this.options.isTokenAccepted(call)))
      throw appRefusal(reply.status, { remoteRequestId: reply.headers.get('x-request-id') ?? undefined });
    throw refusal(reply, request.what, this.options.isServiceAccount);
  }

  private headers(request: Request): Record<string, string> {
    const companyId = request.isInCompany === false ? null : (request.companyId ?? this.options.companyId);
    return {
      accept: 'application/json',
      ...(request.body && { 'content-type': 'application/json' }),
      ...(companyId && { 'procore-company-id': companyId }),
    };
  }
}

/** A success that cannot be read, in answer to a request that may be sent again. */
class UnreadableReplyError extends PlatformError {}

function read(request: Request, { status, text, headers }: ApiReply): Reply {
  const json = parseJson(text);
  if (json !== undefined || (request.method === 'DELETE' && text.trim() === '')) return { json, headers };
  const message = `Procore was asked to ${request.what} and its answer cannot be read.`;
  const facts = { remoteStatus: String(status) };
  if (request.isRepeatable) throw new UnreadableReplyError('PLATFORM_ERROR', message, facts);
  throw new InDoubtError('PLATFORM_ERROR', message, facts);
}

/** The parent key that Procore reads; any other is ignored silently. */
export function parentField(id: string): { parent_id: number | string } {
  return { parent_id: wireId(id) };
}
