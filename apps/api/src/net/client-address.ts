import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';

/** Whether the proxy at an address is trusted; `hop` counts the proxies between it and this server. */
export type TrustedProxies = (address: string, hop: number) => boolean;

const MAX_HOPS = 10;

/** Reads the number of proxies in front of the server, or their addresses and ranges; null when it is neither. */
export function readTrustedProxies(text: string): TrustedProxies | null {
  if (/^\d+$/.test(text)) {
    const hops = Number(text);
    return hops > MAX_HOPS ? null : (_address, hop) => hop < hops;
  }
  try {
    return proxyAddress.compile(text.split(',').map((part) => part.trim()));
  } catch {
    return null;
  }
}

/** Address of the client that sent a request, by the header `X-Forwarded-For` of trusted proxies only. */
export function clientAddress(request: IncomingMessage, trusted: TrustedProxies | null): string {
  const direct = request.socket.remoteAddress ?? '';
  return trusted === null ? direct : proxyAddress(request, trusted);
}

/** Key for limits per address: the IPv4 address, or the network of an IPv6 address, since one client has a whole network. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 100);
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
