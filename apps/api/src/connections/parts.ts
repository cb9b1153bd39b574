import type { CallExperience } from '@sluice/core/http';
import type { Platform, PlatformDescription, PlatformKind } from '@sluice/core/platform';
import type { ConnectionRow } from '../db/row-types.js';
import type { Budgets } from '../budgets/budgets.js';
import type { ShareRoots } from '../shares/share-roots.js';
import type { Clients } from './clients.js';
import type { ComparisonSides } from './comparison.js';
import type { Drafts } from './drafts.js';
import type { FolderSnapshots } from './folder-snapshots.js';
import type { OAuthService } from './oauth.js';
import type { PlatformPool } from './platforms.js';
import type { Revocations } from './revocations.js';
import type { ScopeNames } from './scope-names.js';
import type { ConnectionService } from './connection.service.js';
import type { ConnectionStore } from './connection.store.js';

/** The services of connections, for their resolvers and for jobs and runs. */
export interface ConnectionParts {
  store: ConnectionStore;
  clients: Clients;
  platforms: PlatformPool;
  names: ScopeNames;
  shareRoots: ShareRoots;
  revocations: Revocations;
  drafts: Drafts;
  snapshots: FolderSnapshots;
  oauth: OAuthService;
  service: ConnectionService;
  budgets: Budgets;
  /** Sides of comparisons. */
  sides: ComparisonSides;
  /** Connections in the order of the ids, null for one that does not exist. */
  byIds(ids: readonly string[]): Promise<(ConnectionRow | null)[]>;
  /** The connection's platform, shared by everything that uses it. Throws `PlatformError` when it cannot be used. */
  open(connectionId: string): Promise<Platform>;
  /** Form, facts and limits of a kind of platform, which need no connection. */
  describe(kind: PlatformKind): PlatformDescription;
  /** Identifier of the budget that the connection's calls are taken from; null when calls are not limited. */
  budgetIdOf(connectionId: string): Promise<string | null>;
  /** Remembers for forecasts what work that is done has taken of a budget. */
  learnCalls(budgetId: string, lesson: CallExperience): Promise<void>;
}
