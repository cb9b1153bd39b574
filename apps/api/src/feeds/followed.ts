import type { JobRow } from '../db/row-types.js';

/** Connections whose changes give a job something to do: of its source, and in a SYNC of either side. */
export function followedConnections({
  transferType,
  sourceConnectionId,
  destinationConnectionId,
}: Pick<JobRow, 'transferType' | 'sourceConnectionId' | 'destinationConnectionId'>): string[] {
  const isTwoWay = transferType === 'SYNC' && destinationConnectionId !== null;
  return isTwoWay ? [sourceConnectionId, destinationConnectionId] : [sourceConnectionId];
}
