import { originsOf } from '@sluice/procore';
import type { StoredSettings } from '../db/tables/connections.js';

/** Hosts of Procore itself. */
const PROCORE_HOSTS = /(^|\.)(procore\.com|procoregov\.com)$/;

/**
 * Which of a connection's addresses may not be given the secret of this installation's own client, or tokens that it
 * obtains: all but Procore's own and those that the operator named. None for a connection with a client of its own.
 */
export function strangeHosts(settings: StoredSettings, allowed: readonly string[]): ('loginUrl' | 'apiUrl')[] {
  if (settings.kind !== 'PROCORE' || settings.clientCredentials !== 'SYSTEM_DEFAULT') return [];
  const [login, api] = originsOf(settings);
  const isStrange = (origin: string) => !isProcore(new URL(origin)) && !allowed.includes(origin);
  // An API address that is derived from the login address is reported at the login address, the field that can be corrected.
  if (settings.apiUrl === null) return isStrange(login) || isStrange(api) ? ['loginUrl'] : [];
  return [...(isStrange(login) ? (['loginUrl'] as const) : []), ...(isStrange(api) ? (['apiUrl'] as const) : [])];
}

function isProcore({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && PROCORE_HOSTS.test(hostname);
}
