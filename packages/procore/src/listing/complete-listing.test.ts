import { describe, expect, test } from 'vitest';
import type { Clock } from '@sluice/core/http';
import { listAll, quickClock, testCall } from '../test-bench.js';
import { filesBySecond, openPeer } from '../test-peer.js';
import type { Peer, PeerBehaviour } from '../test-peer.js';

const DAY_MS = 24 * 60 * 60_000;

async function listedIds(peer: Peer) {
  const { items, problems } = await listAll(peer.platform);
  return { ids: new Set(items.map(({ id }) => id)), count: items.length, problems };
}

async function expectAll(peer: Peer, files: number): Promise<void> {
  const { ids, count, problems } = await listedIds(peer);
  expect(problems).toEqual([]);
  expect(ids.size).toBe(files);
  expect(count).toBe(files);
}

const sizes = ({ calls }: Peer) => calls.map((url) => Number(url.searchParams.get('per_page')));
const failingAt = (...nths: number[]): PeerBehaviour => ({
  instead: (_, nth) =>
    nths.includes(nth) ? new Response('<html>', { status: 502, headers: { 'retry-after': '0' } }) : null,
});

describe('a listing of 20,000 files', () => {
  test('with stable pages costs at most 12 calls, finding the location included', async () => {
    const peer = openPeer(filesBySecond(20_000, 40));
    await peer.platform.find({ path: [] }, testCall());
    await expectAll(peer, 20_000);
    expect(peer.apiCalls()).toBeLessThanOrEqual(12);
  });

  test('costs at most two calls more after any 5xx, which is repeated at full size; here in ten pages of 200', async () => {
    for (let nth = 1; nth <= 11; nth += 1) {
      const peer = openPeer(filesBySecond(2000, 4), failingAt(nth), { settings: { pageSize: 200 } });
      await peer.platform.find({ path: [] }, testCall());
      await expectAll(peer, 2000);
      expect(peer.apiCalls()).toBeLessThanOrEqual(14);
      expect(new Set(sizes(peer))).toEqual(new Set([200]));
    }
  });

  test('is complete when rows of one second change places between pages', async () => {
    for (const bounds of ['INCLUSIVE', 'EXCLUSIVE'] as const) {
      const peer = openPeer(filesBySecond(2000, 7), { shuffle: 'TIES', bounds }, { settings: { pageSize: 200 } });
      await expectAll(peer, 2000);
      expect(peer.apiCalls()).toBeLessThanOrEqual(24);
    }
  });
});

test('after 5xx the wait that the platform asks for is kept', async () => {
  const waits: number[] = [];
  const clock: Clock = {
    ...quickClock,
    sleep: (ms, signal) => (waits.push(ms), quickClock.sleep(Math.min(ms, 1), signal)),
  };
  const instead = (_: URL, nth: number) =>
    nth === 2 ? new Response('', { status: 503, headers: { 'retry-after': '7' } }) : null;
  await expectAll(openPeer(filesBySecond(30, 3), { instead }, { clock }), 30);
  expect(waits.some((wait) => wait >= 6000 && wait <= 8000)).toBe(true);
});

describe('a listing is complete', () => {
  const small = { settings: { pageSize: 20 } };
  test.each<[string, PeerBehaviour, number]>([
    ['when pages are shuffled altogether', { shuffle: 'ALL' }, 4],
    ['when more rows of one second than a page holds are shuffled', { shuffle: 'TIES' }, 90],
    ['when pages are shuffled and hold less than asked for', { shuffle: 'ALL', cap: 12 }, 2],
    ['when bounds of time are left out and everything is shuffled', { shuffle: 'ALL', bounds: 'EXCLUSIVE' }, 1],
  ])('%s', async (_, behaviour, eachSecond) => {
    await expectAll(openPeer(filesBySecond(400, eachSecond), behaviour, small), 400);
  });

  test('when a file is removed between two pages, which moves others to pages already read', async () => {
    const beforeCall: PeerBehaviour['beforeCall'] = (files, nth) => {
      if (nth === 4 || nth === 6) files.shift();
    };
    const { ids, problems } = await listedIds(openPeer(filesBySecond(200, 2), { beforeCall }, small));
    expect(problems).toEqual([]);
    for (let id = 1002; id < 1200; id += 1) expect(ids.has(String(id)), String(id)).toBe(true);
  });

  test('when a page in the middle comes empty once', async () => {
    const empty = () => new Response('[]', { headers: { total: '0', 'per-page': '20' } });
    const peer = openPeer(filesBySecond(200, 2), { instead: (_, nth) => (nth === 5 ? empty() : null) }, small);
    await expectAll(peer, 200);
    expect(peer.calls).toHaveLength(12);
  });
});

describe('an unproven listing is a problem', () => {
  const problem = expect.objectContaining({
    type: 'problem',
    problem: expect.objectContaining({ kind: 'PART', path: [] }) as unknown,
  }) as unknown;

  test('when fewer different rows were seen than the platform counts', async () => {
    const { ids, problems } = await listedIds(openPeer(filesBySecond(50, 2), { hidden: 3 }));
    expect(ids.size).toBe(50);
    expect(problems).toEqual([problem]);
  });

  test('unless all rows were seen, where the platform shuffles them and knows no times', async () => {
    const behaviour: PeerBehaviour = { shuffle: 'ALL', ignoresCreatedAt: true };
    const { ids, problems } = await listedIds(
      openPeer(filesBySecond(300, 3), behaviour, { settings: { pageSize: 50 } }),
    );
    expect(problems).toEqual(ids.size === 300 ? [] : [problem]);
  });
});

describe('the size of pages', () => {
  const tooLarge = (most: number): PeerBehaviour => ({
    instead: (url) => (Number(url.searchParams.get('per_page')) > most ? new Response('', { status: 408 }) : null),
  });

  test('shrinks after 408 and grows back once pages arrive', async () => {
    let isSlow = true;
    const slow: PeerBehaviour = {
      instead: (url, nth) => {
        isSlow = nth < 4;
        return isSlow && Number(url.searchParams.get('per_page')) > 500 ? new Response('', { status: 408 }) : null;
      },
    };
    const peer = openPeer(filesBySecond(12_000, 50), slow);
    await expectAll(peer, 12_000);
    expect(sizes(peer)).toContain(500);
    expect(sizes(peer).at(-1)).toBe(2000);
  });

  test('stays small where large pages never arrive, without trying them again and again', async () => {
    const peer = openPeer(filesBySecond(10_000, 50), tooLarge(500));
    await expectAll(peer, 10_000);
    expect(sizes(peer).filter((size) => size > 500).length).toBeLessThanOrEqual(8);
  });

  test('shrinks when the client runs out of time', async () => {
    const clock: Clock = { ...quickClock, sleep: (ms, signal) => quickClock.sleep(Math.min(ms, 20), signal) };
    const instead: PeerBehaviour['instead'] = (url) =>
      Number(url.searchParams.get('per_page')) > 1000 ? new Promise<Response>(() => undefined) : null;
    const peer = openPeer(filesBySecond(3000, 50), { instead }, { clock });
    await expectAll(peer, 3000);
    expect(sizes(peer)).toEqual([2000, 1000, 1000, 1000, 1000]);
  });
});

describe('the index of v2 serves where that of v1 does not', () => {
  const refusing = (status: number, text = 'Not found'): PeerBehaviour => ({
    instead: (url) =>
      url.pathname.startsWith('/rest/v1.0/') ? new Response(JSON.stringify({ errors: text }), { status }) : null,
  });
  const versions = ({ calls }: Peer) => calls.map((url) => url.pathname.slice(6, 10));

  test.each<[string, PeerBehaviour]>([
    ['with 404', refusing(404)],
    ['with 410', refusing(410)],
    ['because it is deprecated', refusing(422, 'This endpoint is deprecated.')],
    [
      'by leading elsewhere',
      { instead: (url) => (url.pathname.startsWith('/rest/v1.0/') ? new Response('', { status: 301 }) : null) },
    ],
  ])('%s', async (_, behaviour) => {
    const peer = openPeer(filesBySecond(250, 2), behaviour);
    await expectAll(peer, 250);
    expect(versions(peer).slice(-3)).toEqual(['v2.0', 'v2.0', 'v2.0']);
    expect(peer.calls.at(-1)?.pathname).toBe('/rest/v2.0/companies/1/projects/2/documents');
    expect(peer.apiCalls()).toBeLessThanOrEqual(8);
  });

  test('below the project, where it is not below the company', async () => {
    const instead: PeerBehaviour['instead'] = (url) =>
      url.pathname === '/rest/v2.0/projects/2/documents' ? null : new Response('{}', { status: 404 });
    await expectAll(openPeer(filesBySecond(150, 2), { instead }), 150);
  });

  test('and is kept with the connection until a day has passed', async () => {
    let notes: string | null = null;
    let now = Date.now();
    const kept = { load: async () => notes, save: async (text: string) => void (notes = text) };
    const clock: Clock = { ...quickClock, now: () => now };
    const open = (behaviour: PeerBehaviour) => openPeer(filesBySecond(150, 2), behaviour, { notes: kept, clock });
    await expectAll(open(refusing(404)), 150);
    const second = open(refusing(404));
    await expectAll(second, 150);
    expect(versions(second)).toEqual(['v2.0', 'v2.0', 'v2.0']);
    now += DAY_MS + 1;
    const third = open({});
    await expectAll(third, 150);
    expect(new Set(versions(third))).toEqual(new Set(['v1.0']));
  });

  test('a single 404 costs one call and changes nothing', async () => {
    const once: PeerBehaviour = { instead: (_, nth) => (nth === 1 ? new Response('{}', { status: 404 }) : null) };
    const peer = openPeer(filesBySecond(150, 2), once);
    await expectAll(peer, 150);
    expect(versions(peer)).toEqual(['v1.0', 'v1.0', 'v1.0']);
  });
});
