import ipaddr from 'ipaddr.js';
import type { Config } from '../config.js';
import type { ProxySettings } from './proxies.js';

/** Rules for the addresses that the server may connect to. */
export interface AddressRules {
  /** Whether platforms may live on loopback and private networks. */
  allowPrivate: boolean;
}

/** The same by origin. */
export interface HostRules extends AddressRules {
  /** Origins that may live there although others may not: those of the demo's own Procore. */
  privateOrigins: readonly string[];
}

/** The rules, and the proxies through which targets are reached. */
export interface NetworkRules extends HostRules {
  proxies: ProxySettings;
}

/** The rules that follow from the settings and the demo. */
export function hostRulesOf({ allowPrivateHosts, demo }: Pick<Config, 'allowPrivateHosts' | 'demo'>): HostRules {
  return { allowPrivate: allowPrivateHosts, privateOrigins: demo?.procoreOrigins ?? [] };
}

export function rulesFor(origin: string, { allowPrivate, privateOrigins }: HostRules): AddressRules {
  return { allowPrivate: allowPrivate || privateOrigins.includes(origin) };
}

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);
/** Addresses of metadata services that lie in ranges that could be allowed. */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  '192.0.0.192',
]);

/** Why an address must not be reached, or null. Link-local and metadata addresses never may. */
export function forbiddenReason(address: string, { allowPrivate }: AddressRules): string | null {
  if (!ipaddr.isValid(address)) return 'is not an address';
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  const inner = embedded(parsed);
  if (inner !== null) return forbiddenReason(inner, { allowPrivate });
  const text = parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).toRFC5952String();
  if (METADATA.has(text)) return 'belongs to a metadata service';
  const range = parsed.range();
  if (range === 'unicast') return null;
  if (PRIVATE.has(range))
    return allowPrivate ? null : 'lies on a private network; SLUICE_ALLOW_PRIVATE_HOSTS=1 allows that';
  return `lies in the range "${range}"`;
}

/** The IPv4 address that an IPv6 one stands for in NAT64 or 6to4, or null. */
function embedded(address: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  if (address.kind() !== 'ipv6') return null;
  const parts = (address as ipaddr.IPv6).parts;
  const join = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (address.range() === 'rfc6052') return join(parts[6], parts[7]);
  return address.range() === '6to4' ? join(parts[1], parts[2]) : null;
}
