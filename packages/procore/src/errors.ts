import { InDoubtError, TimedOutError } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { PlatformErrorFacts, PlatformErrorKind } from '@sluice/core/platform';
import { dateOf, parseJson, recordOf, textOf } from './api/json.js';
import type { Json } from './api/json.js';

export interface ErrorReply {
  status: number;
  headers: Headers;
  text: string;
}

const LONGEST_TEXT = 500;
const NAME_TAKEN = 'has already been taken';

/** A refusal of the API, with what the connector decides by. */
export class RefusedError extends PlatformError {
  constructor(
    kind: PlatformErrorKind,
    message: string,
    readonly status: number,
    facts: PlatformErrorFacts,
  ) {
    super(kind, message, { remoteStatus: String(status), ...facts });
  }
}

/** Takes out what may be signed or secret. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s"'<>?]*)\?[^\s"'<>]*/gi, '$1')
    .replace(/\b(bearer|basic)\s+[^\s"',]+/gi, '$1 …')
    .replace(/\b((?:access|refresh)_token|client_secret|code|password)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi, '$1$2…');
}

/** One sentence out of any error body that Procore is known to send. */
export function sentenceOf(status: number, text: string): string {
  const found = fromJson(parseJson(text)) ?? text.trim();
  if (found === '') return `The server answered with status ${status} and no explanation.`;
  if (/^\s*<|<html|<!doctype/i.test(found))
    return `The server answered with status ${status} and a web page instead of data.`;
  return withoutSecrets(found).replace(/\s+/g, ' ').slice(0, LONGEST_TEXT);
}

function fromJson(body: unknown): string | null {
  if (typeof body === 'string' || Array.isArray(body)) return words(body);
  const record = recordOf(body);
  if (!record) return null;
  const error = record['error'];
  const candidates = [
    record['errors'],
    recordOf(error)?.['message'],
    record['message'],
    record['error_description'],
    error,
    record['reason'],
  ];
  for (const candidate of candidates) {
    const found = words(candidate);
    if (found) return found;
  }
  return null;
}

/** Text, lists of texts, and maps from field to texts, in one line. */
function words(value: unknown): string | null {
  if (typeof value === 'string') return textOf(value.trim());
  if (Array.isArray(value)) return textOf(value.map(words).filter(Boolean).join('; '));
  const record = recordOf(value);
  if (!record) return null;
  return textOf(
    Object.entries(record)
      .map(([field, entry]) => fieldWords(field, words(entry)))
      .filter(Boolean)
      .join('; '),
  );
}

function fieldWords(field: string, text: string | null): string | null {
  if (!text) return null;
  return ['base', 'message', 'code', 'details'].includes(field) ? text : `${field} ${text}`;
}

const KINDS: Readonly<Record<number, PlatformErrorKind>> = {
  401: 'SIGN_IN_REQUIRED',
  403: 'ACCESS_DENIED',
  404: 'NOT_FOUND',
  408: 'PLATFORM_ERROR',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'FILE_TOO_LARGE',
  423: 'LOCKED',
  429: 'BUDGET_EXHAUSTED',
  507: 'DESTINATION_FULL',
};

function kindOf(status: number, body: Json | null, sentence: string): PlatformErrorKind {
  if (status === 409 && isCheckedOut(body)) return 'LOCKED';
  if (status >= 400 && status < 500 && sentence.includes(NAME_TAKEN)) return 'NAME_TAKEN';
  return KINDS[status] ?? (status >= 400 && status < 500 ? 'REJECTED' : 'PLATFORM_ERROR');
}

function isCheckedOut(body: Json | null): boolean {
  const code = body?.['error_type'] ?? recordOf(body?.['error'])?.['code'];
  return code === 'FileIsCheckedOut' || textOf(recordOf(body?.['file'])?.['checked_out_until']) !== null;
}

/** Normalises a reply that is not a success. `what` completes "Procore refused to …". */
export function refusal(reply: ErrorReply, what: string, isServiceAccount: boolean): RefusedError {
  const body = recordOf(parseJson(reply.text));
  const sentence = sentenceOf(reply.status, reply.text);
  const kind = kindOf(reply.status, body, sentence);
  const facts = { remoteRequestId: reply.headers.get('x-request-id') ?? undefined };
  if (kind === 'LOCKED') return locked(reply.status, recordOf(body?.['file']), facts);
  if (kind === 'SIGN_IN_REQUIRED') return signIn(reply.status, isServiceAccount, facts);
  return new RefusedError(kind, `Procore refused to ${what}: ${sentence}`, reply.status, {
    ...facts,
    remedy: REMEDIES[kind],
  });
}

const REMEDIES: Partial<Record<PlatformErrorKind, string>> = {
  ACCESS_DENIED: 'Give the account of the connection the right to do this in the Documents tool of the project.',
  NOT_FOUND: 'Check that it is still there and that the account may see it in the Documents tool of the project.',
  NAME_TAKEN: 'Rename or remove the item of that name in Procore.',
};

function locked(status: number, file: Json | null, facts: PlatformErrorFacts): RefusedError {
  const holder = recordOf(file?.['checked_out_by']);
  const name = textOf(holder?.['name']) ?? textOf(holder?.['login']);
  const until = dateOf(file?.['checked_out_until']);
  const message = checkedOut(name, until?.toISOString() ?? null);
  const remedy = `Ask ${name ?? 'the holder'} to check the file in, or wait until the check-out ends.`;
  return new RefusedError('LOCKED', message, status, { ...facts, remedy, retryAt: until ?? undefined });
}

function checkedOut(name: string | null, until: string | null): string {
  if (name === null) return until === null ? 'The file is checked out.' : `The file is checked out until ${until}.`;
  return until === null ? `The file is checked out by ${name}.` : `The file is checked out by ${name} until ${until}.`;
}

function signIn(status: number, isServiceAccount: boolean, facts: PlatformErrorFacts): RefusedError {
  if (!isServiceAccount)
    return new RefusedError('SIGN_IN_REQUIRED', 'Procore does not accept the sign-in any more.', status, {
      ...facts,
      remedy: 'Sign in with Procore again.',
    });
  const remedy =
    'Check client id and client secret of the service account, and that the app is installed in the company.';
  return new RefusedError('CREDENTIALS_INVALID', 'Procore does not accept the service account.', status, {
    ...facts,
    remedy,
  });
}

/** 401 to a token that Procore accepts elsewhere: the app is not installed in the company, or may not sign in this way. */
export function appRefusal(status: number, facts: PlatformErrorFacts): RefusedError {
  const message = 'The company does not let the app in: it is not installed there, or may not sign in this way.';
  const remedy = 'Have an administrator of the company install the app in its App Management.';
  return new RefusedError('ACCESS_DENIED', message, status, { ...facts, remedy });
}

export function isAppRefusal(error: unknown): boolean {
  return statusOf(error) === 401 && isKind(error, 'ACCESS_DENIED');
}

/** Procore understood and does not let the account in, or does not show it that there is something. */
export function isRefusal(error: unknown): error is RefusedError {
  return isAppRefusal(error) || [400, 403, 404].includes(statusOf(error) ?? 0);
}

export function statusOf(error: unknown): number | null {
  return error instanceof RefusedError ? error.status : null;
}

/** The server or the client ran out of time, which a smaller request may not. */
export function isTimeout(error: unknown): boolean {
  return error instanceof PlatformError && (error.remoteStatus === '408' || error.cause instanceof TimedOutError);
}

const NOT_SERVED: readonly string[] = ['400', '403', '404', '405', '406', '410', '426', '501'];

/** The address itself is refused, gone or deprecated, so that another one may serve. */
export function isNotServed(error: unknown): boolean {
  if (!(error instanceof PlatformError) || error.remoteStatus === null) return false;
  const isDeprecated = /deprecated|sunset|no longer (available|supported)/i.test(error.message);
  const { remoteStatus } = error;
  return (
    NOT_SERVED.includes(remoteStatus) || /^3/.test(remoteStatus) || (isDeprecated && error instanceof RefusedError)
  );
}

/** The request failed for a reason that is not its own: the same one may succeed. */
export function isTrouble(error: unknown): error is PlatformError {
  return !isNotServed(error) && isKind(error, 'PLATFORM_ERROR', 'UNREACHABLE');
}

/** Whether the change may have been carried out although its answer was lost. */
export function isInDoubt(error: unknown): error is InDoubtError {
  return error instanceof InDoubtError;
}

export function isKind(error: unknown, ...kinds: PlatformErrorKind[]): error is PlatformError {
  return error instanceof PlatformError && kinds.includes(error.kind);
}
