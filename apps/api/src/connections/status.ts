import type { Check } from '@sluice/core/platform';
import type { StoredMethod, StoredSettings, StoredStatus } from '../db/tables/connections.js';

export interface Standing {
  settings: StoredSettings;
  method: StoredMethod;
  /** Whether the client or secret that the method needs is known. */
  hasClient: boolean;
  /** Whether its addresses may be given this installation's own client, if that is the one it uses. */
  mayUseOwnClient: boolean;
  hasTokens: boolean;
}

export interface Condition {
  status: StoredStatus;
  statusMessage: string;
}

export const OWN_CLIENT_IS_FOR_PROCORE =
  'This installation’s client is for Procore’s own hosts and those in PROCORE_CLIENT_HOSTS only; use custom client credentials.';

const SERVICE_ACCOUNT_NEEDS_COMPANY =
  'Give the company of the service account: its identifier, or the address of the project as the browser shows it. Procore lists nothing to a service account without it.';

/** The status of a connection by what it lacks before it can be tested; `UNTESTED` when it lacks nothing. */
export function standingOf({ settings, method, hasClient, mayUseOwnClient, hasTokens }: Standing): Condition {
  if (settings.kind === 'NETWORK_FILE_SHARE') return untested;
  if (!mayUseOwnClient) return { status: 'INCOMPLETE', statusMessage: OWN_CLIENT_IS_FOR_PROCORE };
  if (!hasClient) {
    const isCustom = settings.clientCredentials === 'CUSTOM';
    const message = isCustom
      ? 'Give the client ID and the client secret of your app.'
      : 'This installation has no client of its own; choose custom client credentials.';
    return { status: 'INCOMPLETE', statusMessage: message };
  }
  if (method === 'OAUTH_AUTHORIZATION_CODE' && !hasTokens) {
    return { status: 'NEEDS_SIGN_IN', statusMessage: 'Sign in with Procore.' };
  }
  if (method === 'OAUTH_CLIENT_CREDENTIALS' && settings.companyId === null) {
    return { status: 'NEEDS_PROJECT', statusMessage: SERVICE_ACCOUNT_NEEDS_COMPANY };
  }
  if (settings.companyId === null || settings.projectId === null) {
    const what = settings.companyId === null ? 'a company and a project' : 'a project';
    return { status: 'NEEDS_PROJECT', statusMessage: `Choose ${what}.` };
  }
  return untested;
}

const untested: Condition = { status: 'UNTESTED', statusMessage: 'Not tested since the last change.' };

/** Status and remedy after a test; what the connection lacks is reported before what the test found. */
export function conditionAfter(known: Condition, checks: readonly Check[]): Condition {
  if (known.status !== 'UNTESTED') return known;
  const failed = checks.find((check) => check.outcome === 'FAILED');
  if (failed !== undefined) return { status: 'FAILED', statusMessage: sentence(failed) };
  const warned = checks.find((check) => check.outcome === 'WARNED');
  if (warned !== undefined) return { status: 'DEGRADED', statusMessage: sentence(warned) };
  return { status: 'HEALTHY', statusMessage: 'Connected' };
}

/** Whether a test found that content can be read. */
export function isUsable(status: StoredStatus): boolean {
  return status === 'HEALTHY' || status === 'DEGRADED';
}

function sentence({ message, remedy }: Check): string {
  return [message ?? 'The test found a fault.', remedy].filter((part) => part !== null).join(' ');
}
