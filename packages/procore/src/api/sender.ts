import { InDoubtError, transferDelayMs } from '@sluice/core/http';
import type { ApiClient, ApiReply } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { appRefusal, refusal } from '../errors.js';
import { below } from '../sign-in/hosts.js';
import { parseJson } from './json.js';
import type { Json } from './json.js';
import { retried } from './retry.js';
import type { Waits } from './waits.js';

/** For a whole answer, where a request does not say otherwise. */
const TIMEOUT_MS = 60_000;
/** Times that a request is sent while its answer is a success that cannot be read. */
const READ_TRIES = 3;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** Completes "Procore refused to …". */
  what: string;
  query?: Query;
  body?: Json | readonly Json[];
  isRepeatable: boolean;
  companyId?: string | null;
  idempotencyToken?: string;
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

export interface SenderOptions {
  apiUrl: URL;
  companyId: string | null;
  isServiceAccount: boolean;
  /** Whether Procore accepts the token where no company is concerned. */
  isTokenAccepted: (call: Call) => Promise<boolean>;
  /** Called after each success inside the project. */
  servedInProject: () => void;
}

/** Sends a request with the headers of its company and reads the answer; refusals are `RefusedError`. */
export class RequestSender {
  constructor(
    private readonly api: ApiClient,
    private readonly options: SenderOptions,
    private readonly waits: Waits,
  ) {}

  /** A success that cannot be read is asked for again where that is harmless, and in doubt elsewhere. */
  send(request: Request, call: Call): Promise<Reply> {
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
    if (reply.status >= 200 && reply.status < 300) {
      if (isInProject(url)) this.options.servedInProject();
      return reply;
    }
    if (reply.status === 401 && request.isInCompany !== false && (await this.options.isTokenAccepted(call)))
      throw appRefusal(reply.status, { remoteRequestId: reply.headers.get('x-request-id') ?? undefined });
    throw refusal(reply, request.what, this.options.isServiceAccount);
  }

  private headers(request: Request): Record<string, string> {
    const companyId = request.isInCompany === false ? null : (request.companyId ?? this.options.companyId);
    return {
      accept: 'application/json',
      ...(request.body && { 'content-type': 'application/json' }),
      ...(request.idempotencyToken && { 'idempotency-token': request.idempotencyToken }),
      ...(companyId && { 'procore-company-id': companyId }),
    };
  }
}

/** Procore names the project in the path or in the query. */
function isInProject({ pathname, searchParams }: URL): boolean {
  return pathname.includes('/projects/') || searchParams.has('project_id');
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
