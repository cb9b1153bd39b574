import type { Database, Reader } from '../db/database.js';
import { selectByIds } from '../db/rows.js';
import { prefixOf } from '../graphql/ids.js';
import type { AuditedValues } from './field-changes.js';

/** Columns of a row that the audit log shows, each with its public path, and those of which it tells only that they changed. */
interface Audited {
  table:
    | 'users'
    | 'apiTokens'
    | 'connections'
    | 'budgets'
    | 'jobs'
    | 'mappingSets'
    | 'plans'
    | 'runs'
    | 'reports'
    | 'webhooks';
  shown: Readonly<Record<string, string>>;
  secret?: Readonly<Record<string, string>>;
}

const same = (...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, column]));

/** By the prefix of their identifiers. What is not named here is not shown: a new column may hold a secret. */
export const AUDITED: Readonly<Record<string, Audited>> = {
  usr: {
    table: 'users',
    shown: same('login', 'displayName', 'role', 'isActive'),
    secret: { passwordHash: 'password' },
  },
  tok: { table: 'apiTokens', shown: same('displayName', 'scopes', 'expiresAt', 'revokedAt') },
  con: {
    table: 'connections',
    shown: { ...same('name', 'platform', 'settings'), method: 'credential.method', status: 'health.status' },
    secret: { credential: 'credential', tokens: 'signIn' },
  },
  bud: { table: 'budgets', shown: same('reserveShare', 'hourlyLimit', 'spikeLimit') },
  job: {
    table: 'jobs',
    shown: {
      ...same('name', 'description', 'transferType', 'labels', 'policies', 'rules', 'approval', 'schedule'),
      ...same('mappingSetIds'),
      ...same('isSuspended', 'stopReason'),
      sourceConnectionId: 'source.connectionId',
      sourcePath: 'source.path',
      sourceRemoteId: 'source.remoteId',
      destinationConnectionId: 'destination.connectionId',
      destinationPath: 'destination.path',
      destinationRemoteId: 'destination.remoteId',
    },
  },
  map: {
    table: 'mappingSets',
    shown: {
      ...same('name', 'kind', 'sourcePlatform', 'destinationPlatform', 'automaticMatches', 'exclusions'),
      ...same('unmapped', 'defaultTarget', 'metadataRules'),
    },
  },
  plan: {
    table: 'plans',
    shown: { ...same('jobId', 'approvalState', 'comment'), undoesId: 'undoes.id', decidedById: 'decidedBy.id' },
  },
  rep: { table: 'reports', shown: same('kind', 'format', 'subjectId', 'itemFilter', 'timeZone') },
  // The address of a webhook often holds a secret of its receiver.
  whk: { table: 'webhooks', shown: same('topics', 'isActive'), secret: { url: 'url', secret: 'secret' } },
  run: { table: 'runs', shown: { ...same('jobId', 'trigger', 'state', 'wish'), continuesId: 'continues.id' } },
};

/** The state of an object as far as the audit log tells of it; null where it does not exist or nothing is told of its kind. */
export async function auditedValues(db: Database, reader: Reader, id: string): Promise<AuditedValues | null> {
  const audited = AUDITED[prefixOf(id)];
  if (audited === undefined) return null;
  const { table, shown, secret = {} } = audited;
  const columns = [...Object.keys(shown), ...Object.keys(secret)];
  const [row] = await selectByIds(reader, db.tables[table], [id], ['id', ...columns]);
  return row == null ? null : { shown: named(row, shown), secret: named(row, secret) };
}

/** Values of columns under their public paths. */
function named(row: Readonly<Record<string, unknown>>, paths: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(paths).map(([column, path]) => [path, row[column]]));
}
