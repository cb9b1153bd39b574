import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import type { Budgets } from '../budgets/budgets.js';
import { Leases } from '../db/lease.js';
import type { Domain } from '../graphql/domain.js';
import { serveCallback } from './callback.js';
import { ShareRoots } from '../shares/share-roots.js';
import { describePlatformKind } from './catalog.js';
import { Clients } from './clients.js';
import { ComparisonSides } from './comparison.js';
import { ComparisonResolver } from './comparison.resolver.js';
import { Drafts } from './drafts.js';
import { FolderSnapshots } from './folder-snapshots.js';
import { OAuthService } from './oauth.js';
import type { ConnectionParts } from './parts.js';
import { PlatformPool } from './platforms.js';
import { ConnectionResolver, OAuthFlowResolver, SharedBudgetResolver } from './connection.resolver.js';
import { Revocations } from './revocations.js';
import { ScopeNames } from './scope-names.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionStore } from './connection.store.js';
import { NetworkFileShareSettings, ObjectStorageSettings, ProcoreSettings } from './settings.types.js';

export interface Connections extends Domain, ConnectionParts {}

export interface ConnectionNeeds {
  access: Access;
  budgets: Budgets;
}

/**
 * Connections: accounts on platforms, with their settings, sealed credentials, sign-ins, tests and folder picker. This is
 * the only place that knows which platforms exist and how one is opened; what is copied between two connections is the
 * matter of `jobs/`, `plans/` and `runs/`.
 */
export function createConnections(base: Base, { access, budgets }: ConnectionNeeds): Connections {
  const store = new ConnectionStore(base);
  const clients = new Clients(base, budgets.pool);
  const leases = new Leases(base.db, base.clock);
  const shareRoots = new ShareRoots(base.config);
  const platforms = new PlatformPool({ base, vault: base.vault, store, clients, leases, shareRoots });
  const names = new ScopeNames(platforms);
  const oauth = new OAuthService({ base, store, clients });
  const { idempotency } = access;
  const revocations = new Revocations(base, clients);
  const service = new ConnectionService({
    base,
    store,
    clients,
    platforms,
    names,
    shareRoots,
    revocations,
    idempotency,
  });
  const shown = {
    byIds: (ids: readonly string[]) => Promise.all(ids.map(store.byId)),
    open: (connectionId: string) => platforms.open(connectionId),
    describe: describePlatformKind,
  };
  const sides = new ComparisonSides(shown);
  const parts: ConnectionParts = {
    ...shown,
    sides,
    store,
    clients,
    platforms,
    names,
    shareRoots,
    revocations,
    drafts: new Drafts({ base, store, revocations, isUsed: (tx, id) => service.isUsed(tx, id) }),
    snapshots: new FolderSnapshots(base.clock),
    oauth,
    service,
    budgets,
    budgetIdOf: async (connectionId: string) => (await store.byId(connectionId))?.budgetId ?? null,
    learnCalls: (budgetId, lesson) => budgets.pool.learn(budgetId, lesson),
  };
  return {
    ...parts,
    resolvers: [
      new ConnectionResolver(parts),
      new SharedBudgetResolver(parts),
      new OAuthFlowResolver(parts),
      new ComparisonResolver(sides),
    ],
    types: [NetworkFileShareSettings, ObjectStorageSettings, ProcoreSettings],
    nodes: [
      { prefix: 'con', typeName: 'ConnectionProfile', load: (ids) => service.byIds(ids) },
      { prefix: 'oau', typeName: 'OAuthFlow', load: (ids) => oauth.byIds(ids) },
    ],
    routes: [(server) => serveCallback(server, { base, oauth, access: access.service })],
    stop: async () => {
      await platforms.close();
      await revocations.settle();
    },
  };
}
