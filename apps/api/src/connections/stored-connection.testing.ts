import type { ConnectionRow } from '../db/row-types.js';

const AT = new Date(1_790_000_000_000);

/** A connection as it is stored, with a sign-in, for tests of what is kept with it. */
export function storedConnection(over: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    id: 'con_1',
    version: 1,
    name: 'Pier',
    nameKey: 'pier',
    platform: 'PROCORE',
    settings: { kind: 'NETWORK_FILE_SHARE', location: '/x', domain: null },
    method: 'OAUTH_AUTHORIZATION_CODE',
    credential: null,
    credentialHint: null,
    tokens: null,
    signInId: 'oau_1',
    notes: null,
    budgetId: null,
    status: 'UNTESTED',
    statusMessage: '',
    checkedAt: null,
    checks: [],
    draftUntil: null,
    createdAt: AT,
    updatedAt: AT,
    updatedById: null,
    ...over,
  };
}
