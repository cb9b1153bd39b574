import { afterEach, describe, expect, test } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import { listAll, openBench, testCall } from '../test-bench.js';
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
const content = (text: string) => ({
  size: text.length,
  async *read() {
    yield new TextEncoder().encode(text);
  },
});

describe('a check-out', () => {
  const later = () => new Date(Date.now() + 3_600_000);

  test('of the account itself is its own, without a check before, and takes a new version', async () => {
    const bench = await open();
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'own.pdf', content: 'one' }]);
    bench.sandbox.control.checkOut('own.pdf', later(), 'ivo@quay.example');
    const { items } = await listAll(bench.platform);
    const file = items.find(({ path }) => path[0] === 'own.pdf');
    expect(file?.lock?.isOwn).toBe(true);
    expect((await bench.platform.find({ path: ['own.pdf'] }, testCall()))?.lock?.isOwn).toBe(true);
    const parent = await bench.platform.find({ path: [] }, testCall());
    if (!file || !parent) throw new Error('not listed');
    const request = { parent, name: 'own.pdf', content: content('two'), replaces: file };
    expect(await bench.platform.destination?.write(request, testCall())).toMatchObject({ item: { size: 3 } });
    expect(bench.requests.filter(({ url }) => url.pathname === '/rest/v1.0/me')).toHaveLength(1);
  });

  test('of somebody else is a lock', async () => {
    const bench = await open();
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'theirs.pdf', content: 'one' }]);
    bench.sandbox.control.checkOut('theirs.pdf', later(), 'rhea@quay.example');
    const { items } = await listAll(bench.platform);
    const { lock } = items.find(({ path }) => path[0] === 'theirs.pdf') ?? {};
    expect([lock?.holder, lock?.isOwn]).toEqual(['Rhea Nolan', undefined]);
  });
});

test.each(['object', 'flag'] as const)(
  'what lies in a private folder is private, told by %s',
  async (privateParent) => {
    const bench = await open({ sandbox: { behaviour: { privateParent } } });
    await bench.sandbox.control.seed(seeded.projectId, [
      { path: 'closed', isPrivate: true },
      { path: 'closed/inner/a.txt', content: 'a' },
      { path: 'open/b.txt', content: 'b' },
    ]);
    const { items } = await listAll(bench.platform);
    const isPrivate = (path: string) => items.find((item) => item.path.join('/') === path)?.isPrivate;
    expect([isPrivate('closed'), isPrivate('closed/inner'), isPrivate('closed/inner/a.txt')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isPrivate('open'), isPrivate('open/b.txt')]).toEqual([false, false]);
  },
);

test('names with a slash are browsed, found by path and by id, and read', async () => {
  const bench = await open();
  const root = await bench.platform.find({ path: [] }, testCall());
  const token = bench.tokens.current?.accessToken ?? '';
  const headers = {
    authorization: `Bearer ${token}`,
    'procore-company-id': String(seeded.companyId),
    'content-type': 'application/json',
  };
  const address = `${bench.sandbox.apiUrl}/rest/v1.0/folders?project_id=${seeded.projectId}`;
  const body = JSON.stringify({ folder: { name: 'Level 1/2', parent_id: Number(root?.id) } });
  expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(201);
  const folder = (await listAll(bench.platform, [], true)).items.find(({ path }) => path[0] === 'Level 1/2');
  if (!folder) throw new Error('not shown');
  const request = { parent: folder, name: 'a.txt', content: content('abc') };
  await bench.platform.destination?.write(request, testCall());
  expect((await listAll(bench.platform, ['Level 1/2'], true)).items.map(({ path }) => path)).toEqual([
    ['Level 1/2', 'a.txt'],
  ]);
  expect(await bench.platform.find({ path: ['Level 1/2', 'a.txt'] }, testCall())).toMatchObject({ size: 3 });
  expect(await bench.platform.find({ id: folder.id }, testCall())).toMatchObject({ path: ['Level 1/2'] });
  expect((await listAll(bench.platform)).items.map(({ path }) => path)).toContainEqual(['Level 1/2', 'a.txt']);
});

test('a quotation mark is allowed in names, unless the settings say that Procore refuses it', async () => {
  expect((await open()).platform.limits.forbiddenCharacters).not.toContain('"');
  const strict = await open({ settings: { forbiddenCharacters: ['"'] } });
  expect(strict.platform.limits.forbiddenCharacters).toEqual(['"']);
});
