import { describe, expect, it } from 'vitest';
import { names, openSandbox, TestClient, text, type Json } from '../test-client.js';

const unused = ['Schedules', 'Emailed Documents'];

describe('Schedules and Emailed Documents', () => {
  it('are absent from every listing until something is in them, and their names are taken', async () => {
    const client = new TestClient(await openSandbox());
    const v2 = `/rest/v2.0/projects/${client.projectId}/documents?per_page=100`;
    const seen = async () => [
      ...names(await client.documents()),
      ...names(await client.get(v2)),
      ...names({ rows: (await client.get(client.in('folders'))).json['folders'] as unknown as Json[] }),
    ];
    for (const name of unused) {
      expect(await seen()).not.toContain(name);
      expect(await client.post(client.in('folders'), { folder: { name } })).toMatchObject({ status: 400 });
      await client.sandbox.control.seed(client.projectId, [{ path: [name, 'first.txt'], content: 'x' }]);
      expect((await seen()).filter((each) => each === name)).toHaveLength(3);
    }
  });

  it('refuse every write once they are used', async () => {
    const client = new TestClient(await openSandbox());
    const entries = unused.map((name) => ({ path: [name, 'first.txt'], content: 'x' }));
    await client.sandbox.control.seed(client.projectId, entries);
    const { rows } = await client.documents();
    for (const name of unused) {
      const parent_id = Number(rows.find((row) => text(row['name']) === name)?.['id']);
      expect(await client.createFile('second.txt', 'x', { parent_id })).toMatchObject({ status: 403 });
      expect((await client.post(client.in('folders'), { folder: { name: 'a', parent_id } })).status).toBe(403);
      expect((await client.patch(client.in(`folders/${parent_id}`), { folder: { name: 'a' } })).status).toBe(403);
      expect((await client.call('DELETE', client.in(`folders/${parent_id}`))).status).toBe(403);
    }
  });

  it('makes what is in Schedules read only', async () => {
    const client = new TestClient(await openSandbox());
    await client.sandbox.control.seed(client.projectId, [{ path: 'Schedules/Week 1/plan.csv', content: 'x' }]);
    const { rows } = await client.documents();
    const readOnly = rows.filter((row) => text(row['read_only']) === 'true');
    expect(readOnly.map((row) => text(row['name'])).sort()).toEqual(['Schedules', 'Week 1', 'plan.csv']);
    const id = Number(readOnly.at(-1)?.['id']);
    expect((await client.patch(client.in(`files/${id}`), { file: { name: 'b' } })).status).toBe(403);
  });
});
