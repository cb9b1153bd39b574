import { describe, expect, it } from 'vitest';
import { names, openSandbox, TestClient, TestClock, type Answer, text } from '../test-client.js';

const taken = { status: 400, json: { errors: { name: ['has already been taken'] } } };

async function openProject(input: Parameters<typeof openSandbox>[0] = {}) {
  const clock = new TestClock();
  const shown = { unusedSystemFolders: 'shown' } as const;
  const sandbox = await openSandbox({ now: clock.now, ...input, behaviour: { ...shown, ...input.behaviour } });
  const client = new TestClient(sandbox);
  const create = (folder: object): Promise<Answer> => client.post(client.in('folders'), { folder });
  return { clock, sandbox, client, create };
}

describe('folders', () => {
  it('shows the root with its direct children, whose own lists are empty', async () => {
    const { client, sandbox } = await openProject();
    await sandbox.control.seed(client.projectId, [
      { path: 'a/b/c.txt', content: 'c' },
      { path: 'top.txt', content: '1' },
      { path: 'top.txt', content: '22' },
    ]);
    const { json } = await client.get(client.in('folders'));
    expect(json).toMatchObject({ name: 'Ferry Terminal East', parent_id: null, has_children_files: true });
    const folders = json['folders'] as unknown as { name: string }[];
    expect(folders.map(({ name }) => name)).toEqual(['Recycle Bin', 'Schedules', 'Emailed Documents', 'a']);
    expect(folders[3]).toMatchObject({ has_children_folders: true, has_children_files: false, folders: [], files: [] });
    expect(json['files']?.['0']).toMatchObject({ size: 2, file_versions: [{ number: 2 }, { number: 1 }] });
    const short = await client.get(client.in('folders', '&exclude_folders=true&show_latest_file_version_only=true'));
    expect(short.json['folders']).toEqual([]);
    expect(short.json['files']?.['0']?.['file_versions']).toHaveLength(1);
    expect((await client.get(client.in('folders', '&exclude_files=true'))).json['files']).toEqual([]);
  });

  it('creates below the root or a parent, from JSON and from forms', async () => {
    const { client, create } = await openProject();
    const first = await create({ name: '03 Permits', explicit_permissions: true, is_tracked: true });
    expect(first).toMatchObject({
      status: 201,
      json: { name: '03 Permits', private: true, is_tracked: true, folders: [], files: [], is_deleted: false },
    });
    const below = await create({ name: 'Fire', parent_id: first.json['id'] });
    expect(below.json['name_with_path']).toBe('Ferry Terminal East/03 Permits/Fire');
    const body = new URLSearchParams({ 'folder[name]': 'Water', 'folder[parent_id]': text(first.json['id']) });
    const form = await client.call('POST', client.in('folders'), { body });
    expect(form.json['name_with_path']).toBe('Ferry Terminal East/03 Permits/Water');
    expect((await create({ name: 'x', parent_id: 7 })).status).toBe(400);
    expect((await client.post(client.in('folders'), {})).status).toBe(400);
    expect((await client.post('/rest/v1.0/folders', { folder: { name: 'x' } })).json).toMatchObject({
      errors: { project_id: ['required'] },
    });
  });

  it('keeps names unique in the parent, whatever their case', async () => {
    const { client, create } = await openProject();
    await create({ name: 'Permits' });
    expect(await create({ name: 'PERMITS' })).toMatchObject(taken);
    expect(await client.createFile('permits', 'x')).toMatchObject(taken);
    expect(await create({ name: 'Recycle Bin' })).toMatchObject(taken);
  });

  it('applies the rules for names', async () => {
    const { create } = await openProject();
    expect((await create({ name: '  spaced ' })).json['name']).toBe('spaced');
    expect((await create({ name: ' ' })).status).toBe(400);
    expect((await create({ name: 'x'.repeat(256) })).status).toBe(400);
    expect((await create({ name: 'a/b:c' })).json['name']).toBe('a/b:c');
  });

  it('drops each rule when told to', async () => {
    const loose = { trim: false, caseInsensitive: false, shared: false, rewriteSpecial: true, maxLength: 10 };
    const { client, create } = await openProject({ names: loose });
    expect((await create({ name: ' a/b ' })).json['name']).toBe(' a_b ');
    expect((await create({ name: 'p' })).status).toBe(201);
    expect((await create({ name: 'P' })).status).toBe(201);
    expect((await client.createFile('p', 'x')).status).toBe(201);
    expect((await create({ name: 'x'.repeat(11) })).status).toBe(400);
  });

  it('makes everything private in a project that is so by default', async () => {
    const { client, create, sandbox } = await openProject();
    sandbox.control.setPrivateByDefault(client.projectId, true);
    expect((await create({ name: 'a', explicit_permissions: false })).json['private']).toBe(true);
  });

  it('renames and moves in one call, but not into itself', async () => {
    const { client, clock } = await openProject();
    const from = await client.createFolder('from');
    const inner = await client.createFolder('inner', from);
    const to = await client.createFolder('to');
    clock.advance(60);
    const moved = await client.patch(client.in(`folders/${inner}`), { folder: { name: 'renamed', parent_id: to } });
    expect(moved).toMatchObject({
      status: 200,
      json: { name_with_path: 'Ferry Terminal East/to/renamed', updated_at: '2026-09-30T10:16:00Z' },
    });
    expect((await client.patch(client.in(`folders/${to}`), { folder: { parent_id: inner } })).status).toBe(400);
    expect(await client.patch(client.in(`folders/${from}`), { folder: { name: 'TO' } })).toMatchObject(taken);
    expect((await client.patch(client.in(`folders/${from}`), { folder: { name: 'From' } })).json['name']).toBe('From');
    await client.createFolder('inner', from);
  });

  it('leaves the time of moved items when told to, but not of renamed ones', async () => {
    const { client, clock } = await openProject({ behaviour: { touchOnMove: false } });
    const folder = await client.createFolder('a');
    const parent_id = await client.createFolder('to');
    clock.advance(60);
    const patch = async (body: object) => (await client.patch(client.in(`folders/${folder}`), { folder: body })).json;
    expect(await patch({ parent_id })).toMatchObject({ updated_at: '2026-09-30T10:15:00Z', parent_id });
    expect(await patch({ name: 'b' })).toMatchObject({ updated_at: '2026-09-30T10:16:00Z', name: 'b' });
  });

  it('keeps system folders as they are', async () => {
    const { client, sandbox, create } = await openProject();
    const { json } = await client.get(client.in('folders'));
    const folders = json['folders'] as unknown as { id: number; name: string }[];
    for (const id of [Number(json['id']), ...folders.map((folder) => folder.id)]) {
      expect((await client.patch(client.in(`folders/${id}`), { folder: { name: 'x' } })).status).toBe(403);
      expect((await client.call('DELETE', client.in(`folders/${id}`))).status).toBe(403);
    }
    const idOf = (name: string) => folders.find((folder) => folder.name === name)?.id;
    expect((await create({ name: 'x', parent_id: idOf('Schedules') })).status).toBe(403);
    expect((await create({ name: 'x', parent_id: idOf('Emailed Documents') })).status).toBe(403);
    const mine = await client.createFolder('mine');
    const into = { folder: { parent_id: idOf('Emailed Documents') } };
    expect((await client.patch(client.in(`folders/${mine}`), into)).status).toBe(403);
    expect((await create({ name: 'x', parent_id: idOf('Recycle Bin') })).status).toBe(400);
    expect((await sandbox.control.tree(client.projectId)).map(({ path }) => path)).toEqual(['mine']);
  });

  it('refuses writes below level standard, and deletes without the right to', async () => {
    const { client, sandbox } = await openProject();
    const id = await client.createFolder('a');
    const reader = new TestClient(sandbox, 'rhea@quay.example');
    const writer = new TestClient(sandbox, 'tomas@quay.example');
    expect((await reader.post(reader.in('folders'), { folder: { name: 'b' } })).status).toBe(403);
    expect((await writer.call('DELETE', writer.in(`folders/${id}`))).status).toBe(403);
    expect((await writer.post(writer.in('folders'), { folder: { name: 'b' } })).status).toBe(201);
    await client.patch(client.in(`folders/${id}`), { folder: { explicit_permissions: true } });
    expect((await writer.get(writer.in(`folders/${id}`))).status).toBe(404);
  });
});

describe('recycle bin', () => {
  async function deleted(input: Parameters<typeof openSandbox>[0] = {}) {
    const { client, sandbox, clock } = await openProject(input);
    const folder = await client.createFolder('old');
    const file = await client.createFile('f.txt', 'x', { parent_id: folder });
    clock.advance(5);
    const reply = await client.call('DELETE', client.in(`folders/${folder}`));
    return { client, sandbox, folder, file: Number(file.json['id']), reply };
  }

  it('takes a folder with its subtree and frees the name', async () => {
    const { client, sandbox, folder, file, reply } = await deleted();
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect((await client.get(client.in(`files/${file}`))).json).toMatchObject({
      is_deleted: true,
      name_with_path: 'Ferry Terminal East/Recycle Bin/old/f.txt',
    });
    const rows = await client.documents('filters%5Bis_in_recycle_bin%5D=true');
    expect(names(rows).sort()).toEqual(['f.txt', 'old']);
    expect((await client.call('DELETE', client.in(`folders/${folder}`))).status).toBe(403);
    await client.createFolder('old');
    expect((await sandbox.control.tree(client.projectId)).map(({ path, isDeleted }) => [path, isDeleted])).toEqual([
      ['old', false],
      ['Recycle Bin/old', true],
      ['Recycle Bin/old/f.txt', true],
    ]);
  });

  it('gives back what moves to a live folder', async () => {
    const { client, folder, file } = await deleted();
    const target = await client.createFolder('target');
    const moved = await client.patch(client.in(`folders/${folder}`), { folder: { parent_id: target } });
    expect(moved.json).toMatchObject({ is_deleted: false, name_with_path: 'Ferry Terminal East/target/old' });
    expect((await client.get(client.in(`files/${file}`))).json['is_deleted']).toBe(false);
  });

  it('keeps the parent of recycled rows when told to', async () => {
    const behaviour = { recycledKeepParent: true, touchOnMove: false };
    const { client, folder } = await deleted({ behaviour });
    const row = (await client.documents('filters%5Bdocument_type%5D=folder&filters%5Bsearch%5D=old')).rows[0];
    expect(row).toMatchObject({
      is_deleted: true,
      name_with_path: 'Ferry Terminal East/old',
      updated_at: '2026-09-30T10:15:00Z',
    });
    const root = await client.get(client.in('folders'));
    expect(JSON.stringify(root.json['folders'])).not.toContain('"old"');
    const back = await client.patch(client.in(`folders/${folder}`), { folder: { parent_id: root.json['id'] } });
    expect(back.json['is_deleted']).toBe(false);
  });
});
