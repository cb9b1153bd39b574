import { describe, expect, test } from 'vitest';
import type { ListEntry } from '@sluice/core/platform';
import { createProcorePlatform } from '../platform.js';
import { listAll, MemoryTokens, quickClock, testBudget } from '../test-bench.js';

const tokens = () =>
  new MemoryTokens({ accessToken: 't', refreshToken: 'r', obtainedAt: Date.now(), expiresAt: Date.now() + 5_400_000 });
const folder = (id: number, parent: number | null, name = `folder ${id}`, more: object = {}) => ({
  id,
  name,
  parent_id: parent,
  document_type: 'folder',
  ...more,
});
const file = (id: number, parent: number, name = `${id}.txt`, more: object = {}) => ({
  id,
  name,
  parent_id: parent,
  document_type: 'file',
  created_at: '2026-01-01T00:00:00Z',
  file: {
    current_version: {
      id: id * 10,
      number: 1,
      size: 5,
      url: `https://files.example/${id}`,
      created_at: '2026-01-01T00:00:00Z',
    },
  },
  ...more,
});

/** A platform whose flat listing is answered by hand; folders one by one are not there unless given. */
function platformOf(
  documents: (query: URLSearchParams, nth: number) => { rows: unknown; total?: number },
  folders: (id: string) => unknown = () => null,
) {
  let asked = 0;
  const fetch = async (address: string | URL) => {
    const url = new URL(address);
    const isList = url.pathname.endsWith('/documents');
    const { rows, total } = isList
      ? documents(url.searchParams, (asked += 1))
      : { rows: folders(/folders\/?(\d*)/.exec(url.pathname)?.[1] ?? 'none'), total: undefined };
    if (rows === null) return new Response('{"errors":"Not found"}', { status: 404 });
    return new Response(JSON.stringify(rows), { headers: total === undefined ? {} : { total: String(total) } });
  };
  const settings = { loginUrl: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2', companyId: '1', projectId: '2' };
  return createProcorePlatform({
    settings,
    client: { id: 'c', secret: 's' },
    grant: 'AUTHORIZATION_CODE',
    tokens: tokens(),
    budget: testBudget(),
    fetch,
    clock: quickClock,
    random: () => 0.5,
  });
}

const isFolders = (query: URLSearchParams) => query.get('filters[document_type]') === 'folder';
const names = (entries: { items: { path: readonly string[] }[] }) => entries.items.map((item) => item.path.join(' > '));
const rootOnly = (id: string) => (id === '' ? { id: 1, name: 'Project', parent_id: null } : null);

describe('the flat listing of an unusual server', () => {
  const everything = [
    folder(1, null, 'Project'),
    folder(2, 1, 'A/B'),
    folder(3, 2),
    file(4, 3),
    file(5, 1),
    folder(9, 1, 'Recycle Bin', { is_recycle_bin: true }),
    file(10, 9),
    folder(11, 9, 'gone', { is_deleted: true }),
    file(12, 11),
  ];

  test('that ignores the type, the bin and the page', async () => {
    const platform = platformOf(() => ({ rows: everything }), rootOnly);
    expect(names(await listAll(platform))).toEqual(['A/B', 'A/B > folder 3', 'A/B > folder 3 > 4.txt', '5.txt']);
  });

  test('that wraps its rows and has text for identifiers', async () => {
    const rows = JSON.parse(JSON.stringify(everything).replace(/"(id|parent_id)":(\d+)/g, '"$1":"$2"')) as unknown;
    const platform = platformOf(() => ({ rows: { data: rows } }), rootOnly);
    expect(names(await listAll(platform))).toEqual(['A/B', 'A/B > folder 3', 'A/B > folder 3 > 4.txt', '5.txt']);
  });

  test('that repeats and skips rows while the set changes', async () => {
    const pages = [[file(4, 1), file(5, 1)], [file(5, 1)], [file(4, 1), file(5, 1), file(6, 1)]];
    const platform = platformOf(
      (query, nth) =>
        isFolders(query) ? { rows: [folder(1, null)], total: 1 } : { rows: pages[nth - 2] ?? [], total: 3 },
      rootOnly,
    );
    expect(names(await listAll(platform)).sort()).toEqual(['4.txt', '5.txt', '6.txt']);
  });

  test('that counts more than it shows is told as a problem', async () => {
    const platform = platformOf(
      (query) => (isFolders(query) ? { rows: [folder(1, null)], total: 3 } : { rows: [file(4, 1)], total: 7 }),
      rootOnly,
    );
    const { items, problems } = await listAll(platform);
    expect(names({ items })).toEqual(['4.txt']);
    expect(problems.map((entry) => (entry.type === 'problem' ? entry.problem.error.message : ''))).toEqual([
      expect.stringContaining('counts 3 documents and showed 1') as string,
      expect.stringContaining('counts 7 documents and showed 1') as string,
    ]);
  });

  test('that shows a folder only after its files', async () => {
    let isThere = false;
    const platform = platformOf((query) => {
      if (!isFolders(query)) return { rows: [file(4, 7), file(5, 1)], total: 2 };
      const rows = [folder(1, null), folder(2, 1), ...(isThere ? [folder(7, 2)] : [])];
      isThere = true;
      return { rows, total: rows.length };
    }, rootOnly);
    expect(names(await listAll(platform))).toEqual([
      'folder 2',
      '5.txt',
      'folder 2 > folder 7',
      'folder 2 > folder 7 > 4.txt',
    ]);
  });

  test('that hides a parent, has a ring of folders, or a row without identifier, is told as a problem', async () => {
    const rows = [folder(1, null), folder(20, 21), folder(21, 20), folder(2, 1)];
    const platform = platformOf(
      (query) =>
        isFolders(query)
          ? { rows, total: 4 }
          : { rows: [file(4, 99), file(6, 20), file(5, 2), { name: 'lost' }], total: 4 },
      rootOnly,
    );
    const { items, problems } = await listAll(platform);
    expect(names({ items })).toEqual(['folder 2', 'folder 2 > 5.txt']);
    expect(
      problems.map((entry: ListEntry) =>
        entry.type === 'problem' ? [entry.problem.kind, entry.problem.path.at(-1)] : null,
      ),
    ).toEqual([
      ['FILE', '(no identifier)'],
      ['FILE', '4.txt'],
      ['FILE', '6.txt'],
    ]);
  });
});

test('where the view tells no sizes, folders are listed one by one', async () => {
  const bare = { file: null };
  const platform = platformOf(
    (query) =>
      isFolders(query)
        ? { rows: [folder(1, null), folder(2, 1)], total: 2 }
        : { rows: [file(4, 1, 'a', bare), file(5, 2, 'b', bare)], total: 2 },
    (id) => {
      const versions = (n: number) => [{ id: n * 10, number: 1, size: n, url: 'http://127.0.0.1:3/x' }];
      if (id === '')
        return {
          id: 1,
          name: 'P',
          parent_id: null,
          folders: [{ id: 2, name: 'folder 2' }],
          files: [{ id: 4, name: 'a', file_versions: versions(4) }],
        };
      return {
        id: 2,
        name: 'folder 2',
        parent_id: 1,
        folders: [],
        files: [{ id: 5, name: 'b', file_versions: versions(5) }],
      };
    },
  );
  const { items } = await listAll(platform);
  expect(items.map((item) => [item.path.join('/'), item.size])).toEqual([
    ['folder 2', null],
    ['a', 4],
    ['folder 2/b', 5],
  ]);
});

test('an old file without version is listed without size', async () => {
  const platform = platformOf(
    (query) =>
      isFolders(query)
        ? { rows: [folder(1, null)], total: 1 }
        : { rows: [file(4, 1), file(5, 1, 'bare', { file: null })], total: 2 },
    rootOnly,
  );
  const { items } = await listAll(platform);
  expect(items.map((item) => item.size)).toEqual([5, null]);
});

test('a project that shows nothing at all is not taken for an empty one', async () => {
  await expect(listAll(platformOf(() => ({ rows: [], total: 0 })))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
});
