import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createFilesharePlatform } from '@sluice/fileshare';
import type { Clock } from '@sluice/core/http';
import { Mapping, type MappingSet } from '@sluice/core/mapping';
import { defaultPolicies } from '@sluice/core/plan';
import type { Call, Platform } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';

const set = {
  id: 'set',
  name: 'Set',
  automaticMatches: [],
  exclusions: [],
  unmapped: 'SKIP',
  defaultTarget: null,
} as const;
const rule = (destinationField: string, field: string) => ({
  ...{ destinationField, origin: { kind: 'FIELD', field } as const },
  ...{ defaultValue: null, choices: [], isRequired: false },
});
const tagSet: MappingSet = {
  ...{ ...set, kind: 'TAG', metadataRules: [] },
  entries: [{ sourceKey: 'plan', destinationKey: 'the plan' }],
};
const fieldSet: MappingSet = {
  ...{ ...set, kind: 'METADATA', entries: [] },
  metadataRules: [rule('xattr:user.stage', 'text'), rule('xattr:user.stage', 'xattr:user.stage'), rule('mode', 'mode')],
};

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal, ref: false }),
};
const call = (): Call => ({ signal: new AbortController().signal, priority: 'JOB', owner: 'test' });
const ALL = { fields: 'ALL', tags: true } as const;

async function share() {
  const root = await mkdtemp(join(tmpdir(), 'sluice-mapped-'));
  const platform = await createFilesharePlatform({ root, clock: { now: () => Date.now() }, random: Math.random });
  onTestFinished(async () => {
    await platform.close();
    await rm(root, { recursive: true });
  });
  const told = async (path: string) => (await platform.find({ path: path.split('/') }, call(), ALL))!;
  return { platform, at: (path: string) => join(root, path), told };
}

async function mappingBetween(source: Platform, destination: Platform): Promise<Mapping> {
  const names = async ({ directory }: Platform) => ({
    ...{ ACCOUNT: null, GROUP: null, TAG: null },
    METADATA: await directory!.list({ kind: 'METADATA', search: null, limit: 500 }, call()),
  });
  return new Mapping([tagSet, fieldSet], await names(source), await names(destination));
}

/** Copies, and tells what became of each item. */
async function copying(source: Platform, destination: Platform) {
  const job = new MemoryJob();
  const mapping = await mappingBetween(source, destination);
  return async () => {
    const store = new MemoryEngineStore(job);
    const end = await executeRun({
      ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, mapping, clock },
      policies: defaultPolicies('COPY'),
    });
    expect(end).toEqual({ kind: 'DONE' });
    return store.outcomes();
  };
}

/** Not every file system keeps attributes. */
const isWithoutAttributes = ({ capabilities }: Platform) => capabilities.TAGS_MAP.level === 'NONE';

it('tags and fields come to a share from a platform that streams', async ({ skip }) => {
  const source = createMemoryPlatform();
  const { platform, told, at } = await share();
  skip(isWithoutAttributes(platform), 'the temporary folder keeps no extended attributes');
  source.seed([{ path: 'plans/a.pdf', bytes: 'one', modifiedAt: new Date('2019-03-05T06:07:08Z') }]);
  source.edit('plans/a.pdf', { fields: { text: 'A-2', mode: '0640' }, tags: ['plan'] });
  source.edit('plans', { tags: ['plan'] });
  const run = await copying(source, platform);
  expect(await run()).toMatchObject({ plans: 'CREATED NEW', 'plans/a.pdf': 'CREATED NEW' });
  const arrived = await told('plans/a.pdf');
  expect(arrived).toMatchObject({ fields: { 'xattr:user.stage': 'A-2', mode: '0640' }, tags: ['the plan'] });
  expect(arrived.modifiedAt).toEqual(new Date('2019-03-05T06:07:08Z'));
  expect((await told('plans')).tags).toEqual(['the plan']);
  expect(await run()).toEqual({});
  source.edit('plans/a.pdf', { fields: { text: 'A-3', mode: '0640' } });
  const before = await stat(at('plans/a.pdf'));
  expect(await run()).toEqual({ 'plans/a.pdf': 'DESCRIBED METADATA_CHANGED' });
  expect((await told('plans/a.pdf')).fields).toMatchObject({ 'xattr:user.stage': 'A-3' });
  expect((await stat(at('plans/a.pdf'))).ino).toBe(before.ino);
  source.seed([{ path: 'plans/a.pdf', bytes: 'two' }]);
  source.edit('plans/a.pdf', { fields: { text: 'A-4', mode: '0600' } });
  expect((await run())['plans/a.pdf']).toMatch(/^UPDATED/);
  expect(await readFile(at('plans/a.pdf'), 'utf8')).toBe('two');
  expect((await told('plans/a.pdf')).fields).toMatchObject({ 'xattr:user.stage': 'A-4', mode: '0600' });
  expect(await run()).toEqual({});
});

it('tags and fields come from share to share without streams', async ({ skip }) => {
  const [from, to] = [await share(), await share()];
  skip(isWithoutAttributes(to.platform), 'the temporary folder keeps no extended attributes');
  for (const name of ['a.pdf', 'b.pdf']) await writeFile(from.at(name), name);
  const give = async (stage: string) =>
    from.platform.destination!.describe!(
      await from.told('a.pdf'),
      { fields: { 'xattr:user.stage': stage, mode: '0604' }, tags: ['plan'] },
      call(),
    );
  await give('as built');
  const run = await copying(from.platform, to.platform);
  expect(await run()).toEqual({ 'a.pdf': 'CREATED NEW', 'b.pdf': 'CREATED NEW' });
  expect(await to.told('a.pdf')).toMatchObject({
    ...{ fields: { 'xattr:user.stage': 'as built', mode: '0604' }, tags: ['the plan'] },
  });
  expect((await to.told('b.pdf')).tags).toBeUndefined();
  expect(await run()).toEqual({});
  await give('checked');
  expect(await run()).toEqual({ 'a.pdf': 'DESCRIBED METADATA_CHANGED' });
  expect((await to.told('a.pdf')).fields).toMatchObject({ 'xattr:user.stage': 'checked' });
  await writeFile(from.at('a.pdf'), 'another content');
  expect((await run())['a.pdf']).toMatch(/^UPDATED/);
  expect(await to.told('a.pdf')).toMatchObject({ fields: { 'xattr:user.stage': 'checked', mode: '0604' } });
});
