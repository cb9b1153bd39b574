import { afterEach, describe, expect, test } from 'vitest';
import type { Check } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import { readRights } from './rights.js';
import { openBench, quickClock, testCall, webFetch } from '../test-bench.js';
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
const outcomes = (checks: readonly Check[]) => checks.map(({ step, outcome }) => `${step} ${outcome}`);
const failing = (checks: readonly Check[]) =>
  checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'WARNED');

test('a good connection passes every step', async () => {
  const bench = await open();
  expect(outcomes(await bench.platform.check(testCall(), { path: [] }))).toEqual([
    'REACH_HOST PASSED',
    'SIGN_IN PASSED',
    'COMPANY PASSED',
    'PROJECT PASSED',
    'DOCUMENTS_PERMISSION PASSED',
    'LIST_ROOT PASSED',
    'WRITE_PROBE PASSED',
    'CLOCK PASSED',
  ]);
  expect((await bench.sandbox.control.tree(seeded.projectId)).filter(({ isDeleted }) => !isDeleted)).toEqual([]);
});

describe('the step that fails is named, with a remedy, and the rest is skipped', () => {
  const cases: [string, BenchInput, (bench: Bench) => void | Promise<void>][] = [
    ['REACH_HOST', { settings: { apiUrl: 'http://127.0.0.1:1' } }, () => {}],
    ['SIGN_IN', {}, (bench) => bench.sandbox.control.revokeAllTokens()],
    ['SIGN_IN', {}, (bench) => bench.tokens.save(null)],
    ['COMPANY', { settings: { companyId: null } }, () => {}],
    ['COMPANY', { settings: { companyId: '4711' } }, () => {}],
    ['COMPANY', {}, (bench) => bench.sandbox.control.setAppInstalled(seeded.companyId, false)],
    ['PROJECT', { settings: { projectId: null } }, () => {}],
    ['PROJECT', { settings: { projectId: '4711' } }, () => {}],
    [
      'DOCUMENTS_PERMISSION',
      { login: 'rhea@quay.example' },
      (bench) => bench.sandbox.control.setPermission(seeded.readerId, seeded.projectId, 'none'),
    ],
    [
      'LIST_ROOT',
      {},
      (bench) => bench.sandbox.control.setFaults([{ kind: 'status', status: 403, match: { route: '/folders' } }]),
    ],
  ];
  test.each(cases)('%s', async (step, input, prepare) => {
    const bench = await open(input);
    await prepare(bench);
    const checks = await bench.platform.check(testCall());
    const at = checks.findIndex((check) => check.step === step);
    expect(checks).toHaveLength(8);
    expect(checks[at]).toMatchObject({
      outcome: 'FAILED',
      message: expect.any(String) as string,
      remedy: expect.any(String) as string,
    });
    expect(checks.slice(0, at).every(({ outcome }) => outcome === 'PASSED')).toBe(true);
    expect(checks.slice(at + 1).every(({ outcome }) => outcome === 'SKIPPED')).toBe(true);
  });

  test('WRITE_PROBE', async () => {
    const bench = await open({ login: 'rhea@quay.example' });
    const checks = await bench.platform.check(testCall(), { path: [] });
    expect(failing(checks).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'DOCUMENTS_PERMISSION WARNED',
      'WRITE_PROBE FAILED',
    ]);
  });
});

test('a clock that is wrong is warned of', async () => {
  const clock = { ...quickClock, now: () => Date.now() + 3_600_000 };
  const bench = await open({ clock });
  if (bench.tokens.current) bench.tokens.current.expiresAt += 3_600_000;
  const checks = await bench.platform.check(testCall());
  expect(failing(checks)).toMatchObject([{ step: 'CLOCK', outcome: 'WARNED', remedy: expect.any(String) as string }]);
});

test('permissions that are not told do no harm', async () => {
  const bench = await open();
  bench.sandbox.control.setFaults([{ kind: 'status', status: 404, match: { route: '/settings/permissions' } }]);
  expect(failing(await bench.platform.check(testCall()))).toEqual([]);
});

test.each([
  [undefined, 'UNKNOWN'],
  [{ tools: [] }, 'UNKNOWN'],
  [{ tools: [{ name: 'rfis' }] }, 'ABSENT'],
  [{ tools: [{ name: 'documents', user_access_level: { id: 4, name: 'Admin' } }] }, 'ADMIN'],
  [{ data: { tools: [{ friendly_name: 'Documents', user_access_level: { name: 'Read Only' } }] } }, 'READ_ONLY'],
  [{ tools: [{ name: 'documents', user_access_level: { name: 'Standard' } }] }, 'STANDARD'],
  [{ tools: [{ name: 'documents', user_access_level: { name: 'None' } }] }, 'NONE'],
  [{ tools: [{ name: 'documents', available_for_user: false }] }, 'NONE'],
  [{ tools: [{ name: 'documents' }] }, 'UNKNOWN'],
])('the level in %j is %s', (reply, level) => {
  expect(readRights(reply).level).toBe(level);
});

describe('scopes', () => {
  test('are companies, and the projects of one', async () => {
    const bench = await open();
    const { scopes } = bench.platform;
    expect(await scopes?.list(null, null, testCall())).toContainEqual({
      id: String(seeded.companyId),
      name: 'Quay Builders',
      detail: null,
    });
    const projects = await scopes?.list(String(seeded.companyId), 'harbour', testCall());
    expect(projects).toEqual([{ id: String(seeded.projectId), name: 'Harbour Pier 4', detail: '2291' }]);
  });

  test('fall back to the older list of projects', async () => {
    const bench = await open();
    bench.sandbox.control.setFaults([{ kind: 'status', status: 404, match: { route: '/rest/v1.1/projects' } }]);
    expect(await bench.platform.scopes?.list(String(seeded.companyId), null, testCall())).not.toHaveLength(0);
  });
});

test('a service account works in its permitted projects and loses them', async () => {
  const client = { id: seeded.serviceClientId, secret: seeded.serviceClientSecret };
  const bench = await open({ grant: 'CLIENT_CREDENTIALS', client, fetch: webFetch });
  await bench.tokens.save(null);
  expect(failing(await bench.platform.check(testCall())).filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
  bench.sandbox.control.clearPermittedProjects();
  expect(failing(await bench.platform.check(testCall()))).toMatchObject([
    { step: 'PROJECT', remedy: expect.stringContaining('permitted projects') as string },
  ]);
});
