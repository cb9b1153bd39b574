import { expect, test } from 'vitest';
import type { Capability } from '@sluice/core/platform';
import { capabilitiesOf, limitsOf } from './facts.js';
import type { ShareTraits } from './disk/traits.js';

const traitsWith = (more: Partial<ShareTraits> = {}): ShareTraits => ({
  foldsCase: false,
  hasStableInodes: true,
  nameUnit: 'UTF8',
  syncsAsWhole: true,
  attributes: 'ALL',
  ...more,
});

const levelsOf = (capabilities: ReturnType<typeof capabilitiesOf>) =>
  Object.entries(capabilities).flatMap(([name, { level, asSource }]) =>
    level === 'NONE' && asSource === undefined ? [] : [[name, ...[level, asSource].filter(Boolean)].join(' ')],
  );

test('a share tells how far it supports each feature, of some only as a source', () => {
  expect(levelsOf(capabilitiesOf())).toEqual([
    'AUTHOR_PRESERVATION NONE FULL',
    'GROUP_MAP NONE LIMITED',
    'METADATA_MAP LIMITED',
    'MOVE_IN_PLACE FULL',
    'PERMISSION_PRESERVATION NONE FULL',
    'RECYCLE_BIN EMULATED',
    'TAGS_MAP LIMITED',
    'TIMESTAMP_PRESERVATION FULL',
  ]);
});

test('a manifest brings tags as they are, privacy as far as it is told, and the former versions of a source', () => {
  expect(levelsOf(capabilitiesOf(traitsWith(), true))).toEqual([
    'AUTHOR_PRESERVATION NONE FULL',
    'GROUP_MAP NONE LIMITED',
    'METADATA_MAP LIMITED',
    'MOVE_IN_PLACE FULL',
    'PERMISSION_PRESERVATION LIMITED FULL',
    'RECYCLE_BIN EMULATED',
    'TAGS_MAP FULL',
    'TIMESTAMP_PRESERVATION FULL',
    'VERSION_PRESERVATION NONE EMULATED',
  ]);
});

test.each<[Capability, string]>([
  [
    'AUTHOR_PRESERVATION',
    'What is written belongs to the account that runs the server, unless a mapping gives the owner; a file that is replaced keeps its owner. Both where that account may set it.',
  ],
  ['GROUP_MAP', 'The group of a file is a field that mappings read; groups are those of the system.'],
  [
    'PERMISSION_PRESERVATION',
    'New files have the rights that the folder gives them; a file that is replaced keeps its mode and access list, unless a mapping gives the mode.',
  ],
  [
    'RECYCLE_BIN',
    'Removed items and replaced contents go to the folder .sluice-trash at the root of the job, by date and time of the run.',
  ],
  ['TIMESTAMP_PRESERVATION', 'The modification time is kept as exactly as the file system can, of folders too.'],
])('people read what restricts %s', (capability, note) => {
  expect(capabilitiesOf()[capability].note).toBe(note);
});

test.each<[Capability, string]>([
  [
    'METADATA_MAP',
    'Descriptions, and fields of any name that begins with “manifest:”, are kept in the file .sluice.json of each folder; owner, group, mode and extended attributes as the file system and the account can.',
  ],
  [
    'PERMISSION_PRESERVATION',
    'Whether an item is private is kept in the file .sluice.json of its folder; nobody is kept out by it.',
  ],
  ['TAGS_MAP', 'Tags are kept in the file .sluice.json of each folder.'],
  [
    'VERSION_PRESERVATION',
    'Former versions that stand as files beside the newest are told as its versions, by the file .sluice.json.',
  ],
])('people read what a manifest does for %s', (capability, note) => {
  expect(capabilitiesOf(traitsWith(), true)[capability].note).toBe(note);
});

const WITH_ATTRIBUTES =
  'Owner, group, mode, the time of the last change, and extended attributes of the kind “user”, are fields that are read, and set where the account may; place, size and the time of birth are read only.';

test.each([
  ['ALL' as const, 'The file system keeps extended attributes.'],
  [
    'SOME' as const,
    'Of the file systems mounted there not all keep extended attributes; where one does not, each file tells it.',
  ],
  [null, 'Whether the file system keeps extended attributes is found out when the share is connected.'],
])('fields and tags say what is known of extended attributes: %s', (attributes, sentence) => {
  const told = capabilitiesOf(attributes === null ? undefined : traitsWith({ attributes }));
  expect(told.METADATA_MAP).toEqual({
    level: 'LIMITED',
    withoutDescriptions: true,
    note: `${WITH_ATTRIBUTES} ${sentence} Descriptions have no place.`,
  });
  expect(told.TAGS_MAP).toEqual({
    level: 'LIMITED',
    note: `Tags are the extended attribute user.xdg.tags, where a comma ends a tag. ${sentence}`,
  });
});

test('a share whose file system keeps no extended attributes has no place for tags, and says so', () => {
  const told = capabilitiesOf(traitsWith({ attributes: 'NONE' }));
  expect(told.TAGS_MAP).toEqual({
    level: 'NONE',
    note: 'Tags are the extended attribute user.xdg.tags, which the file system does not keep.',
  });
  expect(told.METADATA_MAP.note).toBe(
    'Owner, group, mode, the time of the last change are fields that are read, and set where the account may; place, size and the time of birth are read only. The file system keeps no extended attributes. Descriptions have no place.',
  );
});

test('any share takes every name of the system but those that lead elsewhere or are kept for Sluice', () => {
  expect(limitsOf()).toEqual({
    maxFileBytes: null,
    maxPathLength: 4094,
    pathLengthUnit: 'UTF8',
    maxSegmentLength: 255,
    segmentLengthUnit: 'UTF8',
    forbiddenCharacters: ['/', '\0'],
    reservedNames: ['.', '..', '.sluice-trash', '.sluice.json'],
    reservedNameRule: 'EXACT',
    restrictedTypes: [],
    isCaseSensitive: true,
    isUnicodeFormSensitive: true,
    whitespaceRule: null,
    holdsEmptyFiles: true,
  });
});

test('a path is shorter by the bytes of the root, and names follow the file system', () => {
  expect(limitsOf('/srv/Pläne', traitsWith({ foldsCase: true, nameUnit: 'UTF16' }))).toMatchObject({
    maxPathLength: 4094 - 11,
    segmentLengthUnit: 'UTF16',
    isCaseSensitive: false,
    isUnicodeFormSensitive: false,
  });
});
