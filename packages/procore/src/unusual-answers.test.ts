import { afterEach, describe, expect, test } from 'vitest';
import type { Fetch } from '@sluice/core/http';
import type { Behaviour, SeedEntry } from '@sluice/procore-sandbox';
import { seeded } from '@sluice/procore-sandbox';
import { listAll, openBench, testCall, webFetch } from './test-bench.js';
import type { Bench } from './test-bench.js';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

async function openWith(behaviour: Partial<Behaviour>, entries: readonly SeedEntry[]): Promise<Bench> {
  bench = await openBench({ sandbox: { behaviour } });
  await bench.sandbox.control.seed(seeded.projectId, entries);
  return bench;
}

const files = Array.from({ length: 60 }, (_, n) => ({ path: `f${n % 6}/${n}.txt`, content: `${n}` }));
const filePaths = files.map(({ path }) => path).sort();

async function listedFiles(platform: Bench['platform'], path: string[] = []) {
  const { items, problems } = await listAll(platform, path);
  const found = items.filter(({ kind }) => kind === 'FILE').map((item) => item.path.join('/'));
  return { found: found.sort(), problems };
}

describe('a listing is complete', () => {
  test.each(['404', '410'] as const)('where the flat list of v1 has ended with %s', async (documentsV1) => {
    const { platform } = await openWith({ documentsV1 }, files);
    expect(await listedFiles(platform)).toEqual({ found: filePaths, problems: [] });
  });

  test('where ties are shuffled from page to page, or says that it is not', async () => {
    const { platform } = await openWith({ shuffleTies: true, documentsPerPageCap: 25 }, files);
    const { found, problems } = await listedFiles(platform);
    expect(new Set(found).size).toBe(found.length);
    if (problems.length === 0) expect(found).toEqual(filePaths);
  });

  test('below the depth at which the filter of folders ends', async () => {
    const deep = { path: 'a/1/2/3/4/5/6/7/deep.txt', content: 'x' };
    const { platform } = await openWith({ folderFilterDepth: 5 }, [deep]);
    expect(await listedFiles(platform, ['a'])).toEqual({ found: [deep.path], problems: [] });
  });
});

test.each(['objects', 'names'] as const)('permitted actions are understood as %s', async (permittedActions) => {
  const { platform } = await openWith({ permittedActions }, []);
  const checks = await platform.check(testCall(), { path: [] });
  expect(checks.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
});

/** The sandbox under the names of the real hosts: any of them answers by https only. */
function underRealNames(seen: URL[]): Fetch {
  return async (url, init) => {
    const asked = new URL(url);
    if (!asked.hostname.endsWith('.procore.com')) return webFetch(url, init);
    seen.push(asked);
    if (asked.protocol !== 'https:') throw new TypeError('fetch failed');
    const { apiUrl = '', filesUrl = '' } = bench?.sandbox ?? {};
    const origin = asked.hostname === 'api.procore.com' ? apiUrl : filesUrl;
    return webFetch(`${origin}${asked.pathname}${asked.search}`, init);
  };
}

test('a file link that begins with http is asked by https, and gets the token', async () => {
  const seen: URL[] = [];
  bench = await openBench({
    sandbox: { behaviour: { fileLinkOrigin: 'http://storage.procore.com' } },
    settings: { loginUrl: 'https://login.procore.com', apiUrl: 'https://api.procore.com' },
    fetch: underRealNames(seen),
  });
  await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'bytes' }]);
  const { items } = await listAll(bench.platform);
  const item = items.find(({ kind }) => kind === 'FILE');
  if (!item) throw new Error('nothing was listed');
  const chunks: Uint8Array[] = [];
  for await (const chunk of bench.platform.source?.open(item, testCall()) ?? []) chunks.push(chunk);
  expect(String(Buffer.concat(chunks))).toBe('bytes');
  expect(seen.filter(({ hostname }) => hostname === 'storage.procore.com')).toHaveLength(1);
});
