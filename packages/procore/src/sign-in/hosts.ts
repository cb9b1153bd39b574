import { PlatformError } from '@sluice/core/platform';

const API_HOSTS: Readonly<Record<string, string>> = {
  'login.procore.com': 'api.procore.com',
  'login-sandbox.procore.com': 'sandbox.procore.com',
  'login-sandbox-monthly.procore.com': 'api-monthly.procore.com',
  'login.procoregov.com': 'api.procoregov.com',
};

/** Second-level labels under which anyone may register, as in `example.co.uk`. */
const SHARED_LABELS = new Set(['ac', 'co', 'com', 'edu', 'gov', 'gob', 'ltd', 'mil', 'ne', 'net', 'or', 'org']);

/** Reads a base address of the settings; without scheme it is `https`. Throws `REJECTED`. */
export function baseUrl(text: string): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new PlatformError('REJECTED', 'The address of Procore cannot be used.', {
      remedy: 'Enter an address such as https://login.procore.com.',
    });
  }
  url.search = '';
  url.hash = '';
  return url;
}

/** The API address that belongs to a login address; hosts that are not Procore's own serve both. */
export function deriveApiUrl(loginUrl: string): string {
  const url = baseUrl(loginUrl);
  const known = API_HOSTS[url.hostname];
  if (known) return `https://${known}`;
  if (/^login\.[^.]+\./.test(url.hostname)) url.hostname = url.hostname.replace('login.', 'api.');
  return url.href.replace(/\/+$/, '');
}

/**
 * The two origins that see what a connection keeps secret: secret and code go to the login host, tokens to the API host.
 * Throws `REJECTED` for an address that cannot be used.
 */
export function originsOf({
  loginUrl,
  apiUrl,
}: {
  loginUrl: string;
  apiUrl: string | null;
}): [login: string, api: string] {
  return [baseUrl(loginUrl).origin, baseUrl(apiUrl ?? deriveApiUrl(loginUrl)).origin];
}

/** The API address of a connection. Throws `REJECTED`. */
export function apiUrlOf({ loginUrl, apiUrl }: { loginUrl: string; apiUrl: string | null }): URL {
  return baseUrl(apiUrl ?? deriveApiUrl(loginUrl));
}

/** An address below a base, whose own path stays in front. */
export function below(base: URL, path: string): URL {
  const url = new URL(base.href);
  url.pathname = base.pathname.replace(/\/+$/, '') + path;
  return url;
}

/** Whether a host is an address or this machine, where no domain tells who owns it. */
function isBare(hostname: string): boolean {
  return (
    hostname.startsWith('[') ||
    /^\d+(\.\d+){3}$/.test(hostname) ||
    /(^|\.)localhost$/.test(hostname) ||
    !hostname.includes('.')
  );
}

/** `api.procore.com` → `procore.com`: the part of a host name that its owner registered. */
function ownDomain(hostname: string): string {
  const labels = hostname.replace(/\.$/, '').split('.');
  const isShared = (labels.at(-1) ?? '').length === 2 && SHARED_LABELS.has(labels.at(-2) ?? '');
  return labels.slice(isShared ? -3 : -2).join('.');
}

/** Decides which addresses may see the access token. */
export class TokenHosts {
  private readonly domain: string | null;
  private readonly origins: Set<string>;
  private readonly allowsPlain: boolean;

  constructor(apiUrl: URL, loginUrl: URL) {
    this.domain = isBare(apiUrl.hostname) ? null : ownDomain(apiUrl.hostname);
    this.origins = new Set([apiUrl.origin, loginUrl.origin]);
    this.allowsPlain = apiUrl.protocol === 'http:';
  }

  /** A link that the platform itself listed; where no domain tells the owner, its origin is trusted. */
  trustLink(link: string): void {
    if (this.domain === null && URL.canParse(link)) this.origins.add(new URL(link).origin);
  }

  /** `from` is the address that led here: the token never goes on from `https` to `http`. */
  mayCarryToken(url: URL, from: URL | null): boolean {
    if (url.protocol === 'http:' && (!this.allowsPlain || from?.protocol === 'https:')) return false;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
    if (this.domain === null) return this.origins.has(url.origin);
    const hostname = url.hostname.replace(/\.$/, '');
    return hostname === this.domain || hostname.endsWith(`.${this.domain}`);
  }
}
