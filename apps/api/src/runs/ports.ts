import type { Reader } from '../db/database.js';
import type { PlanRow } from '../db/row-types.js';

/** The part of plans that runs read. */
export interface PlanRows {
  byIds(ids: readonly string[], reader?: Reader): Promise<(PlanRow | null)[]>;
  /** In the order of the ordinals. */
  byOrdinals(ordinals: readonly number[], reader?: Reader): Promise<(PlanRow | null)[]>;
}
