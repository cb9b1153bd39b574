import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { DURABILITIES } from './durability.js';
import { createFilesharePlatform, fileshareDescription } from './index.js';
import { failureOf, ShareFixture } from './testing/share-fixture.js';

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
