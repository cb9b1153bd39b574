import { expect, it } from 'vitest';
import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import { CAPABILITIES, type Capabilities, type Limits } from '@sluice/core/platform';
import { findIssues, type Issue, type LocationFacts } from './issues.js';
import { overlap } from './location.js';

const NONE = Object.fromEntries(CAPABILITIES.map((name) => [name, { level: 'NONE' }])) as Capabilities;
const LIMITS: Limits = {
  maxFileBytes: null,
  maxPathLength: null,
  maxSegmentLength: null,
  pathLengthUnit: 'UTF16',
  segmentLengthUnit: 'UTF16',
  forbiddenCharacters: [],
  reservedNames: [],
  reservedNameRule: 'EXACT',
  restrictedTypes: [],
  isCaseSensitive: true,
  isUnicodeFormSensitive: true,
  whitespaceRule: null,
  holdsEmptyFiles: true,
};

const facts = (id: string, given: Partial<LocationFacts> = {}): LocationFacts => ({
  connectionId: id,
  connection: { name: id, status: 'HEALTHY', statusMessage: 'Connected', platform: 'PROCORE', root: null },
  path: '/',
  capabilities: { ...NONE, CONTENT_CHECKSUM: { level: 'FULL' }, TIMESTAMP_PRESERVATION: { level: 'FULL' } },
  limits: LIMITS,
  found: 'FOLDER',
  canRead: true,
  canWrite: true,
  provesAbsence: true,
  canRemove: true,
  canRemoveForGood: true,
  failure: null,
  ...given,
});

const find = (
  source: Partial<LocationFacts>,
  destination: Partial<LocationFacts> = {},
  policies: Partial<Policies> = {},
  transferType: TransferType = 'COPY',
) =>
  findIssues({
    transferType,
    source: facts('a', source),
    destination: facts('b', destination),
    policies: { ...defaultPolicies(transferType), ...policies },
  });
const short = (issues: Issue[]) =>
  issues.map(({ severity, code, capability, limit }) => [severity, code, capability ?? limit].join(' ').trim());

const inState = (status: 'NEEDS_SIGN_IN' | 'INCOMPLETE' | 'NEEDS_PROJECT') => ({
  connection: { name: 'a', status, statusMessage: 'Missing.', platform: 'PROCORE' as const, root: null },
});
const locking = {
  capabilities: { ...facts('a').capabilities!, FILE_LOCK_PROPAGATION: { level: 'LIMITED' as const } },
};
const grouping = {
  capabilities: { ...facts('a').capabilities!, GROUP_MAP: { level: 'LIMITED' as const } },
};
const guarding = {
  capabilities: { ...facts('a').capabilities!, PERMISSION_PRESERVATION: { level: 'LIMITED' as const } },
};
const keeping = {
  capabilities: { ...facts('a').capabilities!, VERSION_PRESERVATION: { level: 'FULL' as const } },
};
const lacking = (limits: Partial<Limits>) => ({ limits: { ...LIMITS, ...limits } });

it.each<[string, Issue[], string[]]>([
  ['nothing when all is well', find({}), []],
  ['a sign-in that is needed', find(inState('NEEDS_SIGN_IN')), ['ERROR SIGN_IN_REQUIRED']],
  ['a connection without project', find(inState('NEEDS_PROJECT')), ['ERROR CONNECTION_INCOMPLETE']],
  ['nothing when deletions can be followed', find({}, {}, { deletions: 'MIRROR' }), []],
  ['nothing when deletions are not followed', find({ provesAbsence: false }, { canRemove: false }), []],
  [
    'deletions that the source does not tell',
    find({ provesAbsence: false }, {}, { deletions: 'MIRROR' }),
    ['ERROR CAPABILITY_MISSING'],
  ],
  [
    'a destination that cannot remove',
    find({}, { canRemove: false }, { deletions: 'MIRROR' }),
    ['ERROR CAPABILITY_MISSING'],
  ],
  [
    'a source that cannot remove what is moved',
    find({ canRemove: false }, {}, {}, 'MOVE'),
    ['ERROR CAPABILITY_MISSING'],
  ],
  [
    'deletions for good, which a place that keeps everything cannot do and which are told elsewhere',
    find({ canRemoveForGood: false }, {}, { deletePermanently: true }, 'SYNC'),
    ['ERROR CAPABILITY_MISSING RECYCLE_BIN', 'WARNING CAPABILITY_MISSING RECYCLE_BIN'],
  ],
  [
    'nothing about a place where nothing is deleted or replaced',
    find({ canRemoveForGood: false }, {}, { deletePermanently: true }).concat(
      find({}, { canRemoveForGood: false }, { deletePermanently: false }, 'PUBLISH'),
    ),
    ['WARNING CAPABILITY_MISSING RECYCLE_BIN'],
  ],
  [
    'contents that are replaced for good, which a place that keeps everything cannot do',
    find({}, { canRemoveForGood: false }, { deletePermanently: true }),
    ['ERROR CAPABILITY_MISSING RECYCLE_BIN'],
  ],
  ['nothing about versions that both sides keep', find(keeping, keeping, { maxVersions: 3 }), []],
  [
    'versions that the job leaves out',
    find(keeping, keeping, { maxVersions: 1 }),
    ['INFO CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  [
    'a number of versions that the destination does not keep',
    find(keeping, {}, { maxVersions: 3 }),
    ['ERROR CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  [
    'a number of versions that the source does not have',
    find({}, keeping, { maxVersions: 3 }),
    ['ERROR CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  ['nothing about versions that become files', find(keeping, {}, { versionsAsFiles: true, maxVersions: 3 }), []],
  [
    'files of versions that the source does not have',
    find({}, {}, { versionsAsFiles: true }),
    ['ERROR CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  [
    'files of versions where the destination keeps versions',
    find(keeping, keeping, { versionsAsFiles: true }),
    ['ERROR CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  ['nothing about locks that both sides have', find(locking, locking, { lockedFiles: 'PROPAGATE' }), []],
  [
    'locks that the destination does not have',
    find(locking, {}, { lockedFiles: 'PROPAGATE' }),
    ['ERROR CAPABILITY_MISSING FILE_LOCK_PROPAGATION'],
  ],
  [
    'locks that the source does not have',
    find({}, locking, { lockedFiles: 'PROPAGATE' }),
    ['ERROR CAPABILITY_MISSING FILE_LOCK_PROPAGATION'],
  ],
  [
    'groups that cannot be made at the destination',
    find({}, {}, { createGroups: true }),
    ['ERROR CAPABILITY_MISSING GROUP_MAP'],
  ],
  ['nothing about groups that can be made there', find({}, grouping, { createGroups: true }), []],
  ['nothing about privacy that both sides have', find(guarding, guarding, { permissions: 'PRIVACY_FLAG' }), []],
  ['privacy that the job leaves', find(guarding, guarding), ['INFO CAPABILITY_MISSING PERMISSION_PRESERVATION']],
  [
    'privacy that the destination does not have',
    find(guarding, {}, { permissions: 'PRIVACY_FLAG' }),
    ['ERROR CAPABILITY_MISSING PERMISSION_PRESERVATION'],
  ],
  [
    'privacy that the source does not have, also for a job of folders',
    find({}, guarding, { permissions: 'PRIVACY_FLAG' }, 'STRUCTURE'),
    ['ERROR CAPABILITY_MISSING PERMISSION_PRESERVATION'],
  ],
  ['nothing about a source that can only remove, for MOVE', find({ canWrite: false }, {}, {}, 'MOVE'), []],
  ['nothing about a source that can only be read, for COPY', find({ canWrite: false, canRemove: false }), []],
  [
    'a source that cannot be written, for SYNC',
    find({ canWrite: false }, {}, {}, 'SYNC'),
    ['ERROR CAPABILITY_MISSING'],
  ],
  [
    'nothing about files for a job of folders',
    find({}, { capabilities: NONE, ...lacking({ maxFileBytes: 1 }) }, {}, 'STRUCTURE'),
    [],
  ],
  ['a connection that is gone', find({ connection: null }), ['ERROR NOT_FOUND']],
  [
    'a platform that does not answer',
    find({ failure: { code: 'REMOTE_UNREACHABLE', message: 'No.' } }),
    ['WARNING REMOTE_UNREACHABLE'],
  ],
  ['a source that is not there', find({ found: 'MISSING' }), ['ERROR REMOTE_NOT_FOUND']],
  ['a destination that is a file', find({}, { found: 'FILE' }), ['ERROR INVALID']],
  ['a destination that cannot be written', find({}, { canWrite: false }), ['ERROR CAPABILITY_MISSING']],
  [
    'versions that stay behind',
    find({ capabilities: { ...NONE, VERSION_PRESERVATION: { level: 'FULL' } } }),
    ['WARNING CAPABILITY_MISSING VERSION_PRESERVATION'],
  ],
  [
    'times and checksums that are not kept',
    find({}, { capabilities: NONE }),
    ['WARNING CAPABILITY_MISSING TIMESTAMP_PRESERVATION', 'INFO CAPABILITY_MISSING CONTENT_CHECKSUM'],
  ],
  [
    'no checksum where it may read back',
    find({}, { capabilities: NONE }, { readBack: true, keepTimestamps: false }),
    [],
  ],
  ['empty files that cannot be held', find({}, lacking({ holdsEmptyFiles: false })), ['WARNING PLATFORM_LIMIT']],
  ['empty files that are left out anyway', find({}, lacking({ holdsEmptyFiles: false }), { zeroByteFile: 'SKIP' }), []],
  ['paths that are too long', find({}, lacking({ maxPathLength: 255 })), ['INFO PLATFORM_LIMIT MAX_PATH_LENGTH']],
  ['paths that were as short before', find(lacking({ maxPathLength: 200 }), lacking({ maxPathLength: 255 })), []],
  ['characters', find({}, lacking({ forbiddenCharacters: ['?', '\0'] })), ['INFO PLATFORM_LIMIT FORBIDDEN_CHARACTERS']],
  ['case', find({}, lacking({ isCaseSensitive: false })), ['INFO PLATFORM_LIMIT CASE_SENSITIVITY']],
  ['sizes', find({}, lacking({ maxFileBytes: 10 })), ['INFO PLATFORM_LIMIT MAX_FILE_BYTES']],
])('finds %s', (_name, issues, expected) => {
  expect(short(issues)).toEqual(expected);
});

it('finds locations that overlap on one connection or in one file system', () => {
  const share = (root: string) => ({
    connection: {
      name: 's',
      status: 'HEALTHY' as const,
      statusMessage: '',
      platform: 'NETWORK_FILE_SHARE' as const,
      root,
    },
  });
  const codes = (issues: Issue[]) => issues.map(({ code }) => code);
  expect(codes(find({ connectionId: 'x', path: '/a' }, { connectionId: 'x', path: '/a/b' }))).toEqual([
    'OVERLAPPING_LOCATIONS',
  ]);
  expect(codes(find({ connectionId: 'x', path: '/a' }, { connectionId: 'x', path: '/ab' }))).toEqual([]);
  expect(codes(find({ ...share('/srv/plans') }, { ...share('/srv'), path: '/plans/new' }))).toEqual([
    'OVERLAPPING_LOCATIONS',
  ]);
  expect(codes(find({ ...share('/srv/plans') }, { ...share('/srv'), path: '/plans2' }))).toEqual([]);
});

it.each([
  ['/', '/a', true],
  ['/a/b', '/a', true],
  ['/a', '/b', false],
  ['/a', '/a', true],
])('compares %s and %s', (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
});

it('a publication that cannot remove names the type of the job, and no policy that would help', () => {
  const [found] = find({}, { canRemove: false }, {}, 'PUBLISH');
  expect(found).toMatchObject({ severity: 'ERROR', code: 'CAPABILITY_MISSING', field: ['transferType'] });
  expect(found?.message).toContain('PUBLISH needs it');
});
