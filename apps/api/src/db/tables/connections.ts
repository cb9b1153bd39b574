import type { Check, PlatformKind } from '@sluice/core/platform';
import type { Durability } from '@sluice/fileshare';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

/** Whose OAuth client signs in to Procore. */
export const CLIENT_CREDENTIALS = ['SYSTEM_DEFAULT', 'CUSTOM'] as const;

export interface FileShareSettings {
  kind: 'NETWORK_FILE_SHARE';
  location: string;
  domain: string | null;
  /** Absent: MARK. */
  durability?: Durability;
  /** Absent: false. */
  manifest?: boolean;
}

export interface ProcoreConnectionSettings {
  kind: 'PROCORE';
  clientCredentials: (typeof CLIENT_CREDENTIALS)[number];
  loginUrl: string;
  /** Null when derived from loginUrl. */
  apiUrl: string | null;
  companyId: string | null;
  companyName: string | null;
  projectId: string | null;
  projectName: string | null;
  signedInAs: string | null;
  /** Absent or null: the characters that the connector knows of. */
  forbiddenCharacters?: string | null;
}

export type StoredSettings = FileShareSettings | ProcoreConnectionSettings;

/** Folder of this server that the connection reads or writes; null where its content lies on another host. */
export function folderOf(settings: StoredSettings): string | null {
  switch (settings.kind) {
    case 'NETWORK_FILE_SHARE':
      return settings.location;
    case 'PROCORE':
      return null;
  }
}

/** The public `AuthenticationMethod`. */
export const AUTHENTICATION_METHODS = [
  'ACCESS_KEY',
  'AZURE_ACCOUNT_KEY',
  'AZURE_SAS',
  'GCS_SERVICE_ACCOUNT',
  'NONE',
  'OAUTH_AUTHORIZATION_CODE',
  'OAUTH_CLIENT_CREDENTIALS',
  'USERNAME_PASSWORD',
] as const;
/** Methods of the platforms that can be connected. */
export type StoredMethod = Extract<
  (typeof AUTHENTICATION_METHODS)[number],
  'NONE' | 'USERNAME_PASSWORD' | 'OAUTH_AUTHORIZATION_CODE' | 'OAUTH_CLIENT_CREDENTIALS'
>;

export const CONNECTION_STATUSES = [
  'INCOMPLETE',
  'NEEDS_SIGN_IN',
  'NEEDS_PROJECT',
  'UNTESTED',
  'HEALTHY',
  'DEGRADED',
  'FAILED',
] as const;
export type StoredStatus = (typeof CONNECTION_STATUSES)[number];

export const OAUTH_FLOW_STATES = ['PENDING', 'COMPLETED', 'DENIED', 'EXPIRED', 'FAILED'] as const;
export type StoredFlowState = (typeof OAUTH_FLOW_STATES)[number];

/** Accounts on platforms, sign-ins under way, and the budgets of their clients. */
export function connectionTables(kit: Kit) {
  const connections = kit.table(
    'connections',
    {
      id: kit.text().primaryKey(),
      version: kit.int().notNull(),
      name: kit.text().notNull(),
      /** Lower case, for order and search. */
      nameKey: kit.text().notNull(),
      platform: kit.text().$type<PlatformKind>().notNull(),
      settings: kit.json<StoredSettings>().notNull(),
      method: kit.text().$type<StoredMethod>().notNull(),
      /** Sealed JSON of the secret that a person gave. */
      credential: kit.text(),
      /** The part of the credential that may be shown. */
      credentialHint: kit.text(),
      /** Sealed JSON of the tokens that the platform gave. */
      tokens: kit.text(),
      /** Sign-in flow that gave the tokens; a process that holds tokens of another flow must not store them. */
      signInId: kit.text(),
      /** Notes of the connector about the account, in its own form; when they are lost it has to ask the platform again. */
      notes: kit.json<{ account: string; text: string }>(),
      /** Budget that its calls are counted against; null where calls are not limited or the client is not known. */
      budgetId: kit.text(),
      status: kit.text().$type<StoredStatus>().notNull(),
      statusMessage: kit.text().notNull(),
      checkedAt: kit.ts(),
      checks: kit.json<Check[]>().notNull(),
      /** When a draft is removed that was not tested with success until then; null once it is listed. */
      draftUntil: kit.ts(),
      createdAt: kit.ts().notNull(),
      updatedAt: kit.ts().notNull(),
      updatedById: kit.text(),
    },
    (table) => [
      kit.index('connections_name').on(table.nameKey, table.id),
      kit.index('connections_budget').on(table.budgetId),
    ],
  );
  const oauthFlows = kit.table(
    'oauth_flows',
    {
      id: kit.text().primaryKey(),
      connectionId: kit.text().references(() => connections.id, { onDelete: 'set null' }),
      stateHash: kit.text().notNull(),
      /** Session that began the flow; null when a token began it. */
      sessionId: kit.text(),
      state: kit.text().$type<StoredFlowState>().notNull(),
      /** Hosts, client and method for which the flow was begun. */
      clientKey: kit.text().notNull(),
      /** Address to open, sealed because the state is part of it; null once the flow has ended. */
      authorizationUrl: kit.text(),
      returnTo: kit.text(),
      failure: kit.json<Problem>(),
      expiresAt: kit.ts().notNull(),
      createdAt: kit.ts().notNull(),
    },
    (table) => [kit.uniqueIndex('oauth_flows_state_hash').on(table.stateHash)],
  );
  const budgets = kit.table(
    'budgets',
    {
      id: kit.text().primaryKey(),
      apiHost: kit.text().notNull(),
      /** Identifier of the OAuth client, which is public. */
      client: kit.text().notNull(),
      label: kit.text().notNull(),
      reserveShare: kit.real().notNull(),
      hourlyLimit: kit.int(),
      spikeLimit: kit.int(),
      state: kit.json<unknown>(),
      /** One more after each change of the settings or the state: who changes them says which version they saw. */
      version: kit.int().notNull().default(0),
      /** One more after each change of the settings by a person, who is `updatedById`. */
      settingsVersion: kit.int().notNull().default(1),
      updatedById: kit.text(),
      updatedAt: kit.ts().notNull(),
    },
    (table) => [kit.uniqueIndex('budgets_host_client').on(table.apiHost, table.client)],
  );
  /** What a budget had counted in a span of time that begins at `from`: before it, and last; in sums from its beginning. */
  const budgetSpans = kit.table(
    'budget_spans',
    {
      budgetId: kit.text().notNull(),
      from: kit.ts().notNull(),
      callsBefore: kit.bigint().notNull(),
      calls: kit.bigint().notNull(),
      refusalsBefore: kit.bigint().notNull(),
      refusals: kit.bigint().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.budgetId, table.from] })],
  );
  return { connections, oauthFlows, budgets, budgetSpans };
}
