import { PlatformError } from '@sluice/core/platform';

interface Environment {
  login: string;
  api: string;
}

const PRODUCTION: Environment = { login: 'https://login.procore.com', api: 'https://api.procore.com' };
const FEDERAL: Environment = { login: 'https://login.procoregov.com', api: 'https://api.procoregov.com' };
const DEVELOPER_SANDBOX: Environment = {
  login: 'https://login-sandbox.procore.com',
  api: 'https://sandbox.procore.com',
};
const MONTHLY_SANDBOX: Environment = {
  login: 'https://login-sandbox-monthly.procore.com',
  api: 'https://api-monthly.procore.com',
};

/** The environment that one of Procore's own hosts belongs to, be it for signing in, the API or the web app; else null. */
function environmentOf({ protocol, hostname, port }: URL): Environment | null {
  if (protocol !== 'https:' || port !== '') return null;
  if (/(^|\.)procoregov\.com$/.test(hostname)) return FEDERAL;
  if (!/(^|\.)procore\.com$/.test(hostname)) return null;
  if (/^(login-sandbox-monthly|api-monthly|app-monthly|sandbox-monthly)\./.test(hostname)) return MONTHLY_SANDBOX;
  return /^(login-)?sandbox\./.test(hostname) ? DEVELOPER_SANDBOX : PRODUCTION;
}

/**
 * The login address that belongs to what a person gave, which may be copied from the browser: any host of Procore stands
 * for its environment, and what follows the host is left out. Throws `REJECTED`.
 */
export function loginUrlOf(loginUrl: string): string {
  const url = baseUrl(loginUrl);
  return environmentOf(url)?.login ?? withoutEnd(url);
}

/** The API address of a connection, by the same rule. Throws `REJECTED`. */
export function apiUrlOf({ loginUrl, apiUrl }: { loginUrl: string; apiUrl: string | null }): URL {
  if (apiUrl === null) return baseUrl(deriveApiUrl(loginUrl));
  const url = baseUrl(apiUrl);
  return new URL(environmentOf(url)?.api ?? url);
}

function withoutEnd(url: URL): string {
  return url.href.replace(/\/+$/, '');
}

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
  const environment = environmentOf(url);
  if (environment) return environment.api;
  if (/^login\.[^.]+\./.test(url.hostname)) url.hostname = url.hostname.replace('login.', 'api.');
  return withoutEnd(url);
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
  return [baseUrl(loginUrlOf(loginUrl)).origin, apiUrlOf({ loginUrl, apiUrl }).origin];
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

  /** Plain addresses of Procore's own hosts are asked by `https`, so that the token may go along. */
  secured(url: URL): URL {
    if (url.protocol !== 'http:' || this.allowsPlain || url.port !== '') return url;
    const secure = new URL(url.href);
    secure.protocol = 'https:';
    return this.mayCarryToken(secure, null) ? secure : url;
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
