import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp();
  app.put('sub/a.txt', 'a');
});
afterAll(() => app[Symbol.asyncDispose]());

const CREATE = `mutation ($input: JobCreateInput!, $key: String) { jobCreate(input: $input, idempotencyKey: $key) {
  job { id version name state issues { severity code field } allowedActions } userErrors { code message field }
} }`;
const UPDATE = `mutation ($id: ID!, $input: JobUpdateInput!, $version: Int) { jobUpdate(id: $id, input: $input, expectedVersion: $version) {
  job { id version name description labels state policies { retries existing } source { path connection { id } } }
  userErrors { code field ... on VersionConflictError { currentVersion lastChangedBy { displayName } } }
} }`;

interface Created {
  jobCreate: {
    job: {
      id: string;
      version: number;
      state: string;
      issues: { severity: string; code: string; field: string[] | null }[];
      allowedActions: string[];
    } | null;
    userErrors: { code: string; message: string; field: string[] }[];
  };
}

const inputOf = (changes: Record<string, unknown> = {}) => ({
  name: `Job ${Math.random()}`,
  transferType: 'COPY',
  source: { connectionId: app.connections.source, at: { path: '/sub' } },
  destination: { connectionId: app.connections.destination },
  ...changes,
});
const create = async (changes?: Record<string, unknown>, key?: string) => {
  const { data } = await app.send<Created>(CREATE, { input: inputOf(changes), key });
  if (data === null) throw new Error('no data');
  return data.jobCreate;
};

it('creates a job that is ready, with what is lost as issues', async () => {
  const { job, userErrors } = await create();
  expect(userErrors).toEqual([]);
  expect(job).toMatchObject({
    version: 1,
    state: 'READY',
    allowedActions: ['DELETE', 'UPDATE', 'PLAN', 'RUN', 'SUSPEND'],
  });
  expect(job?.issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
});

it('tells all mistakes together, each at its field, and changes nothing', async () => {
  await create({ name: 'Taken' });
  const count = 'query { jobs { totalCount } }';
  const before = await app.ask(count);
  const { job, userErrors } = await create({
    name: 'taken',
    labels: [''],
    source: { connectionId: 'con_unknown' },
    destination: { connectionId: app.connections.destination, at: { path: 'Drawings' } },
    policies: { retries: 0, deletions: 'IGNORE_BOTH', maxVersions: 0, permissions: 'REPORT', budgetShare: 1.01 },
  });
  expect(job).toBeNull();
  const found = userErrors.map(({ code, field }) => `${code} ${field.join('.')}`).sort();
  expect(found).toEqual([
    'INVALID input.destination.at.path',
    'INVALID input.policies.deletions',
    'INVALID input.policies.permissions',
    'NOT_FOUND input.source.connectionId',
    'OUT_OF_RANGE input.policies.budgetShare',
    'OUT_OF_RANGE input.policies.maxVersions',
    'OUT_OF_RANGE input.policies.retries',
    'REQUIRED input.labels.0',
    'TAKEN input.name',
  ]);
  expect(userErrors.find(({ field }) => field.includes('deletions'))?.message).toContain('use IGNORE or MIRROR');
  expect(await app.ask(count)).toEqual(before);
});

it.each([['permissions', 'REPORT']])('refuses the policy %s %s, which it does not carry out', async (name, value) => {
  const { userErrors } = await create({ policies: { [name]: value } });
  expect(userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'policies', name] }]);
});

it('keeps a job in draft whose source does not exist or whose locations overlap', async () => {
  const missing = await create({ source: { connectionId: app.connections.source, at: { path: '/nowhere' } } });
  expect(missing.job).toMatchObject({ state: 'DRAFT', allowedActions: ['DELETE', 'UPDATE'] });
  expect(missing.job?.issues[0]).toMatchObject({
    severity: 'ERROR',
    code: 'REMOTE_NOT_FOUND',
    field: ['source', 'at'],
  });
  const inside = await create({ destination: { connectionId: app.connections.source, at: { path: '/sub/below' } } });
  expect(inside.job).toMatchObject({ state: 'DRAFT' });
  expect(inside.job?.issues[0]).toMatchObject({ code: 'OVERLAPPING_LOCATIONS' });
  const start =
    'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code ... on InvalidStateError { currentState } } } }';
  const reply = await app.send(start, { id: missing.job?.id });
  expect(reply.data).toEqual({
    runStart: { run: null, userErrors: [{ code: 'INVALID_STATE', currentState: 'DRAFT' }] },
  });
  app.put('nowhere/b.txt', 'b');
  expect((await app.send(start, { id: missing.job?.id })).data).toMatchObject({ runStart: { userErrors: [] } });
});

it.each([['maxVersions', 3, {}]])(
  'keeps a job in draft whose places cannot do what its policy %s asks for',
  async (name, value, more) => {
    const { job } = await create({ policies: { [name]: value }, ...more });
    expect(job).toMatchObject({ state: 'DRAFT' });
    expect(job?.issues[0]).toMatchObject({
      severity: 'ERROR',
      code: 'CAPABILITY_MISSING',
      field: ['policies', name],
    });
  },
);

it('makes one job for one key, also when it is asked again', async () => {
  const input = inputOf();
  const [first, second] = [await create(input, 'key-1'), await create(input, 'key-1')];
  expect(second).toEqual(first);
  expect((await create({ ...input, description: 'other' }, 'key-1')).userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_KEY_REUSED' },
  ]);
});

it('updates what is given, refuses an outdated version and a taken name', async () => {
  const { job } = await create({ description: 'Old', labels: ['x'], policies: { retries: 7, existing: 'SKIP' } });
  const changes = { description: null, labels: ['b', 'b', 'a'], policies: { retries: null } };
  const updated = await app.ask(UPDATE, { id: job?.id, input: changes, version: 1 });
  expect(updated).toMatchObject({
    jobUpdate: {
      job: { version: 2, description: null, labels: ['b', 'a'], policies: { retries: 3, existing: 'SKIP' } },
    },
  });
  const late = await app.send(UPDATE, { id: job?.id, input: { name: 'Late' }, version: 1 });
  expect(late.data).toMatchObject({
    jobUpdate: {
      job: null,
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 2, lastChangedBy: { displayName: 'admin' } }],
    },
  });
  await create({ name: 'Already there' });
  const taken = await app.send(UPDATE, { id: job?.id, input: { name: 'already there' } });
  expect(taken.data).toMatchObject({ jobUpdate: { userErrors: [{ code: 'TAKEN', field: ['input', 'name'] }] } });
});

it('looks at the platform when a change concerns it, or for a draft, and not for a name', async () => {
  app.put('moving/a.txt', 'a');
  const { job } = await create({ source: { connectionId: app.connections.source, at: { path: '/moving' } } });
  const change = async (input: Record<string, unknown>) => {
    const { jobUpdate } = await app.ask<{ jobUpdate: { job: { state: string } } }>(UPDATE, { id: job?.id, input });
    return jobUpdate.job.state;
  };
  rmSync(join(app.folders.source, 'moving'), { recursive: true });
  expect(await change({ name: 'Renamed', labels: ['new'], schedule: { starts: { cron: '0 3 * * *' } } })).toBe('READY');
  expect(await change({ policies: { retries: 5 } })).toBe('DRAFT');
  app.put('moving/a.txt', 'a');
  expect(await change({ name: 'Renamed again' })).toBe('READY');
});

it('copies a job suspended, resumes and suspends it', async () => {
  const { job } = await create({ name: 'Original', labels: ['l'] });
  const copy =
    'mutation ($id: ID!) { jobDuplicate(id: $id, name: "Copied") { job { id name labels state source { path } } userErrors { code } } }';
  const { jobDuplicate } = await app.ask<{ jobDuplicate: { job: { id: string } } }>(copy, { id: job?.id });
  expect(jobDuplicate.job).toMatchObject({
    name: 'Copied',
    labels: ['l'],
    state: 'SUSPENDED',
    source: { path: '/sub' },
  });
  const act = (name: string) =>
    app.ask(`mutation ($id: ID!) { ${name}(id: $id) { job { state version } userErrors { code } } }`, {
      id: jobDuplicate.job.id,
    });
  expect(await act('jobResume')).toMatchObject({ jobResume: { job: { state: 'READY', version: 2 } } });
  expect(await act('jobResume')).toMatchObject({ jobResume: { job: { state: 'READY', version: 2 } } });
  expect(await act('jobSuspend')).toMatchObject({ jobSuspend: { job: { state: 'SUSPENDED', version: 3 } } });
});

it('lists jobs by filter and order, page by page', async () => {
  for (const name of ['Zeta 100%', 'alpha 100%', 'Beta 100%'])
    await create({ name, labels: ['list', name.slice(0, 1)] });
  const query = `query ($filter: JobFilter, $first: Int, $after: String) { jobs(filter: $filter, first: $first, after: $after) {
    totalCount nodes { name } pageInfo { hasNextPage endCursor } } }`;
  const all = await app.ask(query, { filter: { labels: ['list'], nameContains: '100%', states: ['READY'] }, first: 2 });
  expect(all).toMatchObject({
    jobs: { totalCount: 3, nodes: [{ name: 'alpha 100%' }, { name: 'Beta 100%' }], pageInfo: { hasNextPage: true } },
  });
  expect(await app.ask(query, { filter: { labels: ['list', 'Z'] } })).toMatchObject({
    jobs: { nodes: [{ name: 'Zeta 100%' }] },
  });
  expect(await app.ask(query, { filter: { connectionIds: ['con_other'] } })).toMatchObject({ jobs: { totalCount: 0 } });
  expect(await app.ask(query, { filter: { labels: ['list'], latestRunStates: ['SUCCEEDED'] } })).toMatchObject({
    jobs: { totalCount: 0 },
  });
});

it('does not let a connection go that a job uses', async () => {
  const mutation = 'mutation ($id: ID!) { connectionDelete(id: $id) { deletedId userErrors { code } } }';
  const reply = await app.send(mutation, { id: app.connections.source });
  expect(reply.data).toEqual({ connectionDelete: { deletedId: null, userErrors: [{ code: 'IN_USE' }] } });
});

it('finds what stands against an unsaved job', async () => {
  const query = 'query ($input: JobCreateInput!) { jobIssues(input: $input) { severity code field message } }';
  const input = inputOf({
    transferType: 'SCAN',
    source: { connectionId: app.connections.source, at: { path: '/none' } },
  });
  const { jobIssues } = await app.ask<{ jobIssues: { severity: string; code: string }[] }>(query, { input });
  const errors = jobIssues.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code);
  expect(errors.sort()).toEqual(['INVALID', 'REMOTE_NOT_FOUND']);
});

it('finds no fault in a job that is edited and keeps its name, which another one may not have', async () => {
  const { job } = await create({ name: 'Kept name' });
  const query = 'query ($input: JobCreateInput!, $jobId: ID) { jobIssues(input: $input, jobId: $jobId) { code } }';
  const codes = async (jobId: string | null) => {
    const asked = { input: inputOf({ name: 'Kept name' }), jobId };
    const { jobIssues } = await app.ask<{ jobIssues: { code: string }[] }>(query, asked);
    return jobIssues.filter(({ code }) => code === 'TAKEN').length;
  };
  expect([await codes(null), await codes(job!.id)]).toEqual([1, 0]);
});

it('tells what a platform says of an identifier that it cannot take, beside everything else that is wrong', async () => {
  const source = { connectionId: app.connections.source, at: { remoteId: 'y'.repeat(1_000) } };
  const wrong = [
    ['REQUIRED', ['input', 'name']],
    ['PLATFORM_LIMIT', ['input', 'source', 'at', 'remoteId']],
  ];
  const found = (all: { code: string; field: string[] }[]) => all.map(({ code, field }) => [code, field]).sort();
  const { userErrors } = await create({ name: ' ', source });
  expect(found(userErrors)).toEqual([...wrong].sort());
  const query = 'query ($input: JobCreateInput!) { jobIssues(input: $input) { code field } }';
  const { jobIssues } = await app.ask<{ jobIssues: { code: string; field: string[] }[] }>(query, {
    input: inputOf({ name: ' ', source }),
  });
  expect(found(jobIssues)).toEqual([...wrong].sort());
});

it('has the default policies of the rules', async () => {
  const query =
    'query { jobPolicyDefaults(transferType: COPY) { conflict existing deletions deletionGuard { maxItems maxShare } retries verification readBack maxParallelTransfers budgetShare maxVersions } }';
  expect(await app.ask(query)).toEqual({
    jobPolicyDefaults: {
      conflict: 'KEEP_BOTH',
      existing: 'OVERWRITE_IF_DIFFERENT',
      deletions: 'IGNORE',
      deletionGuard: { maxItems: 10, maxShare: 0.2 },
      retries: 3,
      verification: 'CHECKSUM',
      readBack: false,
      maxParallelTransfers: 4,
      budgetShare: 1,
      maxVersions: null,
    },
  });
});
