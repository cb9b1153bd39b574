import ipaddr from 'ipaddr.js';

/** What HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
export interface ProxySettings {
  /** Address of the proxy for `https` targets; null: none. */
  https: string | null;
  /** Address of the proxy for `http` targets; null: none. */
  http: string | null;
  /** Hosts that are reached directly: names with what lies below them, addresses, blocks of addresses, each with a port or not. */
  except: readonly string[];
}

export interface Proxy {
  address: string;
  setting: 'HTTPS_PROXY' | 'HTTP_PROXY';
}

export const NO_PROXIES: ProxySettings = { https: null, http: null, except: [] };

/** The proxy through which a target is reached; null for a direct way. This machine itself is always reached directly. */
export function proxyFor(url: URL, { https, http, except }: ProxySettings): Proxy | null {
  const isSecure = url.protocol === 'https:';
  const address = isSecure ? https : http;
  if (address === null || isThisMachine(hostOf(url)) || except.some((entry) => covers(entry, url))) return null;
  return { address, setting: isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY' };
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(\[[^\]]+\]|[^:]+|[^:]*:[^:]*:.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  const usedPort = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (port !== undefined && port !== usedPort) return false;
  const [host, wanted] = [hostOf(url), name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '')];
  if (ipaddr.isValid(host)) return host === wanted || isInBlock(host, wanted);
  return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`));
}

function isInBlock(host: string, block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [address, [base, bits]] = [ipaddr.process(host), ipaddr.parseCIDR(block)];
  return address.kind() === base.kind() && address.match(base, bits);
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || (ipaddr.isValid(host) && isLoopback(host));
}

function isLoopback(host: string): boolean {
  return ipaddr.process(host).range() === 'loopback';
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
