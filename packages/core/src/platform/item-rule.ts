/**
 * A filter of a job: it matches an item when every condition that is given holds. Sizes are bytes, instants epoch
 * milliseconds, ages milliseconds; null and empty lists are no condition.
 */
export interface ItemRule {
  isExclusion: boolean;
  /** Relative to the job's location; any of them. */
  globs: readonly string[];
  /** Any of them. */
  extensions: readonly string[];
  minBytes: number | null;
  maxBytes: number | null;
  createdFrom: number | null;
  /** Exclusive. */
  createdTo: number | null;
  modifiedFrom: number | null;
  /** Exclusive. */
  modifiedTo: number | null;
  minAgeMs: number | null;
  maxAgeMs: number | null;
  isHidden: boolean | null;
  metadataKey: string | null;
  /** Null: any value. */
  metadataValue: string | null;
}
