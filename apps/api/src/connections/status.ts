import type { Check } from '@sluice/core/platform';
import type { StoredMethod, StoredSettings, StoredStatus } from '../db/tables/connections.js';

export interface Standing {
  settings: StoredSettings;
  method: StoredMethod;
  /** Whether the client or secret that the method needs is known. */
  hasClient: boolean;
  hasTokens: boolean;
}

export interface Condition {
  status: StoredStatus;
  statusMessage: string;
}

/** What a connection lacks before it can be tested; `UNTESTED` when nothing. */
export function standingOf({ settings, method, hasClient, hasTokens }: Standing): Condition {
  if (settings.kind === 'NETWORK_FILE_SHARE') return untested;
  if (!hasClient) {
    const isOwn = settings.clientCredentials === 'CUSTOM';
    const message = isOwn
      ? 'Give the client ID and the client secret of your app.'
      : 'This installation has no client of its own; choose custom client credentials.';
    return { status: 'INCOMPLETE', statusMessage: message };
  }
  if (method === 'OAUTH_AUTHORIZATION_CODE' && !hasTokens) {
    return { status: 'NEEDS_SIGN_IN', statusMessage: 'Sign in with Procore.' };
  }
  if (settings.companyId === null || settings.projectId === null) {
    const what = settings.companyId === null ? 'a company and a project' : 'a project';
    return { status: 'NEEDS_PROJECT', statusMessage: `Choose ${what}.` };
  }
  return untested;
}

const untested: Condition = { status: 'UNTESTED', statusMessage: 'Not tested since the last change.' };

/** The condition after a test; what the connection lacks goes before what the test found. */
export function conditionAfter(standing: Condition, checks: readonly Check[]): Condition {
  if (standing.status !== 'UNTESTED') return standing;
  const failed = checks.find((check) => check.outcome === 'FAILED');
  if (failed !== undefined) return { status: 'FAILED', statusMessage: sentence(failed) };
  const warned = checks.find((check) => check.outcome === 'WARNED');
  if (warned !== undefined) return { status: 'DEGRADED', statusMessage: sentence(warned) };
  return { status: 'HEALTHY', statusMessage: 'Connected' };
}

function sentence({ message, remedy }: Check): string {
  return [message ?? 'The test found a fault.', remedy].filter((part) => part !== null).join(' ');
}
