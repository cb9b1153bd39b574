import { CAPABILITIES } from '@sluice/core/platform';
import type { Capabilities, Capability, Limits, Support } from '@sluice/core/platform';
import { TRASH } from './paths.js';

/** Bytes of a whole path that Linux takes, without the closing zero. */
const MAX_PATH_BYTES = 4095;

const SUPPORTED: Partial<Record<Capability, Support>> = {
  MOVE_IN_PLACE: { level: 'FULL' },
  RECYCLE_BIN: {
    level: 'EMULATED',
    note: `Removed items go to the folder ${TRASH} at the root of the job, by date and time of the run.`,
  },
  TIMESTAMP_PRESERVATION: {
    level: 'FULL',
    note: 'The modification time is kept as exactly as the file system can, of folders too.',
  },
};

export const CAPABILITIES_OF_A_SHARE = Object.fromEntries(
  CAPABILITIES.map((name) => [name, SUPPORTED[name] ?? { level: 'NONE' }]),
) as Capabilities;

/** Without a root, the limits of any share. */
export function limitsOf(root = '', foldsCase = false): Limits {
  return {
    maxFileBytes: null,
    maxPathLength: MAX_PATH_BYTES - Buffer.byteLength(root) - 1,
    maxSegmentLength: 255,
    pathLengthUnit: 'UTF8',
    segmentLengthUnit: 'UTF8',
    forbiddenCharacters: ['/', '\0'],
    reservedNames: ['.', '..', TRASH],
    reservedNameRule: 'EXACT',
    restrictedTypes: [],
    isCaseSensitive: !foldsCase,
    isUnicodeFormSensitive: !foldsCase,
    whitespaceRule: null,
    holdsEmptyFiles: true,
  };
}
