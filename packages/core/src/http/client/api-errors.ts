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

/** Code of a proxy that refused to pass a request on. */
const REFUSED_BY_PROXY = 'EPROXYREFUSED';

/** A request that went through a proxy failed: the proxy may be why, and only whoever runs the server can tell. */
export class ProxiedError extends Error {
  override readonly name = 'ProxiedError';
  readonly code?: string;

  /** `proxy`: host of the proxy and the setting that names it. `status`: its answer, when it refused. */
  constructor(
    readonly proxy: string,
    status: number | null,
    cause?: unknown,
  ) {
    super(`The request went through the proxy ${proxy}${status === null ? '' : `, which answered ${status}`}.`, {
      cause,
    });
    if (status !== null) this.code = REFUSED_BY_PROXY;
  }
}

/** What to say of the way that a failed request took, as the end of a sentence; empty for a direct one. */
export function wayOf(error: unknown, depth = 5): string {
  if (depth === 0 || !(error instanceof Error)) return '';
  if (!(error instanceof ProxiedError)) return wayOf(error.cause, depth - 1);
  const { proxy, code, message } = error;
  const said = code === REFUSED_BY_PROXY ? /, which answered \d+/.exec(message)?.[0] : undefined;
  return ` through the proxy ${proxy}${said ?? ''}; check HTTPS_PROXY, HTTP_PROXY and NO_PROXY`;
}

/** Codes of connections that never came about, so that nothing was sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  REFUSED_BY_PROXY,
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
