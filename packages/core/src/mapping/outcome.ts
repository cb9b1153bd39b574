import type { DirectoryKind } from '../platform/index.js';
import type { MappingMatch } from './mapping-set.js';

/** What became of one name, tag or field of an item. */
export interface Outcome {
  kind: DirectoryKind;
  /** Field at the destination; null for a name or tag, and for a source field that none belongs to. */
  destinationField: string | null;
  /** Null where the source has no value, and for a fixed one. */
  sourceValue: string | null;
  /** Null when nothing is written. */
  destinationValue: string | null;
  match: MappingMatch;
  problem: MappingProblem | null;
}

/** Something that could not be mapped. */
export interface MappingProblem {
  /** The item's reason when it is flagged. */
  reason: 'UNMAPPED' | 'METADATA_MISSING';
  kind: DirectoryKind;
  /** Field at the destination, else at the source; null for names and tags. */
  field: string | null;
  /** What was not mapped; null for a value that is missing. */
  value: string | null;
  /** What is wrong, in a sentence for people. */
  message: string;
  /** The item is flagged instead of carried without it. */
  isFlagged: boolean;
}
