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
 * Checks each address after names are resolved, in the very lookup that the connection uses, so that a name cannot
 * change in between. Redirects are never followed: whoever asks decides on the next address, which comes here again.
 *
 * A proxy looks names up itself, so what a name means here is checked before it is told. The proxy's own address may be
 * private: the operator named it.
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
  // Addresses are not looked up, so the hook below would not see them.
  const reason = isIP(host) === 0 ? null : forbiddenReason(host, rules);
  if (reason !== null) throw forbidden(host, reason);
}

/** Names that are only known on private networks, where a proxy would look them up. */
const PRIVATE_NAMES = /(^[^.]+|\.(corp|home|home\.arpa|internal|intranet|lan|local|localdomain))$/;

/** A name that cannot be looked up here is for the proxy to decide, unless it is a name of a private network. */
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
