import { PlatformError, type Call, type PlatformErrorFacts, type PlatformErrorKind } from '../../platform/index.js';
import { requestDelayMs, retryAfterDelayMs } from '../backoff.js';
import type { Budget, Ticket } from '../budget/budget.js';
import { parseRetryAfter } from '../budget/rate-report.js';
import type { Clock, Fetch } from '../ports.js';
import { InDoubtError, systemCode, TimedOutError, wasNotSent, wayOf } from './api-errors.js';
import { readText } from './read-text.js';
import { withTimeout } from './timeout.js';

/** One counted request to an API host. */
export interface ApiRequest {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  /** JSON, unless the headers say otherwise. */
  body?: string;
  /** May be sent again although the first may have been carried out (GET, PATCH to a state, DELETE). */
  isRepeatable: boolean;
  /** For the whole answer, body included; 60 s when absent. */
  timeoutMs?: number;
  /** Times that it is sent at most while the host fails; 5 when absent. */
  tries?: number;
}

export interface ApiReply {
  status: number;
  headers: Headers;
  /** The body, whatever it is; at most 64 MiB. */
  text: string;
}

/** Gives the header value and is told when the host refused it. */
export interface Authorization {
  /** Value of the `authorization` header. */
  header(call: Call): Promise<string>;
  /** True when a fresh one was obtained and the request is worth repeating. */
  refused(header: string, call: Call): Promise<boolean>;
}

export interface ApiClientOptions {
  fetch: Fetch;
  clock: Clock;
  /** 0 up to, not including, 1. */
  random: () => number;
  budget: Budget;
  authorization: Authorization;
}

/** What one try came to. */
type Outcome = { header: string; reply: ApiReply } | { error: unknown };

/** How a request goes on: `null` sends it again. */
type Verdict = { reply: ApiReply } | { error: PlatformError } | null;

interface Progress {
  request: ApiRequest;
  call: Call;
  tries: number;
  refusals: number;
  isRenewed: boolean;
}

const TIMEOUT_MS = 60_000;
const DEFAULT_TRIES = 5;
/** Refusals (429) of one request, each after the wait that the host asked for, after which it is given up. */
const MAX_REFUSALS = 8;
/** A longer `Retry-After` is handed on instead of waited for. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/** Sends requests within the budget. */
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  /**
   * Sends again after 429 (the whole client waits), once after 401 with a fresh authorization, after 503 with
   * `Retry-After`, when nothing was sent, and – only if it is repeatable – after 5xx, 408 and lost answers, with pauses
   * that double or as long as `Retry-After` says, at most `tries` times. Returns any other reply as it is, redirects and 4xx too. Throws UNREACHABLE (no
   * answer), PLATFORM_ERROR (5xx or 408 at the end), BUDGET_EXHAUSTED (429 again and again) and ABORTED; as
   * `InDoubtError` when a request that is not repeatable may have been carried out.
   */
  async send(request: ApiRequest, call: Call): Promise<ApiReply> {
    const progress: Progress = { request, call, tries: 0, refusals: 0, isRenewed: false };
    for (;;) {
      const outcome = await this.try(request, call);
      const verdict =
        'error' in outcome ? await this.failed(progress, outcome.error) : await this.answered(progress, outcome);
      if (verdict === null) continue;
      if ('error' in verdict) throw verdict.error;
      return verdict.reply;
    }
  }

  private async try(request: ApiRequest, call: Call): Promise<Outcome> {
    const ticket = settledOnce(await this.options.budget.take(call));
    let header: string;
    try {
      header = await this.options.authorization.header(call);
    } catch (error) {
      ticket.settle(null);
      throw error;
    }
    try {
      const exchange = (signal: AbortSignal) => this.exchange(request, header, ticket, signal);
      return {
        header,
        reply: await withTimeout(this.options.clock, request.timeoutMs ?? TIMEOUT_MS, call.signal, exchange),
      };
    } catch (error) {
      ticket.settle(null);
      return { error };
    }
  }

  private async exchange(request: ApiRequest, header: string, ticket: Ticket, signal: AbortSignal): Promise<ApiReply> {
    const { method, url, body } = request;
    const headers: Record<string, string> = { accept: 'application/json', ...request.headers, authorization: header };
    if (body !== undefined) headers['content-type'] ??= 'application/json';
    const response = await this.options.fetch(url, { method, headers, body, signal, redirect: 'manual' });
    ticket.settle(response);
    return { status: response.status, headers: response.headers, text: await readText(response) };
  }

  private async answered(progress: Progress, { header, reply }: { header: string; reply: ApiReply }): Promise<Verdict> {
    const { status, headers } = reply;
    if (status === 429) return this.refused(progress, reply);
    if (status === 401 && !progress.isRenewed) {
      progress.isRenewed = true;
      return (await this.options.authorization.refused(header, progress.call)) ? null : { reply };
    }
    if (status < 500 && status !== 408) return { reply };
    const askedMs = parseRetryAfter(headers, this.options.clock.now());
    const wasTurnedAway = status === 503 && askedMs !== null;
    const isDone = !wasTurnedAway && !progress.request.isRepeatable;
    const message = `${progress.request.url.host} answered with an error (${status}).`;
    const error = failure(progress, isDone, 'PLATFORM_ERROR', message, factsOf(reply, this.timeIn(askedMs)));
    return this.pause(progress, isDone, error, askedMs);
  }

  private timeIn(waitMs: number | null): number | null {
    return waitMs === null ? null : this.options.clock.now() + waitMs;
  }

  private async refused(progress: Progress, reply: ApiReply): Promise<Verdict> {
    progress.refusals += 1;
    if (progress.refusals < MAX_REFUSALS) return null;
    await this.options.budget.told();
    const message = `${progress.request.url.host} keeps refusing calls because of its rate limit.`;
    const until = this.options.budget.snapshot().throttledUntil;
    return { error: new PlatformError('BUDGET_EXHAUSTED', message, factsOf(reply, until)) };
  }

  private async failed(progress: Progress, cause: unknown): Promise<Verdict> {
    const { request, call } = progress;
    const isDoubtful = !request.isRepeatable && !wasNotSent(cause);
    if (call.signal.aborted)
      return { error: failure(progress, isDoubtful, 'ABORTED', 'The call was given up.', { cause }) };
    if (cause instanceof PlatformError) return { error: cause };
    const error = failure(progress, isDoubtful, 'UNREACHABLE', describe(request, cause), {
      cause,
      remoteStatus: systemCode(cause) ?? undefined,
    });
    return this.pause(progress, isDoubtful, error, null);
  }

  /** Ends with the error when the request may not be sent again, else waits. */
  private async pause(
    progress: Progress,
    isDone: boolean,
    error: PlatformError,
    askedMs: number | null,
  ): Promise<Verdict> {
    const { clock, random } = this.options;
    progress.tries += 1;
    if (isDone || progress.tries >= (progress.request.tries ?? DEFAULT_TRIES)) return { error };
    const delayMs = Math.max(
      requestDelayMs(progress.tries, random()),
      askedMs === null ? 0 : retryAfterDelayMs(askedMs, random()),
    );
    if (delayMs > LONGEST_RETRY_AFTER_MS) return { error };
    try {
      await clock.sleep(delayMs, progress.call.signal);
      return null;
    } catch (cause) {
      return { error: new PlatformError('ABORTED', 'The call was given up between two tries.', { cause }) };
    }
  }
}

function failure(
  { request }: Progress,
  isDoubtful: boolean,
  kind: PlatformErrorKind,
  message: string,
  facts: PlatformErrorFacts,
): PlatformError {
  if (!isDoubtful || request.isRepeatable) return new PlatformError(kind, message, facts);
  return new InDoubtError(kind, message, facts);
}

function factsOf({ status, headers }: ApiReply, retryAt: number | null): PlatformErrorFacts {
  return {
    remoteStatus: String(status),
    remoteRequestId: headers.get('x-request-id') ?? undefined,
    retryAt: retryAt === null ? undefined : new Date(retryAt),
  };
}

function describe({ url }: ApiRequest, cause: unknown): string {
  if (cause instanceof TimedOutError) return `${url.host}: ${cause.message}`;
  const code = systemCode(cause);
  return `${url.host} could not be reached${code ? ` (${code})` : ''}${wayOf(cause)}.`;
}

function settledOnce(ticket: Ticket): Ticket {
  let isSettled = false;
  return {
    settle(reply) {
      if (isSettled) return;
      isSettled = true;
      ticket.settle(reply);
    },
  };
}
