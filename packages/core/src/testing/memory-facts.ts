import { CAPABILITIES, PlatformError } from '../platform/index.js';
import type { Capabilities, Limits, Support } from '../platform/index.js';

const SUPPORTED = new Set([
  'ACCOUNT_MAP',
  'CONTENT_CHECKSUM',
  'FILE_LOCK_PROPAGATION',
  'GROUP_MAP',
  'METADATA_MAP',
  'MOVE_IN_PLACE',
  'PERMISSION_PRESERVATION',
  'RECYCLE_BIN',
  'TAGS_MAP',
  'TIMESTAMP_PRESERVATION',
  'VERSION_PRESERVATION',
]);

/** Everything that the memory platform can do, and nothing else, with the given ones laid over. */
export function memoryCapabilities(given: Partial<Capabilities> = {}): Capabilities {
  const all = CAPABILITIES.map((name): [string, Support] => [name, { level: SUPPORTED.has(name) ? 'FULL' : 'NONE' }]);
  return { ...(Object.fromEntries(all) as Capabilities), ...given };
}

export function memoryLimits(given: Partial<Limits> = {}): Limits {
  return {
    maxFileBytes: null,
    maxPathLength: null,
    maxSegmentLength: null,
    pathLengthUnit: 'UTF16',
    segmentLengthUnit: 'UTF16',
    forbiddenCharacters: ['/', '\0'],
    reservedNames: [],
    reservedNameRule: 'EXACT',
    restrictedTypes: [],
    isCaseSensitive: true,
    isUnicodeFormSensitive: true,
    whitespaceRule: null,
    holdsEmptyFiles: true,
    ...given,
  };
}

/** How the platform compares names. */
export function nameKey(limits: Limits): (name: string) => string {
  return (name) => {
    const form = limits.isUnicodeFormSensitive ? name : name.normalize('NFC');
    return limits.isCaseSensitive ? form : form.toLowerCase();
  };
}

function lengthOf(text: string, unit: Limits['pathLengthUnit']): number {
  return unit === 'UTF8' ? new TextEncoder().encode(text).length : text.length;
}

/** Refuses what the limits forbid, so that an engine that breaks its promise is found out. */
export function assertLegal(path: readonly string[], limits: Limits): void {
  const name = path.at(-1) ?? '';
  const key = nameKey(limits);
  const isReserved = limits.reservedNames.some((one) => key(one) === key(name));
  if (['', '.', '..'].includes(name) || isReserved || limits.forbiddenCharacters.some((one) => name.includes(one))) {
    throw new PlatformError('NAME_INVALID', `The name “${name}” is not allowed.`);
  }
  if (lengthOf(name, limits.segmentLengthUnit) > (limits.maxSegmentLength ?? Infinity)) {
    throw new PlatformError('NAME_INVALID', `The name “${name}” is too long.`);
  }
  if (lengthOf(path.join('/'), limits.pathLengthUnit) > (limits.maxPathLength ?? Infinity)) {
    throw new PlatformError('PATH_TOO_LONG', `The path of “${name}” is too long.`);
  }
}

export function assertStorable(size: number, limits: Limits): void {
  if (size === 0 && !limits.holdsEmptyFiles) throw new PlatformError('ZERO_BYTES', 'Empty files cannot be stored.');
  if (limits.maxFileBytes !== null && size > limits.maxFileBytes) {
    throw new PlatformError('FILE_TOO_LARGE', `A file of ${size} bytes is too large.`);
  }
}
