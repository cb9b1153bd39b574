import { CAPABILITIES } from '@sluice/core/platform';
import type { Capabilities, Capability, Limits, Support } from '@sluice/core/platform';
import type { ShareTraits } from './disk/traits.js';
import { MANIFEST, TRASH } from './paths.js';

/** Bytes of a whole path that Linux takes, without the closing zero. */
const MAX_PATH_BYTES = 4095;

type Attributes = ShareTraits['attributes'];

const supported = (attributes: Attributes | null): Partial<Record<Capability, Support>> => ({
  AUTHOR_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'What is written belongs to the account that runs the server, unless a mapping gives the owner; a file that is replaced keeps its owner. Both where that account may set it.',
  },
  GROUP_MAP: {
    level: 'NONE',
    asSource: 'LIMITED',
    note: 'The group of a file is a field that mappings read; groups are those of the system.',
  },
  MOVE_IN_PLACE: { level: 'FULL' },
  PERMISSION_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'New files have the rights that the folder gives them; a file that is replaced keeps its mode and access list, unless a mapping gives the mode.',
  },
  RECYCLE_BIN: {
    level: 'EMULATED',
    note: `Removed items and replaced contents go to the folder ${TRASH} at the root of the job, by date and time of the run.`,
  },
  METADATA_MAP: {
    level: 'LIMITED',
    withoutDescriptions: true,
    note: `Owner, group, mode, the time of the last change${attributes === 'NONE' ? '' : ', and extended attributes of the kind “user”,'} are fields that are read, and set where the account may; place, size and the time of birth are read only. ${ATTRIBUTES[attributes ?? 'UNKNOWN']} Descriptions have no place.`,
  },
  TAGS_MAP:
    attributes === 'NONE'
      ? { level: 'NONE', note: 'Tags are the extended attribute user.xdg.tags, which the file system does not keep.' }
      : {
          level: 'LIMITED',
          note: `Tags are the extended attribute user.xdg.tags, where a comma ends a tag. ${ATTRIBUTES[attributes ?? 'UNKNOWN']}`,
        },
  TIMESTAMP_PRESERVATION: {
    level: 'FULL',
    note: 'The modification time is kept as exactly as the file system can, of folders too.',
  },
});

const ATTRIBUTES: Readonly<Record<Attributes | 'UNKNOWN', string>> = {
  ALL: 'The file system keeps extended attributes.',
  SOME: 'Of the file systems mounted there not all keep extended attributes; where one does not, each file tells it.',
  NONE: 'The file system keeps no extended attributes.',
  UNKNOWN: 'Whether the file system keeps extended attributes is found out when the share is connected.',
};

/** What a manifest keeps beyond that. */
const KEPT: Partial<Record<Capability, Support>> = {
  METADATA_MAP: {
    level: 'LIMITED',
    note: `Descriptions, and fields of any name that begins with “manifest:”, are kept in the file ${MANIFEST} of each folder; owner, group, mode and extended attributes as the file system and the account can.`,
  },
  PERMISSION_PRESERVATION: {
    level: 'LIMITED',
    asSource: 'FULL',
    note: `Whether an item is private is kept in the file ${MANIFEST} of its folder; nobody is kept out by it.`,
  },
  TAGS_MAP: { level: 'FULL', note: `Tags are kept in the file ${MANIFEST} of each folder.` },
  VERSION_PRESERVATION: {
    level: 'NONE',
    asSource: 'EMULATED',
    note: `Former versions that stand as files beside the newest are told as its versions, by the file ${MANIFEST}.`,
  },
};

/** Without traits, those of any share. */
export function capabilitiesOf(traits?: ShareTraits, hasManifest = false): Capabilities {
  const known = { ...supported(traits?.attributes ?? null), ...(hasManifest ? KEPT : {}) };
  return Object.fromEntries(CAPABILITIES.map((name) => [name, known[name] ?? { level: 'NONE' }])) as Capabilities;
}

/** Without a root, the limits of any share. */
export function limitsOf(root = '', traits?: ShareTraits): Limits {
  return {
    maxFileBytes: null,
    maxPathLength: MAX_PATH_BYTES - Buffer.byteLength(root) - 1,
    pathLengthUnit: 'UTF8',
    maxSegmentLength: 255,
    segmentLengthUnit: traits?.nameUnit ?? 'UTF8',
    forbiddenCharacters: ['/', '\0'],
    reservedNames: ['.', '..', TRASH, MANIFEST],
    reservedNameRule: 'EXACT',
    restrictedTypes: [],
    isCaseSensitive: !traits?.foldsCase,
    isUnicodeFormSensitive: !traits?.foldsCase,
    whitespaceRule: null,
    holdsEmptyFiles: true,
  };
}
