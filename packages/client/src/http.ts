import { GraphqlError, TransportError, type ReplyError } from './errors.js';
import { retryAfterMs } from './retry.js';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Twice what the server answers with at most, unless it is set otherwise. */
const LARGEST_REPLY_BYTES = 32 * 1024 * 1024;

interface Request {
  fetch: Fetch;
  /** Address of the endpoint, without anything secret. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
}

/** Sends one operation and returns its data. Throws `TransportError`, `GraphqlError` or the signal's reason. */
export async function post({ fetch, endpoint, headers, body, signal }: Request): Promise<object> {
  // Not followed to another address: the token is meant for this one.
  const init: RequestInit = { method: 'POST', headers: { ...headers }, body, signal, redirect: 'manual' };
  const response = await fetch(endpoint, init).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unreachable(endpoint, error);
  });
  const text = await textOf(response, endpoint, signal);
  return readReply(response, text, endpoint);
}

/** What the runtime says of a failed connection is not passed on but for its code: it may quote headers. */
export function unreachable(endpoint: string, error: unknown): TransportError {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | null)?.cause);
  const why = code === null ? '' : ` (${code})`;
  return new TransportError('UNREACHABLE', `${endpoint} cannot be reached${why}. Check the address and the server.`);
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? code : null;
}

async function textOf(response: Response, endpoint: string, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > LARGEST_REPLY_BYTES) throw tooLarge(endpoint);
      text += decoder.decode(part.value, { stream: true });
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    if (error instanceof TransportError) throw error;
    signal.throwIfAborted();
    throw unreachable(endpoint, error);
  }
  return text + decoder.decode();
}

const tooLarge = (endpoint: string) =>
  new TransportError('MALFORMED', `The answer of ${endpoint} has more than ${LARGEST_REPLY_BYTES} bytes.`);

interface Envelope {
  data: object | null;
  errors?: readonly ReplyError[];
}

function readReply(response: Response, text: string, endpoint: string): object {
  const envelope = parseEnvelope(text);
  const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
  if (envelope?.errors?.length) throw new GraphqlError(envelope.errors, heldData(envelope.data), waitMs);
  if (!envelope?.data) throw notOfTheApi(response, endpoint, waitMs);
  return envelope.data;
}

/** Null unless some root field has a value. */
function heldData(data: object | null): object | null {
  return Object.values(data ?? {}).some((value) => value !== null) ? data : null;
}

function parseEnvelope(text: string): Envelope | null {
  try {
    const value = JSON.parse(text) as { data?: unknown; errors?: unknown } | null;
    const data = typeof value?.data === 'object' ? value.data : null;
    if (value?.errors === undefined) return { data };
    return Array.isArray(value.errors) && value.errors.every(isReplyError) ? { data, errors: value.errors } : null;
  } catch {
    return null;
  }
}

function isReplyError(value: unknown): value is ReplyError {
  return typeof (value as { message?: unknown } | null)?.message === 'string';
}

function notOfTheApi({ status, ok, type }: Response, endpoint: string, waitMs: number | null): TransportError {
  if (ok)
    return new TransportError('MALFORMED', `${endpoint} does not answer as the API does. Check the address.`, status);
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    return new TransportError('STATUS', `${endpoint} leads to another address. Give that one.`, status);
  return new TransportError('STATUS', `${endpoint} answered with status ${status}.`, status, waitMs);
}
