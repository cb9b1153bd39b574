import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Mapping, type Directories, type MappingSet } from '@sluice/core/mapping';
import { Job, Places } from '../support/effects/two-places.js';
import type { Side } from '../support/effects/sides.js';
import { startEmptySandbox } from '../support/sandbox.js';

let places: Places;
beforeAll(async () => void (places = new Places(await startEmptySandbox())));
afterAll(() => places[Symbol.asyncDispose]());

const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a person' } as const;
const TIME_FIELD = 'custom_field_41012';
const PATH_FIELD = 'custom_field_41007';

const copying = (...pairs: [from: string, to: string][]): MappingSet => ({
  ...{ id: 'set', name: 'Set', kind: 'METADATA', automaticMatches: [], exclusions: [], unmapped: 'FLAG' },
  ...{ defaultTarget: null, entries: [] },
  metadataRules: pairs.map(([field, destinationField]) => ({
    ...{ destinationField, origin: { kind: 'FIELD', field }, defaultValue: null, choices: [], isRequired: false },
  })),
});

async function fieldsOf(side: Side): Promise<Directories> {
  const { directory } = await side.open();
  const METADATA = await directory!.list({ kind: 'METADATA', search: null, limit: 500 }, call);
  return { ACCOUNT: null, GROUP: null, TAG: null, METADATA };
}

const mapped = async (job: Job, set: MappingSet) =>
  new Mapping([set], await fieldsOf(job.source), await fieldsOf(job.destination));

const found = async (side: Side, path: string) =>
  (await side.open()).find({ path: [...side.root, path] }, call, { fields: 'ALL', tags: false });

it('times and former paths stay in custom fields at Procore, and times come back to a share as its own', async () => {
  const [first, project, second] = [
    await places.side('a share'),
    await places.side('Procore'),
    await places.side('a share'),
  ];
  await first.put('a.txt', 'a', 'OLDER');
  const there = new Job('COPY', first, project);
  there.more = { mapping: await mapped(there, copying(['modifiedAt', TIME_FIELD], ['path', PATH_FIELD])) };
  expect(await there.run()).toEqual(['CREATED NEW a.txt']);
  const { modifiedAt } = (await found(first, 'a.txt'))!;
  expect((await found(project, 'a.txt'))?.fields).toMatchObject({
    [TIME_FIELD]: modifiedAt!.toISOString(),
    [PATH_FIELD]: `/${first.root[0]}/a.txt`,
  });
  const back = new Job('COPY', project, second);
  back.more = { mapping: await mapped(back, copying([TIME_FIELD, 'modifiedAt'])) };
  expect(await back.run()).toEqual(['CREATED NEW a.txt']);
  expect((await found(second, 'a.txt'))?.modifiedAt).toEqual(modifiedAt);
  expect(await back.run()).toEqual([]);
});

it('who owned a file, when it was made and where it was stand in notes and fields at Procore, and the author there comes back as a name', async () => {
  const [first, project, second] = [
    await places.side('a share'),
    await places.side('Procore'),
    await places.side('a share'),
  ];
  await first.put('a.txt', 'a', 'OLDER');
  const there = new Job('COPY', first, project);
  const accounts: MappingSet = {
    ...{ id: 'people', name: 'People', kind: 'ACCOUNT', automaticMatches: [], exclusions: [], unmapped: 'KEEP_NAME' },
    ...{ defaultTarget: null, metadataRules: [] },
    entries: [{ sourceKey: userInfo().username, destinationKey: 'Ada Quay' }],
  };
  const template = 'By {owner} on {modifiedAt}, was {path}';
  const noted: MappingSet = {
    ...copying(['owner', PATH_FIELD]),
    metadataRules: [
      ...copying(['owner', PATH_FIELD]).metadataRules,
      ...['description', 'versionNotes'].map((destinationField) => ({
        ...{ destinationField, origin: { kind: 'TEMPLATE', template } as const },
        ...{ defaultValue: null, choices: [], isRequired: false },
      })),
    ],
  };
  const directories = [await fieldsOf(first), await fieldsOf(project)] as const;
  there.more = { mapping: new Mapping([accounts, noted], ...directories) };
  expect(await there.run()).toEqual(['CREATED NEW a.txt']);
  const told = async () => {
    const { modifiedAt } = (await found(first, 'a.txt'))!;
    return `By Ada Quay on ${modifiedAt!.toISOString()}, was /${first.root[0]}/a.txt`;
  };
  expect(await found(project, 'a.txt')).toMatchObject({
    description: await told(),
    fields: { [PATH_FIELD]: 'Ada Quay' },
  });
  await first.put('a.txt', 'the second');
  expect(await there.run()).toEqual(['UPDATED CONTENT_CHANGED a.txt']);
  expect((await found(project, 'a.txt'))?.fields).toMatchObject({ versionNotes: await told() });

  const back = new Job('COPY', project, second);
  back.policies = { maxVersions: 1 };
  const login: MappingSet = {
    ...accounts,
    entries: [{ sourceKey: 'ivo@quay.example', destinationKey: userInfo().username }],
  };
  const names = copying(['author', 'owner']);
  back.more = { mapping: new Mapping([login, names], await fieldsOf(project), await fieldsOf(second)) };
  expect(await back.run()).toEqual(['CREATED NEW a.txt']);
  expect((await found(second, 'a.txt'))?.fields).toMatchObject({ owner: userInfo().username });
});
