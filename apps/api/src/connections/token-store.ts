import type { TokenSet, TokenStore } from '@sluice/procore';
import type { Base } from '../base.js';
import type { Leases } from '../db/lease.js';
import type { Clients } from './clients.js';
import type { ConnectionStore } from './store.js';

/** Longer than a renewal with all its repetitions takes. */
const RENEWAL_MS = 3 * 60_000;

export interface TokenParts {
  vault: Base['vault'];
  store: ConnectionStore;
  clients: Clients;
  leases: Leases;
}

/**
 * Tokens of one connection since one sign-in. What belongs to an earlier sign-in is neither read nor written, so a
 * renewal that ends late cannot undo a new one.
 */
export function createTokenStore(
  { vault, store, clients, leases }: TokenParts,
  connectionId: string,
  signInId: string | null,
): TokenStore {
  return {
    load: async () => {
      const row = await store.byId(connectionId);
      const isCurrent = row !== null && row.signInId === signInId && row.tokens !== null;
      return isCurrent ? vault.open<TokenSet>(row.tokens ?? '', connectionId) : null;
    },
    save: async (tokens) => {
      const sealed = tokens === null ? null : vault.seal(tokens, connectionId);
      await store.update(connectionId, async (row) => {
        if (row.signInId !== signInId) return null;
        if (sealed !== null) return { tokens: sealed };
        return { tokens: null, ...clients.standing({ ...row, tokens: null }) };
      });
    },
    withLock: (work) => leases.hold(`tokens:${connectionId}`, RENEWAL_MS, work),
  };
}
