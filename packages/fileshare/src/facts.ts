import { CAPABILITIES } from '@sluice/core/platform';
import type { Capabilities, Capability, Limits, Support } from '@sluice/core/platform';
import type { ShareTraits } from './disk/traits.js';
import { TRASH } from './paths.js';

/** Bytes of a whole path that Linux takes, without the closing zero. */
const MAX_PATH_BYTES = 4095;

const SUPPORTED: Partial<Record<Capability, Support>> = {
  AUTHOR_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'What is written belongs to the account that runs the server; a file that is replaced keeps its owner where that account may set it.',
  },
  MOVE_IN_PLACE: { level: 'FULL' },
  PERMISSION_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'New files have the rights that the folder gives them; a file that is replaced keeps its mode and access list.',
  },
  RECYCLE_BIN: {
    level: 'EMULATED',
    note: `Removed items and replaced contents go to the folder ${TRASH} at the root of the job, by date and time of the run.`,
  },
  METADATA_MAP: {
    level: 'NONE',
    note: 'Owner, group, mode, times and extended attributes of the kind “user” are read as fields where they are asked for; none are set.',
  },
  TAGS_MAP: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'Tags are the extended attribute user.xdg.tags: they are read where they are asked for, and not set.',
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
export function limitsOf(root = '', traits?: ShareTraits): Limits {
  return {
    maxFileBytes: null,
    maxPathLength: MAX_PATH_BYTES - Buffer.byteLength(root) - 1,
    pathLengthUnit: 'UTF8',
    maxSegmentLength: 255,
    segmentLengthUnit: traits?.nameUnit ?? 'UTF8',
    forbiddenCharacters: ['/', '\0'],
    reservedNames: ['.', '..', TRASH],
    reservedNameRule: 'EXACT',
    restrictedTypes: [],
    isCaseSensitive: !traits?.foldsCase,
    isUnicodeFormSensitive: !traits?.foldsCase,
    whitespaceRule: null,
    holdsEmptyFiles: true,
  };
}
