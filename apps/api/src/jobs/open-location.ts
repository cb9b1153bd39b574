import { PlatformError, type Call, type Platform } from '@sluice/core/platform';
import { segmentsOf } from './location.js';
import type { StoredLocation } from './inspector.js';
import type { ConnectionAccess } from './ports.js';

export interface OpenLocation {
  platform: Platform;
  /** Path from the connection's root. */
  root: readonly string[];
}

/** Opens a job's location. A location with an identifier is found by it, also after the folder was moved. */
export async function openLocation(
  connections: Pick<ConnectionAccess, 'open'>,
  { connectionId, path, remoteId }: StoredLocation,
  caller: Pick<Call, 'owner' | 'share' | 'signal'>,
): Promise<OpenLocation> {
  const platform = await connections.open(connectionId);
  if (remoteId === null) return { platform, root: segmentsOf(path) };
  const item = await platform.find({ id: remoteId }, { ...caller, priority: 'JOB' });
  if (item !== null) return { platform, root: item.path };
  throw new PlatformError('NOT_FOUND', `The folder “${path}” is no longer there.`, {
    remedy: 'Choose another one in the job.',
  });
}
