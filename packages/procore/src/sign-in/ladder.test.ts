import { afterEach, describe, expect, test } from 'vitest';
import type { PlatformError } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { listAll, openBench, testCall, webFetch } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function open(input: BenchInput = {}): Promise<Bench> {
  const bench = await openBench(input);
  benches.push(bench);
  return bench;
}
const errorOf = (work: Promise<unknown>) => work.then(() => null).catch((error: PlatformError) => error);
const installing = expect.stringContaining('install the app') as string;

describe.each([401, 403] as const)('an app that is not installed, told by %i', (notInstalledStatus) => {
  const without = async (): Promise<Bench> => {
    const bench = await open({ sandbox: { behaviour: { notInstalledStatus } } });
    bench.sandbox.control.setAppInstalled(seeded.companyId, false);
    return bench;
  };

  test('is found as that by the check, the picker, browsing and runs alike', async () => {
    const bench = await without();
    const { platform } = bench;
    const checks = await platform.check(testCall());
    expect(checks.find(({ outcome }) => outcome === 'FAILED')).toMatchObject({ step: 'COMPANY', remedy: installing });
    expect(checks.find(({ step }) => step === 'SIGN_IN')?.outcome).toBe('PASSED');
    const found = { kind: 'ACCESS_DENIED', remedy: installing, concernsAccount: false };
    expect(
      await errorOf(Promise.resolve(platform.scopes?.list(String(seeded.companyId), null, testCall()))),
    ).toMatchObject(found);
    expect(await errorOf(listAll(platform, [], true))).toMatchObject(found);
    expect(await errorOf(listAll(platform))).toMatchObject(found);
  });

  test('burns no refresh tokens, however often it is tried', async () => {
    const bench = await without();
    for (let attempt = 1; attempt <= 4; attempt += 1) await errorOf(listAll(bench.platform));
    expect(bench.tokens.saved.length).toBeLessThanOrEqual(1);
    bench.sandbox.control.setAppInstalled(seeded.companyId, true);
    expect((await listAll(bench.platform)).problems).toEqual([]);
  });
});

test('a token that is dead although it was renewed a moment ago is renewed again', async () => {
  const bench = await open();
  for (const renewals of [1, 2, 3]) {
    bench.sandbox.control.expireAccessTokens();
    expect((await listAll(bench.platform)).problems).toEqual([]);
    expect(bench.tokens.saved).toHaveLength(renewals);
  }
});

test('a refused write is explained by the rung that refuses it', async () => {
  const bench = await open({ login: 'rhea@quay.example' });
  const root = await bench.platform.find({ path: [] }, testCall());
  bench.sandbox.control.setPermission(seeded.readerId, seeded.projectId, 'none');
  const error = await errorOf(
    Promise.resolve(root && bench.platform.destination?.ensureFolder({ parent: root, name: 'x' }, testCall())),
  );
  expect(error).toMatchObject({ kind: 'ACCESS_DENIED', message: expect.stringContaining('Documents tool') as string });
});

describe('a service account', () => {
  const service: BenchInput = {
    grant: 'CLIENT_CREDENTIALS',
    client: { id: seeded.serviceClientId, secret: seeded.serviceClientSecret },
    fetch: webFetch,
  };

  test('renews its token again when it is revoked soon after it was renewed', async () => {
    const bench = await open(service);
    await bench.tokens.save(null);
    for (const renewals of [1, 2, 3]) {
      if (renewals > 1) bench.sandbox.control.revokeAllTokens();
      expect((await listAll(bench.platform)).problems).toEqual([]);
      expect(bench.tokens.saved.filter((tokens) => tokens !== null)).toHaveLength(renewals);
    }
  });

  test('without a company is told that it needs one, by the check and the picker', async () => {
    const bench = await open({ ...service, settings: { companyId: null, projectId: null } });
    await bench.tokens.save(null);
    const message = expect.stringContaining('A service account works within one company') as string;
    expect(await errorOf(Promise.resolve(bench.platform.scopes?.list(null, null, testCall())))).toMatchObject({
      message,
    });
    const failed = (await bench.platform.check(testCall())).find(({ outcome }) => outcome === 'FAILED');
    expect(failed).toMatchObject({ step: 'COMPANY', message });
  });

  test('with a company chooses its project from a list, the company header sent', async () => {
    const bench = await open({ ...service, settings: { projectId: null } });
    await bench.tokens.save(null);
    expect(await bench.platform.scopes?.list(null, null, testCall())).toContainEqual(
      expect.objectContaining({ id: String(seeded.companyId) }),
    );
    const projects = await bench.platform.scopes?.list(String(seeded.companyId), null, testCall());
    expect(projects?.map(({ id }) => id)).toContain(String(seeded.projectId));
    const calls = bench.requests.filter(({ url }) => url.pathname.startsWith('/rest/'));
    expect(calls.every(({ headers }) => headers['procore-company-id'] === String(seeded.companyId))).toBe(true);
  });
});

describe('the picker', () => {
  test('shows free companies, and marks inactive projects', async () => {
    const { platform } = await open();
    const companies = await platform.scopes?.list(null, null, testCall());
    expect(companies?.map(({ id }) => id)).toContain(String(seeded.freeCompanyId));
    const projects = await platform.scopes?.list(String(seeded.companyId), null, testCall());
    expect(projects?.find(({ id }) => id === String(seeded.inactiveProjectId))?.detail).toContain('inactive');
    expect(projects?.find(({ id }) => id === String(seeded.projectId))?.detail).toBe('2291');
  });

  test('searches 3,000 projects at Procore, whether it matches names exactly or in part', async () => {
    for (const projectNameFilter of ['contains', 'exact'] as const) {
      const bench = await open({ sandbox: { extraProjects: 3000, behaviour: { projectNameFilter } } });
      const found = await bench.platform.scopes?.list(String(seeded.companyId), 'berth 17', testCall());
      expect(found?.map(({ name }) => name)).toContain('Berth 1700');
      if (projectNameFilter === 'contains') expect(bench.requests.length).toBeLessThanOrEqual(3);
    }
  });
});
