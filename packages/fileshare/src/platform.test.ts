import { statSync } from 'node:fs';
import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { Platform } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { DURABILITIES } from './durability.js';
import { createFilesharePlatform, fileshareDescription } from './index.js';
import type { Lane } from './lane.js';
import { readWorkingName } from './paths.js';
import type { FileshareOptions } from './platform.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { inlineLane } from './testing/inline-lane.js';
import { content, failureOf, present, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

const clock = { now: () => 0 };
const create = (root: string) => createFilesharePlatform({ root, clock, random: () => 0.5 });
const outcomes = async (root: string) => (await (await create(root)).check(share.call())).map((check) => check.outcome);

test.each(['\\\\server\\share\\plans', 'smb://server/plans', '//server/plans', 'relative/folder', ''])(
  'the location %j is refused with what to do',
  async (root) => {
    const error = await failureOf(create(root));
    expect(error.remedy).toContain('folder');
  },
);

test('a folder passes every step that is asked for', async () => {
  expect(await outcomes(share.root())).toEqual(['PASSED', 'PASSED', 'SKIPPED']);
});

test('a missing folder and a file fail at the first step, with a remedy', async () => {
  await writeFile(share.root('file.txt'), 'x');
  for (const path of ['missing', 'file.txt']) {
    const checks = await (await create(share.root(path))).check(share.call(), { path: [] });
    expect(checks.map((check) => check.outcome)).toEqual(['FAILED', 'SKIPPED', 'SKIPPED']);
    expect(checks[0]?.remedy).toEqual(expect.any(String));
  }
});

test('a write probe in a missing folder fails and leaves the rest passed', async () => {
  const checks = await share.platform.check(share.call(), { path: ['missing'] });
  expect(checks.map((check) => check.outcome)).toEqual(['PASSED', 'PASSED', 'FAILED']);
});

test('a folder that appears later can be used', async () => {
  await rm(share.root(), { recursive: true });
  const platform = await create(share.root('later'));
  expect(await platform.find({ path: [] }, share.call())).toBeNull();
  await share.put('later/file.txt', 'x');
  expect(await platform.find({ path: ['file.txt'] }, share.call())).toMatchObject({ size: 1 });
});

test.each([
  ['put there anew', ['file.txt']],
  ['mounted after its empty place was seen', []],
])('a folder that was %s is refused until the connection is tested, and taken from then on', async (_, files) => {
  for (const name of files) await share.put(name, 'x');
  await share.list();
  await rename(share.root(), share.outside('before'));
  await share.put('real.txt', 'x');
  expect((await failureOf(share.list())).kind).toBe('UNREACHABLE');
  const checks = await share.platform.check(share.call());
  expect(checks.map((check) => check.outcome)).toEqual(['PASSED', 'PASSED', 'SKIPPED']);
  expect(await share.list()).toMatchObject([{ item: { path: ['real.txt'] } }]);
});

test('the limit of a path counts from the root, in bytes', async () => {
  const { limits } = await create('/srv/plans');
  expect(limits.maxPathLength).toBe((fileshareDescription.limits.maxPathLength ?? 0) - '/srv/plans'.length);
  expect(limits.pathLengthUnit).toBe('UTF8');
});

test('the form asks for the folder, and how safe it is against a loss of power', () => {
  const required = fileshareDescription.form.filter((field) => field.isRequired && field.defaultValue === undefined);
  expect(required.map((field) => field.name)).toEqual(['settings.networkFileShare.location']);
  const durability = fileshareDescription.form.find((field) => field.name === 'settings.networkFileShare.durability');
  expect(durability?.options?.map(({ value }) => value)).toEqual([...DURABILITIES]);
  expect(durability?.defaultValue).toBe('MARK');
});

test('nothing is done in a root that is not admitted where it really lies', async () => {
  await mkdir(share.root('elsewhere'));
  await symlink(share.root('elsewhere'), share.root('link'));
  const told: string[] = [];
  const admitRoot = async (root: string) => {
    told.push(root);
    throw new PlatformError('ACCESS_DENIED', 'Not this one.');
  };
  const platform = await createFilesharePlatform({ root: share.root('link'), clock, random: () => 0.5, admitRoot });
  await expect(platform.find({ path: ['a'] }, share.call())).rejects.toMatchObject({ kind: 'ACCESS_DENIED' });
  const [first] = await platform.check(share.call(), { path: [] });
  expect(first).toMatchObject({ outcome: 'FAILED', message: 'Not this one.' });
  expect(told[0]).toBe(await realpath(share.root('elsewhere')));
});

test.each(['\\\\server\\plans', '//server/plans', 'smb:plans', 'CIFS://server/plans', 'nfs://server/plans'])(
  'a share has to be mounted on the server before it is reached: %j',
  async (root) => {
    expect(await failureOf(create(root))).toMatchObject({
      kind: 'REJECTED',
      message: 'A share can be reached only through a folder where the server has it mounted.',
      remedy: 'Mount the share on the server and give the folder where it is mounted, such as /mnt/plans.',
    });
  },
);

test.each(['plans', './plans', '', '/srv/pl\0ans', 'plans/smb:'])(
  'a location that is no absolute path is refused: %j',
  async (root) => {
    expect(await failureOf(create(root))).toMatchObject({
      kind: 'NAME_INVALID',
      message: 'The location is not an absolute path.',
      remedy: 'Give the whole path of the folder, such as /srv/plans.',
    });
  },
);

/** On a lane of its own, whose calls may be replaced. */
function createOn(calls: Partial<Lane>, more: Partial<FileshareOptions> = {}): Promise<Platform> {
  const lane = { ...inlineLane(realDisk()), ...calls };
  return createFilesharePlatform({ root: share.root(), clock, random: () => 0.5, lane, ...more });
}

test('a share that does not answer for 15 seconds cannot be opened', async () => {
  vi.useFakeTimers();
  try {
    const opened = failureOf(createOn({ call: () => new Promise(() => {}) }));
    let isOver = false;
    void opened.then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(14_999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await opened).kind).toBe('UNREACHABLE');
  } finally {
    vi.useRealTimers();
  }
});

test('a share is closed with all that it is reached by', async () => {
  let closed = 0;
  const platform = await createOn({ close: async () => void (closed += 1) });
  await platform.close();
  expect(closed).toBeGreaterThan(0);
});

test('a share is what it says, with marks and without manifests unless it is told otherwise', async () => {
  const [plain, kept] = [await createOn({}), await createOn({}, { hasManifest: true })];
  expect([plain.kind, fileshareDescription.kind, fileshareDescription.displayName]).toEqual([
    ...['NETWORK_FILE_SHARE', 'NETWORK_FILE_SHARE', 'Network file share'],
  ]);
  expect([plain, kept].map(({ capabilities }) => capabilities.VERSION_PRESERVATION.asSource)).toEqual([
    undefined,
    'EMULATED',
  ]);
  const never = await createOn({}, { durability: 'NEVER' });
  expect([plain, never].map(({ destination }) => destination?.durability?.settle !== undefined)).toEqual([true, false]);
});

test.each(['NOT_FOUND', 'NAME_INVALID', 'SPECIAL_FILE'] as const)(
  'nothing is found at a place that is refused as %s',
  async (kind) => {
    const disk = realDisk();
    const look = () => {
      throw new PlatformError(kind, 'No.');
    };
    const platform = await createOn(inlineLane({ ...disk, look }));
    expect(await platform.find({ path: ['a'] }, share.call())).toBeNull();
  },
);

test('a place that cannot be looked at is an error, of that place', async () => {
  const look = () => {
    throw systemError('EACCES');
  };
  const platform = await createOn(inlineLane({ ...realDisk(), look }));
  await share.put('a/b', 'x');
  expect(await failureOf(platform.find({ path: ['a', 'b'] }, share.call()))).toMatchObject({
    kind: 'ACCESS_DENIED',
    message: '“/a/b” is not accessible to the server’s account.',
  });
});

test('working files have names of their own, of a count and a random part', async () => {
  const hooks = new HookedDisk();
  const names: string[] = [];
  hooks.before = (call, [path]) => {
    if (call === 'open' && String(path).endsWith('.part')) names.push(String(path).split('/').at(-1) ?? '');
  };
  const platform = await createOn(inlineLane(hooks.disk));
  for (const name of ['a', 'b']) {
    const parent = present(await platform.find({ path: [] }, share.call()));
    await platform.destination?.write({ parent, name, content: content(name) }, share.call());
  }
  expect(names.map((name) => readWorkingName(name)?.kind)).toEqual(['part', 'part']);
  const counts = names.map((name) => /-([0-9a-z]+)i00000\.part$/.exec(name)?.[1] ?? '');
  const [first = 0, second = 0] = counts.map((count) => Number.parseInt(count, 36));
  expect(second - first).toBe(1);
});

test('a file that gets a time is last read at the time of the clock', async () => {
  const platform = await createOn({}, { clock: { now: () => 86_400_000 } });
  const parent = present(await platform.find({ path: [] }, share.call()));
  const request = { parent, name: 'a', content: content('text'), modifiedAt: new Date(5_000) };
  await platform.destination?.write(request, share.call());
  expect(statSync(share.root('a'))).toMatchObject({ atimeMs: 86_400_000, mtimeMs: 5_000 });
});
