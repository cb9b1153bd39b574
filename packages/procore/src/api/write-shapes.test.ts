import { describe, expect, test } from 'vitest';
import type { Item, PlatformError, WriteRequest } from '@sluice/core/platform';
import { createProcorePlatform } from '../platform.js';
import { MemoryTokens, quickClock, testBudget, testCall } from '../test-bench.js';

const TEXT = 'twelve bytes';
const root: Item = {
  id: '1',
  kind: 'FOLDER',
  path: [],
  parentId: null,
  identity: null,
  metaVersion: null,
  size: null,
  modifiedAt: null,
  createdAt: null,
  version: null,
  sha256: null,
  description: null,
  isPrivate: false,
  isReadOnly: false,
  lock: null,
  handle: null,
};
const oldFile: Item = {
  ...root,
  id: '7',
  kind: 'FILE',
  path: ['a.txt'],
  parentId: '1',
  size: 3,
  version: '70',
  handle: 'http://127.0.0.1:2/f',
};
const content = {
  size: TEXT.length,
  async *read(range?: { start: number; end?: number }) {
    yield new TextEncoder().encode(TEXT.slice(range?.start ?? 0, range?.end));
  },
};

interface Seen {
  route: string;
  body: string;
}
type Answer = (seen: Seen, nth: number) => Response | undefined;
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const form = () => json({ uuid: 'U', url: 'http://127.0.0.1:3/store', fields: { key: 'k', policy: 'p"q' } }, 201);

/** A platform against answers by hand; uploads and storage work unless the answer says otherwise. */
function platformOf(answer: Answer) {
  const seen: Seen[] = [];
  const fetch = async (address: string | URL, init: { method?: string; body?: unknown } = {}) => {
    const url = new URL(address);
    const one = { route: `${init.method ?? 'GET'} ${url.pathname}`, body: await textOf(init.body) };
    seen.push(one);
    const nth = seen.filter(({ route }) => route === one.route).length;
    const usual = one.route.endsWith('/uploads')
      ? form()
      : new Response(null, { status: 204, headers: { etag: '"e"' } });
    return answer(one, nth) ?? usual;
  };
  const tokens = new MemoryTokens({
    accessToken: 't',
    refreshToken: 'r',
    obtainedAt: Date.now(),
    expiresAt: Date.now() + 5_400_000,
  });
  const settings = { loginUrl: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2', companyId: '1', projectId: '2' };
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
  const { destination } = createProcorePlatform(options);
  if (!destination) throw new Error('no destination');
  return {
    seen,
    destination,
    write: (more: Partial<WriteRequest> = {}) =>
      destination.write({ parent: root, name: 'a.txt', content, ...more }, testCall()),
  };
}

async function textOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  let text = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString('latin1');
  return text;
}
const routes = (seen: readonly Seen[]) => seen.map(({ route }) => route);
const on =
  (route: string, ...answers: (() => Response)[]): Answer =>
  (seen, nth) =>
    seen.route === route ? answers[Math.min(nth, answers.length) - 1]?.() : undefined;
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: PlatformError) => error.kind,
  );

describe('the reply of a creation', () => {
  const created = (file: object) =>
    on('POST /rest/v1.0/files', () => json({ id: 5, name: 'a.txt', parent_id: 1, ...file }, 201));

  test('without size proves nothing, and the size sent is taken', async () => {
    const { write } = platformOf(created({}));
    expect(await write()).toMatchObject({ verifiedBy: 'NONE', item: { id: '5', size: 12, version: null } });
  });

  test('with another size is told as it is: its proof is the engine’s', async () => {
    const { write } = platformOf(created({ file_versions: [{ id: 50, number: 1, size: 3 }] }));
    expect(await write()).toMatchObject({ item: { id: '5', size: 3 } });
  });

  test('may be wrapped and have another name', async () => {
    const reply = () => json({ data: { id: '5', name: 'a (1).txt', size: '12' } }, 201);
    expect(await platformOf(on('POST /rest/v1.0/files', reply)).write()).toMatchObject({
      verifiedBy: 'SIZE',
      item: { path: ['a (1).txt'], parentId: '1' },
    });
  });

  test('asks with all that is known, and never with tracking', async () => {
    const { write, seen } = platformOf(created({ size: 12 }));
    await write({ description: 'words', isPrivate: true });
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({
      file: {
        parent_id: 1,
        name: 'a.txt',
        upload_uuid: 'U',
        is_tracked: false,
        description: 'words',
        explicit_permissions: true,
      },
    });
  });
});

describe('the reply of a new version', () => {
  const versioned = (reply: object) => on('POST /rest/v1.0/file_versions', () => json(reply, 201));

  test('may be a version or a file', async () => {
    expect(await platformOf(versioned({ id: 71, number: 2, size: 12 })).write({ replaces: oldFile })).toMatchObject({
      verifiedBy: 'SIZE',
      item: { id: '7', version: '71' },
    });
    const file = {
      id: 7,
      file_versions: [
        { id: 70, number: 1, size: 3 },
        { id: 71, number: 2, size: 12 },
      ],
    };
    expect(await platformOf(versioned(file)).write({ replaces: oldFile })).toMatchObject({
      verifiedBy: 'SIZE',
      item: { id: '7', version: '71' },
    });
  });

  test('with another size is told as it is: its proof is the engine’s', async () => {
    const { write } = platformOf(versioned({ id: 71, number: 2, size: 3 }));
    expect(await write({ replaces: oldFile })).toMatchObject({ item: { version: '71', size: 3 } });
  });
});

test('the form has the fields in their order, then the file', async () => {
  const { write, seen } = platformOf(on('POST /rest/v1.0/files', () => json({ id: 5, size: 12 }, 201)));
  await write();
  const body = seen.find(({ route }) => route === 'POST /store')?.body ?? '';
  const names = [...body.matchAll(/name="([^"]*)"/g)].map(([, name]) => name);
  expect(names).toEqual(['key', 'policy', 'file', 'a.txt']);
  expect(body).toContain(`Content-Type: text/plain\r\n\r\n${TEXT}\r\n--`);
});

test('segments that were not asked for are sent as they are given', async () => {
  const segment = (n: number, size: number) => ({
    size,
    url: `http://127.0.0.1:3/s${n}`,
    headers: { 'X-Amz-Test': String(n) },
  });
  const { write, seen } = platformOf((one, nth) => {
    if (one.route.endsWith('/uploads'))
      return json({ uuid: 'U', segments: [segment(1, 8), segment(2, 4)], status: 'ready' }, 201);
    if (one.route.startsWith('PATCH')) return json({ uuid: 'U', status: 'complete' });
    return on('POST /rest/v1.0/files', () => json({ id: 5, size: 12 }, 201))(one, nth);
  });
  await write();
  expect(
    seen
      .filter(({ route }) => route.startsWith('PUT'))
      .map(({ body }) => body)
      .sort(),
  ).toEqual([TEXT.slice(0, 8), TEXT.slice(8)].sort());
  const told = JSON.parse(seen.find(({ route }) => route.startsWith('PATCH'))?.body ?? '') as {
    segments: { size: number; etag: string }[];
  };
  expect(told.segments.map(({ size, etag }) => [size, etag])).toEqual([
    [8, 'e'],
    [4, 'e'],
  ]);
});

test('a used upload after a lost answer is never made up for by a second file', async () => {
  const lost = () => new Response('<html>', { status: 502 });
  const used = () => json({ errors: { upload_uuid: ['is invalid'] } }, 400);
  const { write, seen } = platformOf((one, nth) => {
    if (one.route === 'GET /rest/v1.0/folders/1') return json({ id: 1, folders: [], files: [] });
    return on('POST /rest/v1.0/files', lost, used)(one, nth);
  });
  const error = await write().catch((e: PlatformError) => e);
  expect(error).toMatchObject({ retry: 'later' });
  expect(routes(seen).filter((route) => route.endsWith('/uploads'))).toHaveLength(1);
  expect(routes(seen).filter((route) => route === 'POST /rest/v1.0/files')).toHaveLength(2);
});

test('a name taken after a lost answer is looked at: somebody else’s file stays', async () => {
  const files = [
    {
      id: 9,
      name: 'a.txt',
      size: 99,
      created_at: '2020-01-01T00:00:00Z',
      file_versions: [{ id: 90, number: 1, size: 99, url: 'http://127.0.0.1:2/f' }],
    },
  ];
  let looks = 0;
  const { write } = platformOf((one, nth) => {
    if (one.route === 'GET /rest/v1.0/folders/1')
      return json({ id: 1, folders: [], files: (looks += 1) > 2 ? files : [] });
    return on(
      'POST /rest/v1.0/files',
      () => new Response('', { status: 500 }),
      () => json({ errors: { name: ['has already been taken'] } }, 400),
    )(one, nth);
  });
  expect(await kindOf(write())).toBe('NAME_TAKEN');
});

test('one look at a folder serves many refusals in it', async () => {
  const { destination, seen } = platformOf((one) => {
    if (one.route.startsWith('POST /rest/v1.0/files')) return json({ errors: { name: ['is odd'] } }, 400);
    return one.route.startsWith('GET') ? json({ id: 4, name: 'f', parent_id: 1 }) : undefined;
  });
  const parent = { ...root, id: '4', path: ['f'] };
  for (const name of ['a', 'b', 'c'])
    expect(await kindOf(destination.write({ parent, name, content }, testCall()))).toBe('REJECTED');
  expect(routes(seen).filter((route) => route.startsWith('GET'))).toHaveLength(1);
});
