import { afterEach, describe, expect, test } from 'vitest';
import type { Content, Item, PlatformError, WriteRequest, Written } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import type { FaultRule } from '@sluice/procore-sandbox';
import { openBench, testCall } from '../test-bench.js';
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

function contentOf(text: string | Buffer): Content {
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    async *read(range) {
      const part = bytes.subarray(range?.start ?? 0, range?.end);
      for (let at = 0; at < part.length; at += 50_000) yield part.subarray(at, at + 50_000);
    },
  };
}

async function rootOf(bench: Bench): Promise<Item> {
  const root = await bench.platform.find({ path: [] }, testCall());
  if (!root) throw new Error('no root');
  return root;
}

async function write(
  bench: Bench,
  name: string,
  text: string | Buffer,
  more: Partial<WriteRequest> = {},
): Promise<Written> {
  const { destination } = bench.platform;
  if (!destination) throw new Error('no destination');
  return destination.write({ parent: await rootOf(bench), name, content: contentOf(text), ...more }, testCall());
}

const counters = (bench: Bench) => bench.sandbox.control.counters();
const entry = async (bench: Bench, path: string) =>
  (await bench.sandbox.control.tree(seeded.projectId)).filter((one) => one.path === path && !one.isDeleted);
const bytesOf = async (bench: Bench, path: string) => (await bench.sandbox.control.fileBytes(path)).toString();
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: PlatformError) => error.kind,
  );

describe('a write costs', () => {
  test('two calls for a new file, with its description and privacy', async () => {
    const bench = await open();
    await rootOf(bench);
    bench.sandbox.control.reset();
    const { item, verifiedBy } = await write(bench, 'a.txt', 'hello', { description: 'As built', isPrivate: true });
    expect(counters(bench).apiCalls).toBe(2);
    expect({ verifiedBy, path: item.path, size: item.size }).toEqual({ verifiedBy: 'SIZE', path: ['a.txt'], size: 5 });
    expect(await entry(bench, 'a.txt')).toMatchObject([{ description: 'As built', isPrivate: true, versions: 1 }]);
  });

  test('two calls for a new version with its note', async () => {
    const bench = await open();
    const { item: replaces } = await write(bench, 'a.txt', 'hello');
    bench.sandbox.control.reset();
    const { item } = await write(bench, 'a.txt', 'hello again', { replaces, versionNote: 'from the share' });
    expect(counters(bench).apiCalls).toBe(2);
    expect(item).toMatchObject({ id: replaces.id, size: 11 });
    expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 2, notes: [null, 'from the share'] }]);
    expect(await bench.platform.find({ id: item.id }, testCall())).toMatchObject({ version: item.version });
  });

  test('none for a file of zero bytes', async () => {
    const bench = await open();
    await rootOf(bench);
    bench.sandbox.control.reset();
    expect(await kindOf(write(bench, 'a.txt', ''))).toBe('ZERO_BYTES');
    expect(counters(bench).apiCalls).toBe(0);
  });
});

test('a new version also takes over a new description', async () => {
  const bench = await open();
  const { item: replaces } = await write(bench, 'a.txt', 'hello', { description: 'first' });
  const { item } = await write(bench, 'a.txt', 'hello again', { replaces, description: 'second' });
  expect(item).toMatchObject({ description: 'second', size: 11 });
  expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 2, description: 'second' }]);
});

const big = Buffer.alloc(400_000, 'abcdefg');
const storage = { origin: 'storage' } as const;

describe('one file, right bytes, one version', () => {
  const faults: [string, FaultRule[]][] = [
    [
      'the reply of the creation is lost',
      [{ kind: 'reset-after-commit', match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    [
      'the creation does not arrive',
      [{ kind: 'reset-before-commit', match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    ['the creation is answered by 500', [{ kind: 'status', match: { method: 'POST', route: '/files' }, nth: 1 }]],
    [
      'the creation is answered by a web page',
      [{ kind: 'html-body', match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    [
      'the reply of the creation is garbage',
      [{ kind: 'garbage-json', match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    [
      'the reply of the creation is cut short',
      [{ kind: 'short-body', match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    [
      'the creation is lost twice',
      [{ kind: 'reset-before-commit', match: { method: 'POST', route: '/files' }, count: 2 }],
    ],
    [
      'the preparation fails',
      [{ kind: 'html-body', status: 502, match: { method: 'POST', route: '/uploads' }, count: 2 }],
    ],
    ['the preparation is lost', [{ kind: 'reset-after-commit', match: { method: 'POST', route: '/uploads' }, nth: 1 }]],
    ['storage resets', [{ kind: 'reset-before-commit', match: storage, nth: 1 }]],
    ['storage takes the bytes and resets', [{ kind: 'reset-after-commit', match: storage, nth: 1 }]],
    ['storage is down for a moment', [{ kind: 'status', status: 503, match: storage, count: 2 }]],
    ['storage says that the upload has expired', [{ kind: 'status', status: 403, match: storage, nth: 1 }]],
    ['the token expires on the way', [{ kind: 'expire-tokens', match: { method: 'POST', route: '/files' }, nth: 1 }]],
    [
      'the host sheds load',
      [{ kind: 'status', status: 503, retryAfter: 0, match: { method: 'POST', route: '/files' }, nth: 1 }],
    ],
    ['replies are slow', [{ kind: 'slow', ms: 50, match: { origin: 'api' } }]],
  ];

  test.each(faults)('when %s', async (_, rules) => {
    const bench = await open();
    await rootOf(bench);
    bench.sandbox.control.setFaults(rules);
    const { item } = await write(bench, 'a.txt', big);
    bench.sandbox.control.setFaults([]);
    expect(await entry(bench, 'a.txt')).toMatchObject([{ id: Number(item.id), versions: 1, size: big.length }]);
    expect(await bytesOf(bench, 'a.txt')).toBe(big.toString());
    expect(item.handle).not.toBeNull();
  });

  test.each(faults)('of a new version when %s', async (_, rules) => {
    const bench = await open();
    const { item: replaces } = await write(bench, 'a.txt', 'before');
    bench.sandbox.control.setFaults(
      rules.map((rule) => ({
        ...rule,
        match: { ...rule.match, ...(rule.match?.route === '/files' && { route: '/file_versions' }) },
      })),
    );
    const { item } = await write(bench, 'a.txt', big, { replaces });
    bench.sandbox.control.setFaults([]);
    expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 2, size: big.length }]);
    expect(await bytesOf(bench, 'a.txt')).toBe(big.toString());
    expect(await bench.platform.find({ id: item.id }, testCall())).toMatchObject({ version: item.version });
  });

  test('when a version tells its size late', async () => {
    const bench = await open({ sandbox: { behaviour: { versionLagMs: 60 } } });
    bench.sandbox.control.setFaults([
      { kind: 'reset-after-commit', match: { method: 'POST', route: '/files' }, nth: 1 },
    ]);
    const outcome = await write(bench, 'a.txt', big).catch((error: PlatformError) => error.retry);
    if (typeof outcome === 'object') expect(outcome).toMatchObject({ wasAlreadyThere: true, verifiedBy: 'CHECKSUM' });
    else expect(outcome).toBe('later');
    expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 1 }]);
  });
});

describe('an earlier try in doubt', () => {
  const since = () => new Date(Date.now() - 1000);

  test('that was carried out is adopted, its bytes compared', async () => {
    const bench = await open();
    const { item } = await write(bench, 'a.txt', big);
    expect(await write(bench, 'a.txt', big, { inDoubtSince: since() })).toMatchObject({
      wasAlreadyThere: true,
      verifiedBy: 'CHECKSUM',
      item: { id: item.id },
    });
  });

  test('is not found in a file of the same size and other bytes, or an older one', async () => {
    const bench = await open();
    await write(bench, 'a.txt', 'AAAA');
    expect(await kindOf(write(bench, 'a.txt', 'BBBB', { inDoubtSince: since() }))).toBe('NAME_TAKEN');
    expect(await kindOf(write(bench, 'a.txt', 'AAAA', { inDoubtSince: new Date(Date.now() + 600_000) }))).toBe(
      'NAME_TAKEN',
    );
    expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 1 }]);
  });

  test('is not found in somebody else’s version', async () => {
    const bench = await open();
    const { item: replaces } = await write(bench, 'a.txt', 'first');
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'other' }]);
    expect(await kindOf(write(bench, 'a.txt', 'mine!', { replaces, inDoubtSince: since() }))).toBe('CONFLICT');
    expect(await entry(bench, 'a.txt')).toMatchObject([{ versions: 2 }]);
  });

  test('of a folder is looked up first', async () => {
    const bench = await open();
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'there' }]);
    const parent = await rootOf(bench);
    const made = await bench.platform.destination?.ensureFolder(
      { parent, name: 'there', inDoubtSince: since() },
      testCall(),
    );
    expect(made).toMatchObject({ path: ['there'] });
    expect(bench.requests.some(({ method }) => method === 'POST')).toBe(false);
  });
});

describe('a folder', () => {
  test.each<[string, FaultRule]>([
    ['whose reply is lost', { kind: 'reset-after-commit', match: { method: 'POST' }, nth: 1 }],
    ['whose request is lost', { kind: 'reset-before-commit', match: { method: 'POST' }, nth: 1 }],
    ['answered by a web page', { kind: 'html-body', match: { method: 'POST' }, nth: 1 }],
    ['answered by 500', { kind: 'status', match: { method: 'POST' }, nth: 1 }],
  ])('%s is there once', async (_, rule) => {
    const bench = await open();
    const parent = await rootOf(bench);
    bench.sandbox.control.setFaults([rule]);
    const made = await bench.platform.destination?.ensureFolder({ parent, name: 'new', isPrivate: true }, testCall());
    expect(await entry(bench, 'new')).toMatchObject([{ id: Number(made?.id), isPrivate: true }]);
  });

  test('that exists in other letters is adopted with its own name', async () => {
    const bench = await open();
    await bench.sandbox.control.seed(seeded.projectId, [{ path: 'Plans' }]);
    const made = await bench.platform.destination?.ensureFolder(
      { parent: await rootOf(bench), name: 'plans' },
      testCall(),
    );
    expect(made?.path).toEqual(['Plans']);
  });
});

describe('refusals', () => {
  test('of a checked-out file name its holder', async () => {
    const bench = await open({ login: 'tomas@quay.example' });
    bench.sandbox.control.setPermission(seeded.writerId, seeded.projectId, 'standard');
    const { item: replaces } = await write(bench, 'a.txt', 'hello');
    bench.sandbox.control.checkOut('a.txt', new Date(Date.now() + 3_600_000));
    const error = await write(bench, 'a.txt', 'later', { replaces }).catch((e: PlatformError) => e);
    expect(error).toMatchObject({ kind: 'LOCKED', message: expect.stringContaining('Ivo Marsh') as string });
    expect(await bench.platform.find({ id: replaces.id }, testCall())).toMatchObject({ lock: { holder: 'Ivo Marsh' } });
  });

  test('of a name that Procore rewrites leave its name in the item', async () => {
    const bench = await open({ sandbox: { names: { rewriteSpecial: true } } });
    expect((await write(bench, 'a:b.txt', 'hello')).item.path).toEqual(['a_b.txt']);
  });

  test('without the right to write are told as such', async () => {
    const bench = await open({ login: 'rhea@quay.example' });
    expect(await kindOf(write(bench, 'a.txt', 'hello'))).toBe('ACCESS_DENIED');
  });

  test('of a replaced file that is gone are a conflict', async () => {
    const bench = await open();
    const { item: replaces } = await write(bench, 'a.txt', 'hello');
    expect(await kindOf(write(bench, 'a.txt', 'later', { replaces: { ...replaces, id: '123' } }))).toBe('CONFLICT');
  });

  test('never hold a token or a signed address', async () => {
    const bench = await open();
    await rootOf(bench);
    bench.sandbox.control.setFaults([{ kind: 'reset-before-commit', match: storage }]);
    const error = await write(bench, 'a.txt', big).catch((e: PlatformError) => e);
    expect(error).toMatchObject({ kind: 'UNREACHABLE', retry: 'later' });
    const told = JSON.stringify([(error as PlatformError).message, error]);
    expect(told).not.toContain(bench.tokens.current?.accessToken);
    expect(told).not.toMatch(/signature|\?/i);
  });
});

test('storage never sees the token, and gets an exact length', async () => {
  const bench = await open();
  await write(bench, 'a "quoted" name.txt', big);
  const sent = bench.requests.filter(({ url }) => url.origin === bench.sandbox.storageUrl);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.headers).not.toHaveProperty('authorization');
  expect(Number(sent[0]?.headers['content-length'])).toBeGreaterThan(big.length);
});

test('a removal whose reply is lost is done; the root and system folders stay', async () => {
  const bench = await open();
  const { destination } = bench.platform;
  const { item } = await write(bench, 'a.txt', 'hello');
  bench.sandbox.control.setFaults([{ kind: 'reset-after-commit', match: { method: 'DELETE' }, nth: 1 }]);
  const remove = (removed: Item) =>
    kindOf(destination!.remove!({ item: removed, trash: { root: [], at: new Date() } }, testCall()));
  expect(await remove(item)).toBe('fine');
  expect(await entry(bench, 'a.txt')).toEqual([]);
  expect(await remove(await rootOf(bench))).toBe('REJECTED');
  expect(await remove({ ...item, isReadOnly: true })).toBe('ACCESS_DENIED');
});

test('a folder goes to the bin only when it is empty in Procore, and a file only in the version that is known', async () => {
  const bench = await open();
  const { destination } = bench.platform;
  const removal = (item: Item) => destination!.remove!({ item, trash: { root: [], at: new Date() } }, testCall());
  const folder = await destination!.ensureFolder({ parent: await rootOf(bench), name: 'folder' }, testCall());
  const request = { parent: folder, name: 'a.txt', content: contentOf('theirs') };
  const { item: first } = await destination!.write(request, testCall());
  const { item } = await destination!.write({ ...request, replaces: first, content: contentOf('newer') }, testCall());
  expect(await kindOf(removal(folder))).toBe('CONFLICT');
  expect(await kindOf(removal(first))).toBe('CONFLICT');
  expect(await bytesOf(bench, 'folder/a.txt')).toBe('newer');
  for (const each of [item, folder]) expect(await kindOf(removal(each))).toBe('fine');
  for (const each of [item, folder]) expect(await kindOf(removal(each))).toBe('NOT_FOUND');
});
