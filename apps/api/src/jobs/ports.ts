import type { CallExperience } from '@sluice/core/http';
import type { Platform, PlatformDescription, PlatformKind } from '@sluice/core/platform';
import type { GraphQLResolveInfo } from 'graphql';
import type { ConnectionRow, JobRow } from '../db/row-types.js';
import type { Context } from '../graphql/context.js';

/** The part of connections that jobs, plans and runs use. */
export interface ConnectionAccess {
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

/** The rows of jobs, each read once within a request, with what their fields lead to. */
export interface JobLoaders {
  job(id: string, context: Context): JobRow | null | Promise<JobRow | null>;
  /** Reads what the jobs of a page lead to. */
  readAheadOfJobs(jobs: readonly JobRow[], info: GraphQLResolveInfo, context: Context): Promise<void>;
}
