import { PlatformError } from '../../platform/index.js';

/** Leaves open whether the request was carried out: look before sending it again. */
export class InDoubtError extends PlatformError {}

/** The request took longer than its `timeoutMs`. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';

  constructor(milliseconds: number) {
    super(`No answer within ${Math.round(milliseconds / 1000)} s.`);
  }
}

/** Codes of connections that never came about, so that nothing was sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The system's code of a failed fetch, which hides it among its causes. */
export function systemCode(error: unknown, depth = 5): string | null {
  if (depth === 0 || !(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return systemCode(error.cause ?? inner, depth - 1);
}

/** Whether a failed fetch ended before anything was sent. */
export function wasNotSent(error: unknown): boolean {
  return NOT_SENT.has(systemCode(error) ?? '');
}
