import { describe, expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { names, openSandbox, TestClient, TestClock, type Json, text } from '../test-client.js';

const rowNamed = (rows: readonly Json[], name: string) => rows.find((row) => text(row['name']) === name);

const filter = (values: Record<string, string>) =>
  new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [`filters[${name}]`, value]),
  ).toString();

async function seededClient(clock = new TestClock()) {
  const sandbox = await openSandbox({ now: clock.now, behaviour: { unusedSystemFolders: 'shown' } });
  const client = new TestClient(sandbox);
  await sandbox.control.seed(client.projectId, [
    { path: 'b/deep/two.PDF', content: 'two', description: 'Issued for review' },
    { path: 'b/one.txt', content: 'one' },
    { path: 'a', isPrivate: true },
    { path: 'a/three.pdf', content: 'three' },
    { path: 'gone/four.txt', content: 'four' },
  ]);
  sandbox.control.deleteItem('gone', client.projectId);
  const tree = await sandbox.control.tree(client.projectId);
  const idOf = (path: string) => tree.find((entry) => entry.path === path)?.id ?? 0;
  return { sandbox, client, idOf };
}

const system = ['Emailed Documents', 'Ferry Terminal East', 'Recycle Bin', 'Schedules'];

describe('flat list of documents', () => {
  it('holds the root, system folders and deleted rows', async () => {
    const { client } = await seededClient();
    const answer = await client.documents('sort=name');
    const { rows } = answer;
    expect(names(answer).sort()).toEqual([
      ...system,
      'a',
      'b',
      'deep',
      'four.txt',
      'gone',
      'one.txt',
      'three.pdf',
      'two.PDF',
    ]);
    const root = rows.find((row) => row['parent_id'] === null);
    expect(root).toMatchObject({ name: 'Ferry Terminal East', document_type: 'folder', created_by: { id: 2 } });
    const four = rowNamed(rows, 'four.txt');
    expect(four).toMatchObject({ is_deleted: true, name_with_path: 'Ferry Terminal East/Recycle Bin/gone/four.txt' });
    expect(rowNamed(rows, 'Recycle Bin')).toMatchObject({ is_recycle_bin: true, is_deleted: false });
    expect(rowNamed(rows, 'Schedules')).toMatchObject({ read_only: true });
  });

  it('shows size and link in the extended view only', async () => {
    const { client } = await seededClient();
    const query = filter({ search: 'two' });
    const normal = (await client.documents(query)).rows[0];
    expect(normal).not.toHaveProperty('file');
    expect(normal).toMatchObject({ name_with_path: 'Ferry Terminal East/b/deep/two.PDF', document_type: 'file' });
    const extended = (await client.documents(`view=extended&${query}`)).rows[0];
    expect(extended).toMatchObject({
      private_parent: null,
      file: { file_type: 'PDF', description: 'Issued for review', current_version: { number: 1, size: 3 } },
      children: { has_children: false },
    });
    const three = (await client.documents(`view=extended&${filter({ search: 'three' })}`)).rows[0];
    expect(three?.['private_parent']).toMatchObject({ name: 'a', name_with_path: 'Ferry Terminal East/a' });
  });

  it('filters', async () => {
    const { client, idOf } = await seededClient();
    const found = async (query: string) => names(await client.documents(`sort=name&${query}`)).sort();
    expect(await found(filter({ document_type: 'file', is_in_recycle_bin: 'false' }))).toEqual([
      'one.txt',
      'three.pdf',
      'two.PDF',
    ]);
    expect(await found(filter({ is_in_recycle_bin: 'true' }))).toEqual(['four.txt', 'gone']);
    expect(await found(filter({ folder_id: String(idOf('b')) }))).toEqual(['b', 'deep', 'one.txt', 'two.PDF']);
    expect(await found(filter({ parent_id: String(idOf('b')) }))).toEqual(['deep', 'one.txt']);
    expect(await found(`parent_id=${idOf('b')}`)).toEqual(['deep', 'one.txt']);
    expect(await found(filter({ search: 'REVIEW' }))).toEqual(['two.PDF']);
    expect(await found(filter({ private: 'true' }))).toEqual(['a']);
    expect(await found('filters%5Bfile_type%5D%5B%5D=pdf&filters%5Bfile_type%5D%5B%5D=doc')).toEqual([
      'three.pdf',
      'two.PDF',
    ]);
    expect(await found('filters[created_by_id][]=2')).toEqual(system);
    expect(await found(filter({ folder_id: '7' }))).toEqual([]);
  });

  it('filters by time, both ends inclusive, dates as whole days', async () => {
    const clock = new TestClock();
    const { client, sandbox } = await seededClient(clock);
    clock.advance(24 * 3600);
    await sandbox.control.seed(client.projectId, [{ path: 'later.txt', content: 'x' }]);
    const count = async (range: string) =>
      (await new TestClient(sandbox).documents(filter({ updated_at: range }))).rows.length;
    expect(await count('2026-10-01...2026-10-01')).toBe(1);
    expect(await count('2026-09-30...2026-09-30')).toBe(12);
    expect(await count('2026-10-01T10:15:00Z...2026-10-01T10:15:00Z')).toBe(1);
    expect(await count('"2026-10-01T12:15:01+02:00...2026-10-02"')).toBe(0);
    expect((await new TestClient(sandbox).documents(filter({ updated_at: 'soon' }))).status).toBe(400);
  });

  it('sorts, also backwards, and refuses unknown orders', async () => {
    const { client } = await seededClient();
    const files = async (sort: string) =>
      names(await client.documents(`sort=${sort}&${filter({ document_type: 'file', is_in_recycle_bin: 'false' })}`));
    expect(await files('name')).toEqual(['one.txt', 'three.pdf', 'two.PDF']);
    expect(await files('-name')).toEqual(['two.PDF', 'three.pdf', 'one.txt']);
    const all = (await client.documents('sort=document_type_then_name')).rows.map((row) => text(row['document_type']));
    expect(all.lastIndexOf('folder')).toBeLessThan(all.indexOf('file'));
    expect((await client.documents('sort=colour')).status).toBe(400);
  });

  it('pages with Total, Per-Page and Link', async () => {
    const { client, sandbox } = await seededClient();
    const page = (number: number) => client.documents(`per_page=4&page=${number}&sort=name`);
    const pages = [await page(1), await page(2), await page(3)];
    expect(new Set(pages.flatMap(names)).size).toBe(12);
    expect(pages[0]?.headers.get('total')).toBe('12');
    expect(pages[0]?.headers.get('per-page')).toBe('4');
    const rels = pages.map(({ headers }) =>
      [...(headers.get('link') ?? '').matchAll(/rel="(\w+)"/g)].map((match) => match[1]),
    );
    expect(rels).toEqual([
      ['next', 'last'],
      ['first', 'next', 'last'],
      ['first', 'prev', 'last'],
    ]);
    expect(pages[0]?.headers.get('link')).toContain(
      `<${sandbox.apiUrl}/rest/v1.0/projects/${client.projectId}/documents?`,
    );
    expect((await client.documents()).headers.get('link')).toBeNull();
    expect((await page(9)).rows).toEqual([]);
  });

  it('ends in v1 when told to, while v2 goes on', async () => {
    const { client, sandbox } = await seededClient();
    const v2 = `/rest/v2.0/companies/${seeded.companyId}/projects/${client.projectId}/documents?per_page=100`;
    const whole = (await client.documents()).rows.length;
    for (const documentsV1 of ['404', '410'] as const) {
      sandbox.control.setBehaviour({ documentsV1 });
      expect((await client.documents()).status).toBe(Number(documentsV1));
      expect((await client.get(v2)).rows).toHaveLength(whole);
    }
  });

  it('treats pages above the cap as told', async () => {
    const { client, sandbox } = await seededClient();
    sandbox.control.setBehaviour({ documentsPerPageCap: 5 });
    expect((await client.documents('per_page=6')).json).toHaveLength(5);
    sandbox.control.setBehaviour({ overCap: '400' });
    expect((await client.documents('per_page=6')).status).toBe(400);
    sandbox.control.setBehaviour({ timeoutAbovePerPage: 3, pagingHeaders: false });
    expect((await client.documents('per_page=4')).status).toBe(408);
    const small = await client.documents('per_page=3');
    expect([small.status, small.headers.get('total'), small.headers.get('link')]).toEqual([200, null, null]);
  });

  it('shows others no private items, no bin and no schedules', async () => {
    const { client, sandbox } = await seededClient();
    const reader = new TestClient(sandbox, 'rhea@quay.example');
    const seen = async () => names(await reader.documents()).sort();
    expect(await seen()).toEqual(['Emailed Documents', 'Ferry Terminal East', 'b', 'deep', 'one.txt', 'two.PDF']);
    sandbox.control.setPermission(seeded.readerId, client.projectId, 'read_only', [
      'see_recycle_bin',
      'access_private',
    ]);
    expect(await seen()).toContain('four.txt');
    expect(await seen()).toContain('three.pdf');
    sandbox.control.setPermission(seeded.readerId, client.projectId, 'none');
    expect((await reader.documents()).status).toBe(403);
  });

  it('can lag behind', async () => {
    const clock = new TestClock();
    const { client, sandbox } = await seededClient(clock);
    clock.advance(60);
    sandbox.control.setBehaviour({ listLagMs: 2000, versionLagMs: 3000 });
    const made = await client.createFile('new.txt', 'new');
    expect(made.json).toMatchObject({ size: null, file_versions: [{ prostore_file: null, size: null }] });
    const row = async () => (await client.documents(`view=extended&${filter({ search: 'new.txt' })}`)).rows[0];
    expect(await row()).toBeUndefined();
    clock.advance(2);
    expect(await row()).toMatchObject({ file: { current_version: null } });
    clock.advance(1);
    expect(await row()).toMatchObject({ file: { current_version: { size: 3 } } });
  });
});

describe('v2 lists', () => {
  const v2 = (client: TestClient) => `/rest/v2.0/companies/${seeded.companyId}/projects/${client.projectId}`;

  it('wraps rows, writes ids as text and leaves paths out', async () => {
    const { client, idOf } = await seededClient();
    const { rows, headers } = await client.get(
      `${v2(client)}/documents?view=extended&${filter({ file_type: 'pdf,txt' })}`,
    );
    expect(headers.get('per-page')).toBe('10');
    const two = rowNamed(rows, 'two.PDF');
    expect(two).toMatchObject({ id: String(idOf('b/deep/two.PDF')), parent_id: String(idOf('b/deep')) });
    expect(two?.['file']?.['current_version']).toMatchObject({ size: 3, file_id: String(idOf('b/deep/two.PDF')) });
    expect(two).not.toHaveProperty('name_with_path');
    const short = await client.get(`/rest/v2.0/projects/${client.projectId}/documents?per_page=500`);
    expect(short.headers.get('per-page')).toBe('100');
  });

  it('lists one level of folders, or searches below one', async () => {
    const { client, idOf } = await seededClient();
    const found = async (query: string) => names(await client.get(`${v2(client)}/folders${query}`));
    expect(await found('?sort=name&exclude_files=true')).toEqual([
      'a',
      'b',
      'Emailed Documents',
      'Recycle Bin',
      'Schedules',
    ]);
    expect(await found(`/${idOf('b')}?sort=-document_type,name`)).toEqual(['one.txt', 'deep']);
    expect(
      await found(`/${idOf('b')}?include_descendants=true&${filter({ document_type: 'file' })}&sort=name`),
    ).toEqual(['one.txt', 'two.PDF']);
    expect(await found(`?include_descendants=true&${filter({ search: 'four' })}`)).toEqual([]);
    const missing = await client.get(`${v2(client)}/folders/7`);
    expect(missing).toMatchObject({ status: 404, json: { error: { code: 'NOT_FOUND' } } });
  });

  it('shows the 20 newest revisions', async () => {
    const { client, sandbox, idOf } = await seededClient();
    const versions = Array.from({ length: 24 }, (_, n) => ({ path: 'b/one.txt', content: `v${n}` }));
    await sandbox.control.seed(client.projectId, versions);
    const { json } = await client.get(`${v2(client)}/documents/${idOf('b/one.txt')}/revisions`);
    expect(json['data']).toHaveLength(20);
    expect(json['data']?.[0]).toMatchObject({ file_version: 25, file_size: 3, file_id: String(idOf('b/one.txt')) });
  });
});
