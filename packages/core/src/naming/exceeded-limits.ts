import type { Item, LimitKind, Limits } from '../platform/index.js';
import { splitName } from './name-key.js';
import { lengthOf, type NameContext } from './name-length.js';
import { nameRules } from './name-rules.js';

/**
 * Limits of a platform that an item would exceed in its place there. `name` is its own name as it is now; whether another item
 * of the folder has the name is not asked.
 */
export function exceededLimits(
  name: string,
  { kind, size }: Pick<Item, 'kind' | 'size'>,
  limits: Limits,
  { parentPathLength }: Pick<NameContext, 'parentPathLength'>,
): LimitKind[] {
  const { maxSegmentLength, segmentLengthUnit, maxPathLength, pathLengthUnit, restrictedTypes, maxFileBytes } = limits;
  const pathLength = parentPathLength + Number(parentPathLength > 0) + lengthOf(name, pathLengthUnit);
  const found: LimitKind[] = [...nameRules(limits).broken(name, kind, parentPathLength === 0)];
  if (pathLength > (maxPathLength ?? Infinity)) found.push('MAX_PATH_LENGTH');
  if (lengthOf(name, segmentLengthUnit) > (maxSegmentLength ?? Infinity)) found.push('MAX_SEGMENT_LENGTH');
  if (kind === 'FOLDER') return found;
  if (restrictedTypes.includes(splitName(name).extension.slice(1).toLowerCase())) found.push('RESTRICTED_TYPES');
  if ((size ?? 0) > (maxFileBytes ?? Infinity)) found.push('MAX_FILE_BYTES');
  return found;
}
