import { afterEach, expect, it } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import { createProcorePlatform, procoreDescription } from '../platform.js';
import { openBench, quickClock, testBudget, testCall, webFetch } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const TARGET = { url: 'http://127.0.0.1:9/changes/a-long-path', authorization: 'Bearer a-secret-of-the-feed' };
const ALL = 9;

let bench: Bench;
afterEach(() => bench.close());

type Behaviour = NonNullable<NonNullable<BenchInput['sandbox']>['behaviour']>;
const open = async (behaviour: Behaviour = {}) => (bench = await openBench({ sandbox: { behaviour } }));
const ensure = (known: string | null = null, target = TARGET) =>
  bench.platform.changeFeed!.ensure(target, known, testCall());
const hooks = () => bench.sandbox.control.hooks();
/** Methods and ends of the addresses of the calls since the last look. */
const asked = () =>
  bench.requests.splice(0).map(({ method, url }) => `${method} ${url.pathname.replace(/^.*\/webhooks\//, '')}`);

it('makes one hook that reports files, folders and versions, and finds it again by one call', async () => {
  await open();
  const made = await ensure();
  expect(made.wasMade).toBe(true);
  expect(hooks()).toMatchObject([
    { namespace: 'sluice', status: 'active', url: TARGET.url, authorization: TARGET.authorization },
  ]);
  const reported = hooks()[0]!.triggers.map(({ resource, event }) => `${resource} ${event}`);
  expect(new Set(reported).size).toBe(ALL);
  expect(reported).toContain('Project File Versions create');
  asked();
  expect(await ensure(made.note)).toEqual({ note: made.note, wasMade: false });
  expect(asked()).toEqual(['GET hooks']);
});

it('finds its hook by the address when the note was lost, so that no second one is made', async () => {
  await open();
  await ensure();
  expect((await ensure()).wasMade).toBe(false);
  expect(hooks()).toHaveLength(1);
});

it('asks Procore for the names of what is reported', async () => {
  await open({ fileVersionsResource: 'File Versions' });
  await ensure();
  expect(hooks()[0]!.triggers.map(({ resource }) => resource)).toContain('File Versions');
});

it('adds one by one what the bulk call left out, and what was taken away since', async () => {
  await open({ webhooks: 'partly' });
  const { note } = await ensure();
  expect(hooks()[0]!.triggers).toHaveLength(ALL);
  hooks()[0]!.triggers.splice(0, 4);
  expect(await ensure(note)).toMatchObject({ wasMade: true });
  expect(hooks()[0]!.triggers).toHaveLength(ALL);
});

it.each<[string, () => void | Promise<unknown>]>([
  ['switched off', () => bench.sandbox.control.disableHook(hooks()[0]!.id)],
  ['taken away', () => bench.sandbox.control.removeHook(hooks()[0]!.id)],
])('makes a hook anew that was %s', async (_name, harm) => {
  await open();
  const { note } = await ensure();
  await harm();
  expect((await ensure(note)).wasMade).toBe(true);
  expect(hooks()).toMatchObject([{ status: 'active', url: TARGET.url }]);
});

it.each([
  ['address', { ...TARGET, url: 'http://127.0.0.1:9/changes/other' }],
  ['secret', { ...TARGET, authorization: 'Bearer another-secret' }],
])('replaces its hook when the %s is another', async (_name, target) => {
  await open();
  const { note } = await ensure();
  expect((await ensure(note, target)).wasMade).toBe(true);
  expect(hooks()).toMatchObject([target]);
});

it('leaves the hooks of others alone', async () => {
  await open();
  const other = { ...TARGET, url: 'http://127.0.0.1:9/of-another-app' };
  await ensure(null, other);
  const { note } = await ensure();
  await bench.platform.changeFeed!.remove(TARGET, note, testCall());
  expect(hooks()).toMatchObject([{ url: other.url }]);
});

it('goes on by the addresses of v1.0 where those of v2.0 are not served', async () => {
  await open({ webhooks: 'v1-only' });
  const { note, wasMade } = await ensure();
  expect(wasMade).toBe(true);
  expect(hooks()).toMatchObject([{ payloadVersion: 'v2', url: TARGET.url }]);
  expect(hooks()[0]!.triggers).toHaveLength(ALL);
  bench.requests.length = 0;
  expect((await ensure(note)).wasMade).toBe(false);
  expect(bench.requests.map(({ url }) => url.pathname)).toEqual(['/rest/v1.0/webhooks/hooks']);
  await bench.platform.changeFeed!.remove(TARGET, note, testCall());
  expect(hooks()).toEqual([]);
});

it('removes by the note in one call, by the address without one, and twice as well as once', async () => {
  await open();
  const { note } = await ensure();
  asked();
  await bench.platform.changeFeed!.remove(TARGET, note, testCall());
  expect(asked()).toEqual([expect.stringMatching(/^DELETE hooks\/\d+$/)]);
  await bench.platform.changeFeed!.remove(TARGET, note, testCall());
  await ensure();
  await bench.platform.changeFeed!.remove(TARGET, null, testCall());
  expect(hooks()).toEqual([]);
});

it('takes away what stands in the project that the connection was for before', async () => {
  await open();
  const { note } = await ensure();
  const { loginUrl, apiUrl } = bench.sandbox;
  const elsewhere = createProcorePlatform({
    ...{ client: { id: seeded.clientId, secret: seeded.clientSecret }, grant: 'AUTHORIZATION_CODE' },
    ...{ tokens: bench.tokens, budget: testBudget(), clock: quickClock, random: Math.random, fetch: webFetch },
    settings: { loginUrl, apiUrl, companyId: String(seeded.companyId), projectId: String(seeded.emptyProjectId) },
  });
  const moved = await elsewhere.changeFeed!.ensure(TARGET, note, testCall());
  expect(moved.wasMade).toBe(true);
  expect(hooks()).toMatchObject([{ projectId: seeded.emptyProjectId, url: TARGET.url }]);
  await bench.platform.changeFeed!.remove(TARGET, moved.note, testCall());
  expect(hooks()).toEqual([]);
});

it('says which permission is missing', async () => {
  await open({ webhooks: '403' });
  await expect(ensure()).rejects.toMatchObject({
    kind: 'ACCESS_DENIED',
    remedy: expect.stringContaining('Webhooks API') as unknown,
  });
});

it('understands what is sent, and tells what a run has done itself from what people do', async () => {
  const got: { own: boolean; resource: string }[] = [];
  await open({ deliveries: 'held' });
  const { note } = await ensure();
  await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'a' }]);
  const root = (await bench.platform.find({ path: [] }, testCall()))!;
  await bench.platform.destination!.ensureFolder({ parent: root, name: 'Own' }, testCall());
  for (const { payload } of [...hooks()[0]!.deliveries].reverse())
    got.push({ own: procoreDescription.readChange!(payload, note)!.isOwn, resource: String(payload['resource_name']) });
  expect(got).toEqual([
    { own: false, resource: 'Project Files' },
    { own: true, resource: 'Project Folders' },
  ]);
});
