import type { Platform, PlatformDescription, PlatformKind } from '@sluice/core/platform';
import type { Database } from '../db/database.js';

export type ConnectionRow = Database['tables']['connections']['$inferSelect'];

/** What jobs and runs need of connections. */
export interface Connections {
  /** In the order of the ids, null for what does not exist. */
  byIds(ids: readonly string[]): Promise<(ConnectionRow | null)[]>;
  /** The connection's platform, shared by everything that uses it. Throws `PlatformError` when it cannot be used. */
  open(connectionId: string): Promise<Platform>;
  /** The platform as such, before anyone is signed in. */
  describe(kind: PlatformKind): PlatformDescription;
  /** Budget that the connection's calls are taken from, null when they are free. */
  budgetIdOf(connectionId: string): Promise<string | null>;
}
