import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Clock } from '@sluice/core/http';
import { Mapping, type MappingSet } from '@sluice/core/mapping';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, loneBudget, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createProcorePlatform } from '@sluice/procore';
import { seeded, startSandbox, type SandboxInput } from '@sluice/procore-sandbox';

/** Short waits take a moment only; long ones, which are time limits, as long as they say. */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds < 10_000 ? 1 : milliseconds, undefined, { signal, ref: false }),
};
const set = {
  id: 'set',
  name: 'Set',
  automaticMatches: [],
  exclusions: [],
  unmapped: 'SKIP',
  defaultTarget: null,
} as const;
const tagSet: MappingSet = {
  ...{ ...set, kind: 'TAG', metadataRules: [] },
  entries: ['plan', 'pier'].map((name) => ({ sourceKey: name, destinationKey: `the ${name}` })),
};
const groupSet: MappingSet = {
  ...{ ...set, kind: 'GROUP', metadataRules: [], unmapped: 'KEEP_NAME', exclusions: ['nobody'] },
  entries: [{ sourceKey: 'masons', destinationKey: 'Stone' }],
};
const fieldSet: MappingSet = {
  ...{ ...set, kind: 'METADATA', entries: [] },
  metadataRules: [
    ['custom_field_41007', 'text'],
    ['custom_field_41010', 'choice'],
    ['custom_field_41012', 'modifiedAt'],
  ].map(([destinationField, field]) => ({
    ...{ destinationField: destinationField!, origin: { kind: 'FIELD', field: field! } },
    ...{ defaultValue: null, choices: [], isRequired: false },
  })),
};

/** A project of a sandbox, and how many requests changed it. */
async function project(behaviour: SandboxInput['behaviour'] = {}) {
  const sandbox = await startSandbox({ seedContent: false, behaviour, limits: { hourly: 100_000, spike: 100_000 } });
  onTestFinished(() => sandbox.close());
  const { access_token: accessToken } = sandbox.control.issueTokens();
  const tokens = { accessToken, refreshToken: null, obtainedAt: Date.now(), expiresAt: Date.now() + 3_600_000 };
  const changes: string[] = [];
  const platform = createProcorePlatform({
    client: { id: seeded.clientId, secret: seeded.clientSecret },
    grant: 'AUTHORIZATION_CODE',
    tokens: { load: async () => tokens, save: async () => {}, withLock: (work) => work() },
    budget: loneBudget(clock, { hourlyLimit: 100_000, spikeLimit: 100_000 }),
    ...{ clock, random: Math.random },
    fetch: (url, init) => {
      const { pathname } = new URL(url);
      if (init?.method !== undefined && init.method !== 'GET' && pathname.startsWith('/rest/')) changes.push(pathname);
      return fetch(url, init as RequestInit);
    },
    settings: {
      ...{ loginUrl: sandbox.loginUrl, apiUrl: sandbox.apiUrl },
      ...{ companyId: String(seeded.companyId), projectId: String(seeded.projectId) },
    },
  });
  onTestFinished(() => platform.close());
  return { sandbox, platform, changes };
}

it('fields and tags come to Procore in as many calls as the plan says, and only tags cost any', async () => {
  const source = createMemoryPlatform();
  const { sandbox, platform: destination, changes } = await project();
  source.seed([
    { path: 'plans/a.pdf', bytes: 'a', modifiedAt: new Date('2019-03-05T06:07:08Z') },
    { path: 'plans/b.pdf', bytes: 'b', modifiedAt: new Date('2019-03-05T06:07:08Z') },
  ]);
  source.edit('plans/a.pdf', { fields: { text: 'A-2', choice: 'Approved' }, tags: ['pier', 'plan'] });
  const names = async (platform: typeof source | typeof destination) =>
    platform.directory!.list(
      { kind: 'METADATA', search: null, limit: 500 },
      { ...call, signal: new AbortController().signal },
    );
  const none = { ACCOUNT: null, GROUP: null, TAG: null };
  const from = { ...none, METADATA: [...(await names(source)), MODIFIED] };
  const mapping = new Mapping([tagSet, fieldSet], from, { ...none, METADATA: await names(destination) });
  const job = new MemoryJob();
  const run = async () => {
    const store = new MemoryEngineStore(job);
    changes.splice(0);
    const end = await executeRun({
      ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, clock, mapping },
      policies: defaultPolicies('COPY'),
    });
    expect(end).toEqual({ kind: 'DONE' });
    return store.steps().reduce((sum, { step }) => sum + step.callCount, 0);
  };
  expect([await run(), changes.length]).toEqual([1 + 2 + 2 + 2, 7]);
  const made = (await sandbox.control.tree(seeded.projectId)).find(({ path }) => path === 'plans/a.pdf');
  expect(made).toMatchObject({
    tags: ['the pier', 'the plan'],
    fields: { Zone: 'A-2', Review: { label: 'Approved' }, 'Issued on': '2019-03-05T06:07:08.000Z' },
  });
  source.edit('plans/b.pdf', { fields: { text: 'B-1' }, tags: ['plan'] });
  expect([await run(), changes.length]).toEqual([2, 2]);
  expect([await run(), changes.length]).toEqual([0, 0]);
});

it('a changed mapping is applied again in a call for each item that differs beside the listing, and without a byte', async () => {
  const source = createMemoryPlatform();
  const { sandbox, platform: destination, changes } = await project();
  for (const [at, choice] of ['Approved', 'Rejected', 'Approved', 'Rejected', 'Rejected'].entries()) {
    source.seed([{ path: `plans/${at}.pdf`, bytes: String(at) }]);
    source.edit(`plans/${at}.pdf`, { fields: { choice, text: 'A-2' }, tags: ['plan'] });
  }
  const none = { ACCOUNT: null, GROUP: null, TAG: null };
  const request = { kind: 'METADATA', search: null, limit: 500 } as const;
  const caller = { ...call, signal: new AbortController().signal };
  const from = { ...none, METADATA: [...(await source.directory!.list(request, caller)), MODIFIED] };
  const to = { ...none, METADATA: await destination.directory!.list(request, caller) };
  const job = new MemoryJob();
  let bytesRead = 0;
  source.onOperation(({ operation }) => void (bytesRead += Number(operation === 'open')));
  const run = async (sets: MappingSet[], isReapply: boolean) => {
    const store = new MemoryEngineStore(job);
    changes.splice(0);
    bytesRead = 0;
    const before = sandbox.control.counters().counted;
    const end = await executeRun({
      ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, clock, isReapply },
      ...{ mapping: new Mapping(sets, from, to), policies: defaultPolicies('COPY') },
    });
    expect(end).toEqual({ kind: 'DONE' });
    const planned = store.steps().reduce((sum, { step }) => sum + step.callCount, 0);
    return { planned, changes: changes.length, counted: sandbox.control.counters().counted - before, bytesRead };
  };
  const changed: MappingSet = {
    ...fieldSet,
    metadataRules: fieldSet.metadataRules.map((rule) =>
      rule.destinationField === 'custom_field_41010'
        ? { ...rule, choices: [{ from: 'Approved', to: 'Rejected' }] }
        : rule,
    ),
  };
  await run([tagSet, fieldSet], false);
  const listing = await run([tagSet, fieldSet], true);
  expect(listing).toMatchObject({ planned: 0, changes: 0, bytesRead: 0 });
  expect(await run([tagSet, changed], true)).toEqual({
    ...{ planned: 2, changes: 2, bytesRead: 0 },
    counted: listing.counted + 2,
  });
  const tree = await sandbox.control.tree(seeded.projectId);
  const of = ({ fields }: (typeof tree)[number]) => (fields['Review'] as { label: string } | undefined)?.label;
  expect(tree.filter(({ path }) => path.endsWith('.pdf')).map(of)).toEqual(Array(5).fill('Rejected'));
  expect(await run([tagSet, changed], true)).toEqual(listing);
});

it.each(['fields', 'fields-and-tags', 'none'] as const)(
  'a description that changes at the source follows what the job gave tags, where Procore changes times with %s',
  async (touchOnDetails) => {
    const source = createMemoryPlatform({ tellsVersions: true });
    const { sandbox, platform: destination } = await project({ touchOnDetails });
    source.seed([{ path: 'a.pdf', bytes: 'a' }]);
    source.edit('a.pdf', { tags: ['plan'], fields: { versionNotes: 'for review' } });
    const none = { ACCOUNT: null, GROUP: null, TAG: null, METADATA: null };
    const job = new MemoryJob();
    const run = async () => {
      const store = new MemoryEngineStore(job);
      await executeRun({
        ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, clock },
        ...{ mapping: new Mapping([tagSet], none, none), policies: defaultPolicies('COPY') },
      });
      return [store.outcomes(), store.logged.map(({ message }) => message)] as const;
    };
    const [, told] = await run();
    expect(told).toContain('1 file has a note that a first version cannot have at the destination.');
    source.edit('a.pdf', { description: 'as built' });
    expect((await run())[0]).toEqual({ 'a.pdf': 'DESCRIBED METADATA_CHANGED' });
    const made = (await sandbox.control.tree(seeded.projectId)).find(({ path }) => path === 'a.pdf');
    expect(made).toMatchObject({ description: 'as built', tags: ['the plan'], notes: [null] });
    expect((await run())[0]).toEqual({});
  },
);

it.each([false, true])(
  'groups that a mapping names are made once, by a call each that the plan foresees, where a job asks for it (hidden: %s)',
  async (hiddenGroups) => {
    const source = createMemoryPlatform({ names: { METADATA: [{ ...MODIFIED, key: 'group', type: 'TEXT' }] } });
    const { platform: destination, changes } = await project({ hiddenGroups });
    for (const [name, group] of Object.entries({ a: 'masons', b: 'masons', c: 'divers', d: 'nobody' })) {
      source.seed([{ path: `${name}.pdf`, bytes: name }]);
      source.edit(`${name}.pdf`, { fields: { group } });
    }
    const groups = async () =>
      destination.directory!.list(
        { kind: 'GROUP', search: null, limit: 9 },
        { ...call, signal: new AbortController().signal },
      );
    const none = { ACCOUNT: null, GROUP: null, TAG: null, METADATA: null };
    const job = new MemoryJob();
    const run = async (createGroups: boolean) => {
      const store = new MemoryEngineStore(job);
      const mapping = new Mapping([groupSet], none, { ...none, GROUP: await groups() });
      changes.splice(0);
      await executeRun({
        ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, clock, mapping },
        policies: { ...defaultPolicies('COPY'), createGroups },
      });
      const made = changes.filter((path) => path.includes('distribution_groups')).length;
      return [made, changes.length, store.steps().reduce((sum, { step }) => sum + step.callCount, 0)];
    };
    expect(await run(true)).toEqual([2, 4 * 2 + 2, 4 * 2 + 2]);
    expect((await groups()).map(({ key }) => key).sort()).toEqual(hiddenGroups ? [] : ['Stone', 'divers']);
    expect(await run(true)).toEqual([0, 0, 0]);
    source.seed([{ path: 'e.pdf', bytes: 'e' }]);
    source.edit('e.pdf', { fields: { group: 'pilots' } });
    expect((await run(false))[0]).toBe(0);
  },
);

const call = { priority: 'JOB', owner: 'test' } as const;
const MODIFIED = { key: 'modifiedAt', label: 'Modified', email: null, choices: [], type: 'DATE' } as const;
