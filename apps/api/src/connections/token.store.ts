import type { TokenSet, TokenStore } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Leases } from '../db/lease.js';
import type { Clients } from './clients.js';
import type { ConnectionStore } from './connection.store.js';

/** Longer than a renewal with all its repetitions takes. */
const RENEWAL_MS = 3 * 60_000;

export interface TokenParts {
  vault: Base['vault'];
  store: ConnectionStore;
  clients: Clients;
  leases: Leases;
}

/**
 * Tokens of one connection since one sign-in, for one pair of hosts and one client. What belongs to earlier ones is neither
 * read nor written, so a renewal that ends late can neither undo a new sign-in nor bring tokens to another host.
 */
export function createTokenStore({ vault, store, clients, leases }: TokenParts, opened: ConnectionRow): TokenStore {
  const { id, signInId } = opened;
  const clientKey = clients.clientKey(opened);
  const isSame = (row: ConnectionRow) => row.signInId === signInId && clients.clientKey(row) === clientKey;
  return {
    load: async () => {
      const row = await store.byId(id);
      return row?.tokens != null && isSame(row) ? vault.open<TokenSet>(row.tokens, id) : null;
    },
    save: async (tokens) => {
      const sealed = tokens === null ? null : vault.seal(tokens, id);
      await store.update(id, async (row) => {
        if (!isSame(row)) return null;
        if (sealed !== null) return { tokens: sealed };
        return { tokens: null, ...clients.statusOf({ ...row, tokens: null }) };
      });
    },
    withLock: (work) => leases.hold(`tokens:${id}`, RENEWAL_MS, work),
  };
}
