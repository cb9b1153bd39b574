import { PlatformError } from '@sluice/core/platform';
import { revokeTokens, type TokenSet } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { SealBrokenError } from '../secrets/vault.js';
import type { Clients } from './clients.js';

const REVOCATION_MS = 10_000;
const MAX_OPEN_REQUESTS = 50;

/**
 * Revokes tokens at the platform after they were removed from the store. The caller does not wait for it, and a platform
 * that does not answer within `REVOCATION_MS` is not asked again: the tokens expire there.
 */
export class Revocations {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly base: Pick<Base, 'vault' | 'fetch' | 'clock' | 'random' | 'log'>,
    private readonly clients: Clients,
  ) {}

  /** `row`: the connection as it was while it had the tokens, with the hosts and the client that they belong to. */
  begin(row: ConnectionRow): void {
    if (row.tokens === null || this.underWay.size >= MAX_OPEN_REQUESTS) return;
    const work = this.revoke(row, row.tokens).catch((error: unknown) => this.note(row, error));
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  /** Waits for the requests under way, at most as long as one revocation may take. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async revoke(row: ConnectionRow, sealed: string): Promise<void> {
    const client = this.clients.clientOf(row);
    if (client === null || row.settings.kind !== 'PROCORE') return;
    const { accessToken, refreshToken } = this.base.vault.open<TokenSet>(sealed, row.id);
    const { fetch, clock, random } = this.base;
    const signal = AbortSignal.timeout(REVOCATION_MS);
    const { loginUrl } = row.settings;
    await revokeTokens({ loginUrl, client, fetch, clock, random, signal, token: refreshToken ?? accessToken });
  }

  private note({ id }: ConnectionRow, error: unknown): void {
    if (!(error instanceof PlatformError || error instanceof SealBrokenError)) {
      this.base.log.error({ err: error as Error, connectionId: id }, 'revoking tokens failed');
    } else this.base.log.warn({ connectionId: id, reason: error.message }, 'tokens were not revoked at the platform');
  }
}
