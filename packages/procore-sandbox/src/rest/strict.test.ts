import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../options.js';
import { seeded } from '../seed-data.js';
import { names, openSandbox, TestClient, text } from '../test-client.js';

async function openWith(behaviour: Partial<Behaviour>, paths: (string | string[])[]) {
  const sandbox = await openSandbox({ behaviour });
  const client = new TestClient(sandbox);
  await sandbox.control.seed(
    client.projectId,
    paths.map((path) => ({ path, content: 'x' })),
  );
  return { sandbox, client };
}

const numbered = Array.from({ length: 30 }, (_, n) => `f${n}.txt`);

describe('ties in the flat list', () => {
  it('are shuffled on every call, within what the order says', async () => {
    const { client } = await openWith({ shuffleTies: true }, numbered);
    const files = 'filters%5Bdocument_type%5D=file&per_page=30';
    const list = async (sort: string) => names(await client.documents(`${files}&sort=${sort}`));
    const [first, second] = [await list('document_type'), await list('document_type')];
    expect(first.toSorted()).toEqual(numbered.toSorted());
    expect(second).not.toEqual(first);
    expect(second.toSorted()).toEqual(first.toSorted());
    expect(await list('name')).toEqual(numbered.toSorted());
    const v2 = `/rest/v2.0/projects/${client.projectId}/documents?${files}`;
    expect(names(await client.get(v2))).not.toEqual(names(await client.get(v2)));
  });

  it('let rows be missed and seen twice over pages', async () => {
    const { client } = await openWith({ shuffleTies: true }, numbered);
    const pages = Array.from({ length: 6 }, (_, page) =>
      client.documents(`filters%5Bdocument_type%5D=file&sort=document_type&per_page=5&page=${page + 1}`),
    );
    const seen = (await Promise.all(pages)).flatMap(names);
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBeLessThan(30);
  });
});

describe('check-out by the caller', () => {
  const until = new Date(Date.now() + 3_600_000);
  it.each([
    [false, null],
    [true, seeded.adminId],
  ])('with uploadKeepsCheckOut %s a new version leaves it with %s', async (uploadKeepsCheckOut, holder) => {
    const { client, sandbox } = await openWith({ uploadKeepsCheckOut }, ['a.txt', 'b.txt']);
    const tree = await sandbox.control.tree(client.projectId);
    const holderOf = async (id: number) =>
      (await client.get(client.in(`files/${id}`))).json['checked_out_by']?.['id'] ?? null;
    for (const [index, { id, path }] of tree.entries()) {
      sandbox.control.checkOut(path, until, undefined, client.projectId);
      const upload_uuid = await client.upload('new');
      const reply =
        index === 0
          ? await client.patch(client.in(`files/${id}`), { file: { upload_uuid } })
          : await client.post(client.in('file_versions', `&file_id=${id}`), { file_version: { upload_uuid } });
      expect([200, 201]).toContain(reply.status);
      expect(await holderOf(id)).toBe(holder);
    }
  });
});

describe('rights', () => {
  it('to describe, tag and move are asked for where they are strict', async () => {
    const { client, sandbox } = await openWith({ strictRights: true }, ['to/x.txt', 'a.txt']);
    const writer = new TestClient(sandbox, 'tomas@quay.example');
    const tree = await sandbox.control.tree(client.projectId);
    const idOf = (path: string) => tree.find((entry) => entry.path === path)?.id;
    const patch = async (file: object) => (await writer.patch(writer.in(`files/${idOf('a.txt')}`), { file })).status;
    const tags = `/rest/v1.0/projects/${client.projectId}/document_custom_tags`;
    const tag = async () =>
      (await writer.post(tags, { document_id: idOf('a.txt'), document_custom_tag: { name: 'as-built' } })).status;
    expect(await patch({ name: 'b.txt' })).toBe(200);
    expect([await patch({ description: 'new' }), await patch({ parent_id: idOf('to') }), await tag()]).toEqual([
      403, 403, 403,
    ]);
    sandbox.control.setPermission(seeded.writerId, client.projectId, 'standard', ['move']);
    expect([await patch({ parent_id: idOf('to') }), await patch({ description: 'new' })]).toEqual([200, 403]);
    sandbox.control.setPermission(seeded.writerId, client.projectId, 'admin');
    expect([await patch({ description: 'new' }), await tag()]).toEqual([200, 200]);
  });
});

describe('rows', () => {
  it('tell of a private folder above by its name or by a flag', async () => {
    const { client, sandbox } = await openWith({}, ['closed/a.txt', 'open/a.txt']);
    await sandbox.control.seed(client.projectId, [{ path: 'closed', isPrivate: true }]);
    const above = async () => {
      const { rows } = await client.documents('view=extended&filters%5Bdocument_type%5D=file&sort=updated_at');
      return rows.map((row) => row['private_parent']).toSorted();
    };
    expect(await above()).toContainEqual(expect.objectContaining({ name: 'closed' }));
    sandbox.control.setBehaviour({ privateParent: 'flag' });
    expect(await above()).toEqual([false, true]);
  });

  it('may hold names with a slash', async () => {
    const { client, sandbox } = await openWith({}, [['A/B', 'c/d.txt']]);
    const { rows } = await client.documents('filters%5Bdocument_type%5D=file');
    expect(rows[0]).toMatchObject({ name: 'c/d.txt', name_with_path: 'Ferry Terminal East/A/B/c/d.txt' });
    expect((await sandbox.control.tree(client.projectId)).map((entry) => entry.names)).toEqual([
      ['A/B'],
      ['A/B', 'c/d.txt'],
    ]);
    expect(String(await sandbox.control.fileBytes(['A/B', 'c/d.txt'], client.projectId))).toBe('x');
    sandbox.control.moveItem(['A/B', 'c/d.txt'], 'plain.txt', client.projectId);
    sandbox.control.deleteItem(['A/B'], client.projectId);
    const live = (await sandbox.control.tree(client.projectId)).filter(({ isDeleted }) => !isDeleted);
    expect(live.map(({ path }) => path)).toEqual(['plain.txt']);
  });

  it.each([100, 5] as const)('below a folder end at depth %d of filters[folder_id]', async (folderFilterDepth) => {
    const chain = Array.from({ length: 102 }, (_, n) => `d${n}`);
    const { client, sandbox } = await openWith({ folderFilterDepth }, [[...chain, 'deep.txt']]);
    const top = (await sandbox.control.tree(client.projectId))[0]?.id;
    const { rows } = await client.documents(`filters%5Bfolder_id%5D=${top}&per_page=200`);
    expect(rows).toHaveLength(folderFilterDepth + 1);
    expect(rows.map((row) => text(row['name']))).not.toContain('deep.txt');
  });
});
