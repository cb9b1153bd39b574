import { afterEach, describe, expect, test } from 'vitest';
import type { ByteRange, Item, PlatformError } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import type { FaultRule } from '@sluice/procore-sandbox';
import { createProcorePlatform } from '../platform.js';
import { listAll, MemoryTokens, openBench, quickClock, testBudget, testCall } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 11 + (index >> 7)) & 255));

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function open(faults: FaultRule[] = [], input: BenchInput = {}): Promise<{ bench: Bench; item: Item }> {
  const bench = await openBench(input);
  benches.push(bench);
  await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.bin', content: bytes }]);
  const { items } = await listAll(bench.platform);
  const item = items.find(({ kind }) => kind === 'FILE');
  if (!item) throw new Error('nothing listed');
  bench.sandbox.control.reset();
  bench.sandbox.control.setFaults(faults);
  return { bench, item };
}

async function read(platform: Bench['platform'], item: Item, range?: ByteRange): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of platform.source?.open(item, testCall(), range) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a download costs no counted call, and storage never sees the token', async () => {
  const { bench, item } = await open();
  expect((await read(bench.platform, item)).equals(bytes)).toBe(true);
  expect(bench.sandbox.control.counters().apiCalls).toBe(0);
  const storage = bench.requests.filter(({ url }) => url.origin === bench.sandbox.storageUrl);
  expect(storage).toHaveLength(1);
  expect(storage[0]?.headers).not.toHaveProperty('authorization');
});

describe('all bytes arrive', () => {
  const files = { origin: 'files' } as const;
  const storage = { origin: 'storage' } as const;
  const faults: [string, FaultRule[]][] = [
    ['after a short body', [{ kind: 'short-body', match: storage, nth: 1 }]],
    ['after several short bodies', [{ kind: 'short-body', match: storage, count: 4 }]],
    ['after a reset', [{ kind: 'reset-before-commit', match: storage, nth: 1 }]],
    ['after a 503 with HTML', [{ kind: 'status', status: 503, retryAfter: 0, match: files, count: 2 }]],
    ['after a web page that comes as a success', [{ kind: 'html-body', match: storage, nth: 1 }]],
    [
      'after a web page in the middle',
      [
        { kind: 'short-body', match: storage, nth: 1 },
        { kind: 'html-body', match: storage, nth: 1 },
      ],
    ],
    ['after an expired token', [{ kind: 'expire-tokens', match: files, nth: 1 }]],
    ['after a stale link', [{ kind: 'status', status: 403, match: files, nth: 1 }]],
    ['after an expired storage link', [{ kind: 'status', status: 403, match: storage, nth: 1 }]],
    ['slowly', [{ kind: 'slow', ms: 50, match: storage }]],
  ];
  test.each(faults)('%s', async (_, rules) => {
    const { bench, item } = await open(rules);
    expect((await read(bench.platform, item)).equals(bytes)).toBe(true);
  });

  test.each(faults)('of a range, %s', async (_, rules) => {
    const { bench, item } = await open(rules);
    const part = await read(bench.platform, item, { start: 100_000, end: 600_001 });
    expect(part.equals(bytes.subarray(100_000, 600_001))).toBe(true);
  });
});

test('a transfer goes on where it broke off', async () => {
  const { bench, item } = await open([{ kind: 'short-body', match: { origin: 'storage' }, nth: 1 }]);
  await read(bench.platform, item);
  const resumed = bench.requests.filter(({ url }) => url.origin === bench.sandbox.storageUrl)[1];
  expect(resumed?.headers['range']).toMatch(/^bytes=[1-9]\d*-699999$/);
  expect(resumed?.headers['if-range']).toMatch(/^"/);
});

describe('what is not as listed', () => {
  const kindOf = (work: Promise<unknown>) =>
    work.then(
      () => 'fine',
      (error: PlatformError) => error.kind,
    );

  test('has changed, once its link is stale', async () => {
    const { bench, item } = await open([{ kind: 'status', status: 404, match: { origin: 'files' }, nth: 1 }]);
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.bin', content: 'other' }]);
    expect(await kindOf(read(bench.platform, item))).toBe('CHANGED_DURING_READ');
  });

  test('is gone', async () => {
    const { bench, item } = await open([{ kind: 'status', status: 404, match: { origin: 'files' } }]);
    bench.sandbox.control.deleteItem('a.bin');
    expect(await kindOf(read(bench.platform, item))).toBe('NOT_FOUND');
  });

  test('may not be read', async () => {
    const { bench, item } = await open([{ kind: 'status', status: 403, match: { origin: 'files' } }]);
    expect(await kindOf(read(bench.platform, item))).toBe('ACCESS_DENIED');
  });

  test('does not end', async () => {
    const { bench, item } = await open([{ kind: 'html-body', match: { origin: 'storage' } }]);
    expect(await kindOf(read(bench.platform, item))).toBe('CONTENT_INCOMPLETE');
  });
});

describe('an unusual file host', () => {
  const body = 'twelve bytes';
  const linked = (handle: string, size: number | null = body.length): Item => ({
    id: '5',
    identity: null,
    kind: 'FILE',
    path: ['a'],
    parentId: '1',
    size,
    modifiedAt: null,
    createdAt: null,
    version: '9',
    metaVersion: null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle,
  });

  function platformOf(
    answer: (url: URL, headers: Record<string, string>, nth: number) => Response,
    apiUrl = 'https://api.procore.com',
  ) {
    const seen: { url: string; token: string | undefined }[] = [];
    const tokens = new MemoryTokens({
      accessToken: 'secret-token',
      refreshToken: 'r',
      obtainedAt: Date.now(),
      expiresAt: Date.now() + 5_400_000,
    });
    const fetch = async (address: string | URL, init: { headers?: Record<string, string> } = {}) => {
      seen.push({ url: String(address), token: init.headers?.['authorization'] });
      return answer(new URL(address), init.headers ?? {}, seen.length);
    };
    const settings = { loginUrl: 'https://login.procore.com', apiUrl, companyId: '1', projectId: '2' };
    const options = {
      settings,
      client: { id: 'c', secret: 's' },
      grant: 'AUTHORIZATION_CODE' as const,
      tokens,
      budget: testBudget(),
      fetch,
      clock: quickClock,
      random: () => 0.5,
    };
    return { platform: createProcorePlatform(options), seen };
  }
  const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } });
  const link = 'https://us02.procore.com/fas/x?sig=1';

  test('may redirect in any way, also relative; the token stays in the domain', async () => {
    const { platform, seen } = platformOf((url) => {
      if (url.pathname === '/fas/x') return redirect('/fas/y', 307);
      if (url.pathname === '/fas/y') return redirect('https://s3.amazonaws.com/b', 303);
      return new Response(body);
    });
    expect(String(await read(platform, linked(link)))).toBe(body);
    expect(seen.map(({ token }) => token)).toEqual(['Bearer secret-token', 'Bearer secret-token', undefined]);
  });

  test('may list plain http links: they are asked by https before the token is sent', async () => {
    const { platform, seen } = platformOf(() => new Response(body));
    expect(String(await read(platform, linked('http://storage.procore.com/v4/d?sig=1')))).toBe(body);
    expect(seen.map(({ url, token }) => [String(url), token])).toEqual([
      ['https://storage.procore.com/v4/d?sig=1', 'Bearer secret-token'],
    ]);
  });

  test('may break the body of a redirect off, which nobody reads', async () => {
    const broken = () => new ReadableStream({ cancel: () => Promise.reject(new Error('reset')) });
    const { platform } = platformOf((url) =>
      url.pathname === '/fas/x'
        ? new Response(broken(), { status: 302, headers: { location: 'https://s3.amazonaws.com/b' } })
        : new Response(body),
    );
    expect(String(await read(platform, linked(link)))).toBe(body);
  });

  test('may not lead the token from https to http, nor on for ever', async () => {
    const { platform, seen } = platformOf((url) =>
      url.protocol === 'https:' ? redirect('http://us02.procore.com/fas/x') : new Response(body),
    );
    expect(String(await read(platform, linked(link)))).toBe(body);
    expect(seen.at(-1)?.token).toBeUndefined();
    const endless = platformOf(() => redirect(link));
    await expect(read(endless.platform, linked(link))).rejects.toMatchObject({ kind: 'PLATFORM_ERROR' });
    expect(endless.seen).toHaveLength(6);
  });

  test('may ignore Range: what is there already is passed over', async () => {
    const { platform } = platformOf(() => new Response(body));
    expect(String(await read(platform, linked(link), { start: 3, end: 8 }))).toBe(body.slice(3, 8));
  });

  test('may not tell its length; an error page is still not taken for the file', async () => {
    const stream = (text: string) =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode(text));
            controller.close();
          },
        }),
      );
    const { platform } = platformOf((_, __, nth) => stream(nth === 1 ? '<html>no' : body));
    expect(String(await read(platform, linked(link)))).toBe(body);
  });

  test('may refuse the token where a link needs none', async () => {
    const { platform } = platformOf((_, headers) =>
      'authorization' in headers ? new Response('<Error/>', { status: 400 }) : new Response(body),
    );
    expect(String(await read(platform, linked(link)))).toBe(body);
  });

  test('that has another object under the link does not mix two of them', async () => {
    const { platform } = platformOf((_, headers) => {
      if ('range' in headers) return new Response('NEW BYTES!!!', { headers: { etag: '"2"' } });
      const broken = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(new TextEncoder().encode('twelve'));
          controller.close();
        },
      });
      return new Response(broken, { headers: { etag: '"1"', 'content-length': '12' } });
    });
    await expect(read(platform, linked(link))).rejects.toMatchObject({ kind: 'CHANGED_DURING_READ' });
  });
});
