import type { Budget, Clock, Fetch } from '@sluice/core/http';

/** Where the documents are, and how they are moved. Ids are text: they may exceed 32 bits. */
export interface ProcoreSettings {
  /** Login host, such as `https://login.procore.com`; `http` is allowed because the setting says so. */
  loginUrl: string;
  /** API host; null: derived from `loginUrl`. */
  apiUrl: string | null;
  companyId: string | null;
  projectId: string | null;
  /** UTF-16 units of a path below the project's root folder; 255 by default. */
  maxPathLength?: number;
  /** Characters that names may not have; `? < > : | \\ * /` by default. */
  forbiddenCharacters?: readonly string[];
  /** Files larger than this go up in segments; 100 MiB by default. */
  segmentThresholdBytes?: number;
  /** Size of a segment, raised where a file would need more than 10,000; 32 MiB by default. */
  segmentBytes?: number;
  /** Rows asked for at once in a flat listing; 2,000 by default, halved where the platform gives up. */
  pageSize?: number;
}

export interface ProcoreClientCredentials {
  id: string;
  secret: string;
}

/** `AUTHORIZATION_CODE`: acts as the person who signed in. `CLIENT_CREDENTIALS`: as the app's service account. */
export type ProcoreGrant = 'AUTHORIZATION_CODE' | 'CLIENT_CREDENTIALS';

/** Tokens of one connection; JSON-serialisable. Times are epoch milliseconds of this machine. */
export interface TokenSet {
  accessToken: string;
  /** Single use; null for a service account. */
  refreshToken: string | null;
  obtainedAt: number;
  expiresAt: number;
}

/** Durable home of a connection's tokens, shared by all processes. */
export interface TokenStore {
  load(): Promise<TokenSet | null>;
  /** Returns once they are durable. Null: the sign-in is dead. */
  save(tokens: TokenSet | null): Promise<void>;
  /** Runs the work while no other process renews the tokens of this connection. */
  withLock<T>(work: () => Promise<T>): Promise<T>;
}

/** Durable home of what the connector has found out about a connection; losing it costs calls only. */
export interface NoteStore {
  load(): Promise<string | null>;
  /** Text of at most 2,000 characters. */
  save(notes: string): Promise<void>;
}

export interface ProcoreOptions {
  settings: ProcoreSettings;
  client: ProcoreClientCredentials;
  grant: ProcoreGrant;
  tokens: TokenStore;
  /** Absent: notes last as long as the platform is open. */
  notes?: NoteStore;
  budget: Budget;
  fetch: Fetch;
  clock: Clock;
  /** From 0 to below 1. */
  random: () => number;
}
