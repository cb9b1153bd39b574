import type { Platform, PlatformDescription, PlatformKind } from '@sluice/core/platform';
import type { Budgets } from '../budgets/budgets.js';
import type { ShareRoots } from '../shares/share-roots.js';
import type { Clients } from './clients.js';
import type { FolderSnapshots } from './folder-snapshots.js';
import type { OAuthService } from './oauth.js';
import type { PlatformPool } from './platforms.js';
import type { Revocations } from './revocations.js';
import type { ScopeNames } from './scope-names.js';
import type { ConnectionService } from './service.js';
import type { ConnectionRow, ConnectionStore } from './store.js';

/** What the rooms of connections offer to each other, and to jobs and runs. */
export interface ConnectionParts {
  store: ConnectionStore;
  clients: Clients;
  platforms: PlatformPool;
  names: ScopeNames;
  shareRoots: ShareRoots;
  revocations: Revocations;
  snapshots: FolderSnapshots;
  oauth: OAuthService;
  service: ConnectionService;
  budgets: Budgets;
  /** In the order of the ids, null for what does not exist. */
  byIds(ids: readonly string[]): Promise<(ConnectionRow | null)[]>;
  /** The connection's platform, shared by everything that uses it. Throws `PlatformError` when it cannot be used. */
  open(connectionId: string): Promise<Platform>;
  /** The platform as such, before anyone is signed in. */
  describe(kind: PlatformKind): PlatformDescription;
  /** Budget that the connection's calls are taken from, null when they are free. */
  budgetIdOf(connectionId: string): Promise<string | null>;
}
