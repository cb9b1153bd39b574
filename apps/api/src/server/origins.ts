import type { AddressInfo, Server } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { Config } from '../config.js';

const EVERYWHERE = new Set(['0.0.0.0', '::']);
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export type OriginSettings = Pick<Config, 'publicUrl' | 'host' | 'port'>;

/**
 * Whether a browser's page may use the caller's cookie: pages of the public address and of the hosts that the server
 * listens on. The request's own `Host` is not believed: after DNS rebinding it names the host of an attacker.
 */
export function isOwnOrigin(origin: string | undefined, settings: OriginSettings, server: Server): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const wanted = new URL(origin).origin;
  if (wanted === new URL(settings.publicUrl).origin) return true;
  const port = portOf(server.address()) ?? settings.port;
  const own = hostsOf(settings.host).map((host) => `http://${host}:${port}`);
  return own.some((address) => URL.canParse(address) && wanted === new URL(address).origin);
}

function portOf(address: AddressInfo | string | null): number | null {
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** Names and addresses by which the server is reached without a proxy, as they stand in an address. */
function hostsOf(host: string): string[] {
  if (EVERYWHERE.has(host)) return [...LOOPBACK, hostname(), ...interfaceAddresses()];
  if (LOOPBACK.includes(inAddress(host))) return LOOPBACK;
  return [inAddress(host)];
}

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => inAddress(address)));
}

function inAddress(host: string): string {
  return host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host;
}
