import { ProxyAgent } from 'undici';
import { ProxiedError } from '@sluice/core/http';
import type { Proxy } from './proxies.js';

const CONNECT_MS = 10_000;

/** Connections through proxies: `https` by a tunnel, `http` by whole addresses, as proxies expect it. */
export class ProxyAgents {
  private readonly agents = new Map<string, ProxyAgent>();

  of({ address }: Proxy): ProxyAgent {
    const known = this.agents.get(address);
    if (known !== undefined) return known;
    const agent = new ProxyAgent({
      uri: address,
      proxyTunnel: false,
      connections: 64,
      keepAliveTimeout: 10_000,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
      proxyTls: { timeout: CONNECT_MS },
      requestTls: { timeout: CONNECT_MS },
    });
    this.agents.set(address, agent);
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.close()));
  }
}

/** An error of a request through a proxy, which may be the proxy's own; its text names the proxy without its credentials. */
export function failedBehind({ address, setting }: Proxy, error: unknown): ProxiedError {
  return new ProxiedError(`${new URL(address).host} (${setting})`, refusalOf(error), error);
}

/** The status with which a proxy refused a request or a tunnel; null when something else failed. */
function refusalOf(error: unknown): number | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const status = /Proxy response \((\d{3})\)|Proxy Authentication Required \((\d{3})\)/.exec(cause.message);
    if (status !== null) return Number(status[1] ?? status[2]);
  }
  return null;
}
