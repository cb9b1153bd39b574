import type { StoredLocation } from './inspector.js';
import type { JobRow } from '../db/row-types.js';

export const sourceOf = (row: JobRow): StoredLocation => ({
  connectionId: row.sourceConnectionId,
  path: row.sourcePath,
  remoteId: row.sourceRemoteId,
});

type DestinationColumns = Pick<JobRow, 'destinationConnectionId' | 'destinationPath' | 'destinationRemoteId'>;

/** Null for a scan. */
export function destinationOf(row: DestinationColumns): StoredLocation | null {
  const { destinationConnectionId: connectionId, destinationPath: path, destinationRemoteId: remoteId } = row;
  return connectionId === null || path === null ? null : { connectionId, path, remoteId };
}

/** Of a job that is no scan. */
export function requireDestination(row: DestinationColumns): StoredLocation {
  const destination = destinationOf(row);
  if (destination === null) throw new Error('The job has no destination.');
  return destination;
}
