import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import type { Scope } from './scopes.js';

let app: ShareApp;
let ids: { job: string; plan: string; run: string; budget: string };

beforeAll(async () => {
  app = await openShareApp();
  app.put('a.txt', 'content');
  const budget = await app.app.budgets.pool.open({ apiHost: 'https://api.example.com', client: 'client' }, 'Client');
  await app.app.connections.store.update(app.connections.destination, async () => ({ budgetId: budget.id }));
  const job = await app.createJob();
  const made = await app.ask<{ planCreate: { plan: { id: string } } }>(
    'mutation ($job: ID!) { planCreate(jobId: $job) { plan { id } userErrors { message } } }',
    { job },
  );
  const plan = made.planCreate.plan.id;
  const read = () =>
    app.ask<{ plan: { digest: string | null } }>('query ($plan: ID!) { plan(id: $plan) { digest } }', { plan });
  const { plan: ready } = await app.until(read, (found) => found.plan.digest !== null);
  const approve =
    'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { plan { id } userErrors { message } } }';
  await app.ask(approve, { id: plan, digest: ready.digest });
  ids = { job, plan, run: (await app.runToEnd(job)).id, budget: budget.id };
});
afterAll(() => app[Symbol.asyncDispose]());

async function tokenWith(...scopes: Scope[]): Promise<{ authorization: string }> {
  const made = await app.ask<{ apiTokenCreate: { secret: string } }>(
    'mutation ($scopes: [Scope!]!) { apiTokenCreate(displayName: "One", scopes: $scopes) { secret userErrors { message } } }',
    { scopes },
  );
  return { authorization: `Bearer ${made.apiTokenCreate.secret}` };
}

async function ask(scopes: Scope[], query: string, variables: Record<string, unknown> = ids) {
  const { data, errors = [] } = await app.send<Record<string, unknown>>(query, variables, await tokenWith(...scopes));
  return { text: JSON.stringify(data), data, codes: [...new Set(errors.map((error) => error.extensions['code']))] };
}

const CONNECTION = 'connections { name settings { __typename } credential { hint } budget { id } }';

describe('with JOBS_READ alone', () => {
  it.each([
    [
      'plan summary',
      `query ($plan: ID!) { plan(id: $plan) { summary { callEstimates { budget { ${CONNECTION} } } } } }`,
    ],
    ['budget of an estimate', 'query ($plan: ID!) { plan(id: $plan) { summary { callEstimates { budget { id } } } } }'],
    [
      'calls left in an estimate',
      'query ($plan: ID!) { plan(id: $plan) { summary { callEstimates { callsLeftThisHour } } } }',
    ],
    [
      'latest plan',
      `query ($job: ID!) { job(id: $job) { latestPlan { summary { callEstimates { budget { ${CONNECTION} } } } } } }`,
    ],
    ['connection of a location', 'query ($job: ID!) { job(id: $job) { source { connection { id } } } }'],
    ['login of who decided', 'query ($plan: ID!) { plan(id: $plan) { decidedBy { ... on User { login role } } } }'],
    ['login of who started', 'query ($run: ID!) { run(id: $run) { startedBy { ... on User { login role } } } }'],
  ])('the %s is forbidden', async (_name, query) => {
    const { text, codes } = await ask(['JOBS_READ'], query);
    expect(codes).toEqual(['FORBIDDEN']);
    expect(text).not.toMatch(/con_|bud_|api\.example|admin|ADMINISTRATOR|callsLeftThisHour":\d/);
  });

  it('a forecast of a run under way leads to no budget', async () => {
    const { db } = app.app.base;
    const { runs } = db.tables;
    await db.transact(
      async (tx) => void (await tx.update(runs).set({ activeJobId: ids.job, state: 'QUEUED', wish: 'PAUSE' })),
    );
    const query = (part: string) => `query ($run: ID!) { run(id: $run) { forecast { callsNeeded ${part} } } }`;
    const refused = await ask(['JOBS_READ'], query(`budget { ${CONNECTION} }`));
    const allowed = await ask(['JOBS_READ'], query(''));
    const both = await ask(['JOBS_READ', 'CONNECTIONS_READ'], query('budget { id }'));
    await db.transact(async (tx) => void (await tx.update(runs).set({ activeJobId: null, state: 'SUCCEEDED' })));
    expect(refused).toMatchObject({ data: { run: null }, codes: ['FORBIDDEN'] });
    expect(allowed).toMatchObject({ data: { run: { forecast: [{}] } }, codes: [] });
    expect(both.text).toContain(ids.budget);
  });

  it('who decided is told by name', async () => {
    const { data } = await ask(['JOBS_READ'], 'query ($plan: ID!) { plan(id: $plan) { decidedBy { displayName } } }');
    expect(data).toEqual({ plan: { decidedBy: { displayName: 'admin' } } });
  });

  it('jobIssues tests no path: there is no connection that it could name', async () => {
    const issuesAt = async (scopes: Scope[], path: string) => {
      const input = {
        name: `Probe ${path}`,
        transferType: 'COPY',
        source: { connectionId: app.connections.source, at: { path } },
        destination: { connectionId: app.connections.destination },
      };
      const query = 'query ($input: JobCreateInput!) { jobIssues(input: $input) { severity code field } }';
      return (await ask(scopes, query, { input })).data as { jobIssues: { severity: string; code: string }[] };
    };
    const errorsOf = ({ jobIssues }: { jobIssues: { severity: string; code: string }[] }) =>
      jobIssues.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code);
    expect(errorsOf(await issuesAt(['JOBS_READ'], '/nowhere'))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await issuesAt(['JOBS_READ'], '/')).toEqual(await issuesAt(['JOBS_READ'], '/nowhere'));
    expect(errorsOf(await issuesAt(['JOBS_READ', 'CONNECTIONS_READ'], '/nowhere'))).toEqual(['REMOTE_NOT_FOUND']);
  });
});

describe('a mutation with its own right alone', () => {
  const SUSPEND = (part: string) =>
    `mutation ($job: ID!) { jobSuspend(id: $job) { job { ${part} } userErrors { code } } }`;

  it('tells the identifier of what it changed', async () => {
    const { data, codes } = await ask(['JOBS_WRITE'], SUSPEND('id'));
    expect(data).toEqual({ jobSuspend: { job: { id: ids.job }, userErrors: [] } });
    expect(codes).toEqual([]);
  });

  it.each([
    'name',
    'description',
    'latestPlan { steps { nodes { sourcePath } } }',
    'latestRun { items { nodes { sourcePath } } }',
    'items { nodes { sourcePath } }',
    'source { path connection { settings { __typename } } }',
    'issues { message }',
  ])('does not show %s', async (part) => {
    const { data, codes } = await ask(['JOBS_WRITE'], SUSPEND(part));
    expect([codes, data]).toEqual([['FORBIDDEN'], undefined]);
  });

  it.each([
    ['a field', SUSPEND('id name')],
    ['a field of a fragment', `${SUSPEND('id ...Named')} fragment Named on Job { name }`],
    ['a field below another', SUSPEND('id latestRun { id state }')],
    [
      'the second of two',
      `mutation ($job: ID!) { a: jobSuspend(id: $job) { job { id } } b: jobSuspend(id: $job) { job { name } } }`,
    ],
  ])('changes nothing when it asks for what it may not read: %s', async (_kind, mutation) => {
    await app.ask('mutation ($job: ID!) { jobResume(id: $job) { job { id } } }', { job: ids.job });
    const stateOf = async () =>
      (
        await app.ask<{ job: { state: string; version: number } }>(
          'query ($job: ID!) { job(id: $job) { state version } }',
          {
            job: ids.job,
          },
        )
      ).job;
    const before = await stateOf();
    expect((await ask(['JOBS_WRITE'], mutation)).codes).toEqual(['FORBIDDEN']);
    expect(await stateOf()).toEqual(before);
    const { codes } = await ask(['JOBS_WRITE'], SUSPEND('id name @include(if: false)'));
    expect([codes, (await stateOf()).state]).toEqual([[], 'SUSPENDED']);
  });

  it('does not create a job on a connection that it may not see', async () => {
    const input = {
      name: 'Unseen',
      transferType: 'COPY',
      source: { connectionId: app.connections.source },
      destination: { connectionId: app.connections.destination },
    };
    const create =
      'mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id } userErrors { code field } } }';
    const { data } = await ask(['JOBS_WRITE'], create, { input });
    expect(data).toMatchObject({
      jobCreate: {
        job: null,
        userErrors: [
          { code: 'NOT_FOUND', field: ['input', 'source', 'connectionId'] },
          { code: 'NOT_FOUND', field: ['input', 'destination', 'connectionId'] },
        ],
      },
    });
  });
});
