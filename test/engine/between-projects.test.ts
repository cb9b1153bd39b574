import { expect, it, onTestFinished } from 'vitest';
import { loneBudget, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { Mapping, type MappingSet } from '@sluice/core/mapping';
import { defaultPolicies } from '@sluice/core/plan';
import { DIRECTORY_KINDS, type Platform } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import { createProcorePlatform } from '@sluice/procore';
import { seeded, startSandbox, type Sandbox } from '@sluice/procore-sandbox';
import { quickClock } from '../support/effects/sides.js';

interface Place {
  companyId: number;
  projectId: number;
}

const FROM: Place = { companyId: seeded.companyId, projectId: seeded.projectId };
const BESIDE: Place = { companyId: seeded.companyId, projectId: seeded.emptyProjectId };
/** Its custom fields have other numbers, and so have their values. */
const ELSEWHERE: Place = { companyId: seeded.freeCompanyId, projectId: 598134325500999 };

const set = {
  automaticMatches: ['NAME'],
  exclusions: [],
  defaultTarget: null,
  entries: [],
  metadataRules: [],
} as const;
const sets: readonly MappingSet[] = [
  { ...set, id: 'tags', name: 'Tags', kind: 'TAG', unmapped: 'KEEP_NAME' },
  { ...set, id: 'fields', name: 'Fields', kind: 'METADATA', unmapped: 'SKIP', exclusions: ['author'] },
];
const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a run' } as const;

async function open(): Promise<Sandbox> {
  const access = { [seeded.adminId]: { level: 'admin' } } as const;
  const project = (place: Place, name: string) => ({
    ...{ id: place.projectId, companyId: place.companyId, name, number: name },
    ...{ active: true, privateByDefault: false, access },
  });
  const sandbox = await startSandbox({
    seedContent: false,
    projects: [project(FROM, 'Pier'), project(BESIDE, 'Quay'), project(ELSEWHERE, 'Dock')],
    limits: { hourly: 100_000, spike: 100_000 },
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function connect(sandbox: Sandbox, { companyId, projectId }: Place): Platform {
  const { access_token: accessToken } = sandbox.control.issueTokens();
  const tokens = { accessToken, refreshToken: null, obtainedAt: Date.now(), expiresAt: Date.now() + 3_600_000 };
  const platform = createProcorePlatform({
    client: { id: seeded.clientId, secret: seeded.clientSecret },
    grant: 'AUTHORIZATION_CODE',
    tokens: { load: async () => tokens, save: async () => {}, withLock: (work) => work() },
    budget: loneBudget(quickClock, { hourlyLimit: 100_000, spikeLimit: 100_000 }),
    ...{ clock: quickClock, random: Math.random, fetch: (url, init) => fetch(url, init as RequestInit) },
    settings: {
      ...{ loginUrl: sandbox.loginUrl, apiUrl: sandbox.apiUrl },
      ...{ companyId: String(companyId), projectId: String(projectId) },
    },
  });
  onTestFinished(() => platform.close());
  return platform;
}

async function names(platform: Platform) {
  const lists = DIRECTORY_KINDS.map(async (kind) => {
    if (kind === 'ACCOUNT' || kind === 'GROUP') return [kind, null] as const;
    return [kind, await platform.directory!.list({ kind, search: null, limit: 500 }, call)] as const;
  });
  return Object.fromEntries(await Promise.all(lists)) as ConstructorParameters<typeof Mapping>[1];
}

/** Runs a copy; tells the calls that its plan foresees and those that were made once it stood. */
async function copy(sandbox: Sandbox, job: MemoryJob, [source, destination]: [Platform, Platform]) {
  const store = new MemoryEngineStore(job);
  const counted = () => sandbox.control.counters().counted;
  let before = counted();
  const mapping = new Mapping(sets, await names(source), await names(destination));
  const policies = { ...defaultPolicies('COPY'), permissions: 'PRIVACY_FLAG' } as const;
  const context = { ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, mapping, policies };
  const end = await executeRun({ ...context, clock: quickClock }, async () => {
    before = counted();
    return 'GO_ON';
  });
  expect(end).toEqual({ kind: 'DONE' });
  const planned = store.steps().reduce((sum, { step }) => sum + step.callCount + (step.readCallCount ?? 0), 0);
  return { planned, made: counted() - before, told: store.logged.map(({ message }) => message) };
}

const FIELDS = { 41007: 'A-2', 41008: 12.5, 41009: true, 41010: 77, 41011: [81, 82], 41012: '2026-01-02T03:04:05Z' };

async function seed({ control }: Sandbox): Promise<void> {
  const put = (path: string, content: string, more = {}) => control.seed(FROM.projectId, [{ path, content, ...more }]);
  for (const name of ['a', 'b'])
    for (const [index, content] of ['one', 'second', 'the third'].entries())
      await put(`plans/${name}.txt`, content, { notes: `note ${index + 1} of ${name}` });
  await put('plans/c.txt', 'alone', { tags: ['pier', 'plan'] });
  await put('hidden/d.txt', 'one', { description: 'Issued', isPrivate: true, customFields: FIELDS });
  await put('hidden/d.txt', 'two');
  control.editItem('hidden', { isPrivate: true, customFields: { 41007: 'H' } }, FROM.projectId);
}

it.each([
  ['another project of the company', BESIDE],
  ['a project of another company', ELSEWHERE],
] as const)('everything that Procore holds comes to %s, in exactly the calls that were planned', async (_, place) => {
  const sandbox = await open();
  await seed(sandbox);
  const job = new MemoryJob();
  const platforms: [Platform, Platform] = [connect(sandbox, FROM), connect(sandbox, place)];
  const { planned, made, told } = await copy(sandbox, job, platforms);
  // Two folders; nine versions at two calls each, two tags; versions asked once of each of the two folders.
  expect([planned, made]).toEqual([2 + 9 * 2 + 2 + 2, planned]);
  expect(told).toContain(
    '3 files come with former versions of which the first cannot have its note at the destination.',
  );
  const tree = await sandbox.control.tree(place.projectId);
  const at = (path: string) => tree.find((entry) => entry.path === path);
  expect(at('plans/a.txt')).toMatchObject({
    versions: 3,
    notes: [null, expect.stringMatching(/^note 2 of a/), 'note 3 of a'],
  });
  expect(at('plans/c.txt')).toMatchObject({ versions: 1, tags: ['pier', 'plan'], isPrivate: false });
  expect(at('hidden')).toMatchObject({ isPrivate: true, fields: { Zone: 'H' } });
  const { fields, isPrivate, description, versions } = at('hidden/d.txt')!;
  expect({ isPrivate, description, versions }).toEqual({ isPrivate: true, description: 'Issued', versions: 2 });
  expect(fields).toMatchObject({
    ...{ Zone: 'A-2', Weight: 12.5, Issued: true, Review: { label: 'Approved' } },
    Disciplines: [{ label: 'Civil' }, { label: 'Marine' }],
  });
  expect(Date.parse(String(fields['Issued on']))).toBe(Date.parse(FIELDS[41012]));
  for (const number of [1, 2, 3])
    expect(await sandbox.control.fileBytes('plans/a.txt', place.projectId, number)).toEqual(
      await sandbox.control.fileBytes('plans/a.txt', FROM.projectId, number),
    );
  expect(await copy(sandbox, job, platforms)).toMatchObject({ planned: 0, made: 0 });
  await sandbox.control.seed(FROM.projectId, [{ path: 'plans/b.txt', content: 'the fourth', notes: 'note 4' }]);
  // A new version and one question for those that came before it.
  expect(await copy(sandbox, job, platforms)).toMatchObject({ planned: 3, made: 3 });
});
