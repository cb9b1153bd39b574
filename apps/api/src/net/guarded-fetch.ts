import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch, Pool, type RequestInit } from 'undici';
import type { Fetch, FetchInit } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import { forbiddenReason, rulesFor, type AddressRules, type NetworkRules } from './addresses.js';
import { failedBehind, ProxyAgents } from './proxy-agents.js';
import { proxyFor } from './proxies.js';

/** An address that the settings do not allow; connectors report it like any other failed connection. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'EFORBIDDENADDRESS';
}

export type ResolveName = (
  name: string,
  options: { all: true; family?: number },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** A fetch that reaches allowed addresses only, and how to close its connections. */
export interface GuardedFetch {
  fetch: Fetch;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
const POOL: Pool.Options = {
  connections: 64,
  keepAliveTimeout: 10_000,
  headersTimeout: 120_000,
  bodyTimeout: 120_000,
};

/**
 * Makes the fetch with which connectors reach platforms. It checks each address after names are resolved, in the very
 * lookup that the connection uses, so that a name cannot change in between. Redirects are never followed: the caller asks for the next address, which is checked in turn.
 *
 * A proxy resolves names itself, so a name is resolved and checked here before it is sent to the proxy. The proxy's own
 * address may be private, because the operator named it.
 *
 * This folder decides which addresses the server connects to and which proxy lies between; retries and budgets of requests
 * are in `@sluice/core/http`, what the server itself listens on in `server/`.
 */
export function createGuardedFetch(rules: NetworkRules, resolve: ResolveName = resolveName): GuardedFetch {
  const direct = new Agent({
    factory: (origin, options: Pool.Options) => {
      const lookup = guardedLookup(rulesFor(new URL(origin).origin, rules), resolve);
      return new Pool(origin, { ...options, ...POOL, connect: { lookup, timeout: CONNECT_MS } });
    },
  });
  const proxies = new ProxyAgents();
  const fetch = async (address: string | URL, init: FetchInit = {}): Promise<Response> => {
    const url = new URL(address);
    const own = rulesFor(url.origin, rules);
    requireAllowed(url, own);
    const proxy = proxyFor(url, rules.proxies);
    if (proxy !== null) await requireAllowedName(url, own, resolve);
    const dispatcher = proxy === null ? direct : proxies.of(proxy);
    try {
      const request = { ...init, redirect: 'manual', dispatcher } as unknown as RequestInit;
      return await undiciFetch(url, request);
    } catch (error) {
      throw forbiddenCause(error) ?? (proxy === null ? error : failedBehind(proxy, error));
    }
  };
  return { fetch, close: async () => void (await Promise.all([direct.close(), proxies.close()])) };
}

function requireAllowed(url: URL, rules: AddressRules): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw forbidden(url.hostname, 'is not reached by http');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // An address instead of a name is never resolved, so the lookup below would not check it.
  const reason = isIP(host) === 0 ? null : forbiddenReason(host, rules);
  if (reason !== null) throw forbidden(host, reason);
}

/** Names that exist on private networks only. */
const PRIVATE_NAMES = /(^[^.]+|\.(corp|home|home\.arpa|internal|intranet|lan|local|localdomain))$/;

/** A name that does not resolve here is left to the proxy, unless it is a name of a private network. */
async function requireAllowedName(url: URL, rules: AddressRules, resolve: ResolveName): Promise<void> {
  const name = url.hostname.replace(/\.$/, '');
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return;
  const found = await new Promise<LookupAddress[]>((done) =>
    resolve(name, { all: true }, (error, addresses) => done(error === null ? addresses : [])),
  );
  for (const { address } of found) {
    const reason = forbiddenReason(address, rules);
    if (reason !== null) throw forbidden(name, reason);
  }
  if (found.length === 0 && !rules.allowPrivate && PRIVATE_NAMES.test(name))
    throw forbidden(name, 'is one of a private network; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows that');
}

function guardedLookup(rules: AddressRules, resolve: ResolveName): LookupFunction {
  return (name, options, done) => {
    const family = options.family === 4 || options.family === 6 ? options.family : 0;
    resolve(name, { all: true, family }, (error, addresses) => {
      if (error !== null) return done(error, []);
      for (const { address } of addresses) {
        const reason = forbiddenReason(address, rules);
        if (reason !== null) return done(forbidden(name, reason), []);
      }
      const [first] = addresses;
      if (options.all === true) done(null, addresses);
      else done(null, first?.address ?? '', first?.family);
    });
  };
}

function forbidden(host: string, reason: string): Error {
  const message = `The address of ${host} ${reason}.`;
  return new PlatformError('UNREACHABLE', message, { retry: 'never', cause: new ForbiddenAddressError(message) });
}

function forbiddenCause(error: unknown): PlatformError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof PlatformError) return cause;
  return null;
}
