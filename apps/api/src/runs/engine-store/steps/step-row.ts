import type { Database } from '../../../db/database.js';
import { planOrdinalOf } from '../../../db/item-ids.js';
import { sourceKeyOf, unpackKey, unpackRemoteId } from '../step-keys.js';

export type StoredStep = Database['tables']['steps']['$inferSelect'];

/** A step of a plan or an item of a run, as people are shown it. */
export interface StepRow extends Omit<StoredStep, 'message' | 'step' | 'checkpoint'> {
  jobId: string;
  planOrdinal: number;
  sourceKey: string | null;
  message: string;
}

/** Columns without which no other one can be told. */
export const KEY_COLUMNS = ['id', 'itemKey'] as const satisfies readonly (keyof StoredStep)[];

/** A step with the columns that are asked for. */
type ReadStep = Pick<StoredStep, (typeof KEY_COLUMNS)[number]> & Partial<StoredStep>;

/**
 * A step with what the columns of `row` tell, which the caller knows; the rest is null or absent. All that it is given stands
 * before `row`: a property that comes after a spread object and is new costs two microseconds.
 */
export function toStepRow(row: ReadStep, jobId: string): StepRow {
  const { id, itemKey, destinationKey = null, sourceRemoteId = null, destinationRemoteId = null } = row;
  const read = {
    jobId,
    planOrdinal: planOrdinalOf(id),
    sourceKey: sourceKeyOf(itemKey),
    destinationKey: null,
    sourceRemoteId: null,
    destinationRemoteId: null,
    message: null,
    ...row,
  };
  return Object.assign(read, {
    destinationKey: unpackKey(itemKey, destinationKey),
    sourceRemoteId: unpackRemoteId(itemKey, sourceRemoteId),
    destinationRemoteId: unpackRemoteId(itemKey, destinationRemoteId),
    message: row.message ?? row.planMessage ?? '',
  }) as StepRow;
}
