import { budgetKey, originsOf } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { BudgetPool } from '../budgets/pool.js';
import type { ProcoreConnectionSettings } from '../db/tables/connections.js';
import { strangeHosts } from './own-client.js';
import { standingOf, type Condition } from './status.js';
import type { StoredClient } from './rules.js';

type Sealed = Pick<ConnectionRow, 'id' | 'settings' | 'method' | 'credential' | 'tokens'>;

/** OAuth clients of connections: the one given with a connection, or this installation's own. */
export class Clients {
  constructor(
    private readonly base: Pick<Base, 'vault' | 'config'>,
    private readonly budgets: BudgetPool,
  ) {}

  /** Where people sign in to this installation's own client; null without one. */
  get ownAt(): string | null {
    return this.base.config.procoreClient?.loginUrl ?? null;
  }

  /** The client of a connection; null when the connection lacks one, or needs none. */
  clientOf({ id, settings, credential }: Pick<Sealed, 'id' | 'settings' | 'credential'>): StoredClient | null {
    if (settings.kind !== 'PROCORE') return null;
    if (settings.clientCredentials === 'SYSTEM_DEFAULT') return this.ownClientFor(settings);
    return credential === null ? null : this.base.vault.open<StoredClient>(credential, id);
  }

  seal(client: StoredClient, connectionId: string): string {
    return this.base.vault.seal(client, connectionId);
  }

  /** The status of a connection by what it lacks before it can be tested. */
  statusOf(row: Sealed): Condition {
    const hasClient = this.clientOf(row) !== null;
    const mayUseOwnClient = strangeHosts(row.settings, this.base.config.procoreClientOrigins).length === 0;
    return standingOf({ ...row, hasClient, mayUseOwnClient, hasTokens: row.tokens !== null });
  }

  /** Key of the login host, API host and client that tokens were given for; they are never sent to others. */
  clientKey(row: Pick<Sealed, 'id' | 'settings' | 'credential' | 'method'>): string {
    if (row.settings.kind !== 'PROCORE') return '';
    return JSON.stringify([...originsOf(row.settings), this.clientOf(row)?.id ?? null, row.method]);
  }

  /** The budget that the connection's calls are counted against; null when there is none. */
  async budgetIdOf(row: Pick<Sealed, 'id' | 'settings' | 'credential'>): Promise<string | null> {
    const opened = await this.openBudget(row);
    return opened?.id ?? null;
  }

  /** This installation's own client where the hosts may be given it, else null; asked at every use, since settings may change. */
  private ownClientFor(settings: ProcoreConnectionSettings): StoredClient | null {
    const { procoreClient, procoreClientOrigins } = this.base.config;
    return strangeHosts(settings, procoreClientOrigins).length === 0 ? procoreClient : null;
  }

  async openBudget(row: Pick<Sealed, 'id' | 'settings' | 'credential'>) {
    const client = this.clientOf(row);
    if (client === null || row.settings.kind !== 'PROCORE') return null;
    const isOwn = row.settings.clientCredentials === 'SYSTEM_DEFAULT';
    return this.budgets.open(budgetKey(row.settings, client), isOwn ? 'System default' : client.id);
  }
}
