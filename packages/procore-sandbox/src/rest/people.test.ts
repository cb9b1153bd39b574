import { describe, expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { names, openSandbox, TestClient, TestClock } from '../test-client.js';

const groups = `/rest/v1.0/projects/${seeded.emptyProjectId}/distribution_groups`;
const group = (name: string, user_ids: number[] = []) => ({ distribution_group: { name, user_ids } });

describe('users and distribution groups', () => {
  it('are listed by project', async () => {
    const client = new TestClient(await openSandbox());
    const { rows } = await client.get(`/rest/v1.0/projects/${seeded.emptyProjectId}/users?per_page=2`);
    expect(rows).toMatchObject([
      { login: 'ivo@quay.example', email_address: 'ivo@quay.example', name: 'Ivo Marsh' },
      {},
    ]);
  });

  it('make a group once by name, and once by token', async () => {
    const client = new TestClient(await openSandbox());
    const headers = { 'idempotency-token': 'one', 'content-type': 'application/json' };
    const body = JSON.stringify(group('Marine', [seeded.adminId]));
    const made = await client.call('POST', groups, { body, headers });
    expect(made).toMatchObject({ status: 201, json: { name: 'Marine', users: [{ login: 'ivo@quay.example' }] } });
    expect(await client.call('POST', groups, { body, headers })).toMatchObject({
      status: 200,
      json: { id: made.json['id'] },
    });
    expect(await client.post(groups, group('Marine'))).toMatchObject({
      status: 422,
      json: { errors: { name: ['has already been taken'] } },
    });
    expect(names(await client.get(groups))).toEqual(['Marine']);
  });

  it('are hidden or refused where a switch says so', async () => {
    const sandbox = await openSandbox();
    const client = new TestClient(sandbox);
    await client.post(groups, group('Empty'));
    expect(names(await client.get(groups))).toEqual(['Empty']);
    sandbox.control.setBehaviour({ hiddenGroups: true });
    expect(names(await client.get(groups))).toEqual([]);
    sandbox.control.setBehaviour({ directoryAccess: '403' });
    expect((await client.get(groups)).status).toBe(403);
  });
});

describe('tags and custom fields', () => {
  const tag = (document_id: number) => ({ document_id, document_custom_tag: { name: 'as-built' } });

  it('refuse a tag again, or do not touch the document, where a switch says so', async () => {
    const sandbox = await openSandbox();
    const client = new TestClient(sandbox);
    const id = Number((await client.createFile('a.txt', 'one')).json['id']);
    const base = `/rest/v1.0/projects/${client.projectId}/document_custom_tags`;
    expect([(await client.post(base, tag(id))).status, (await client.post(base, tag(id))).status]).toEqual([200, 200]);
    sandbox.control.setBehaviour({ repeatedTag: 'refused' });
    expect((await client.post(base, tag(id))).status).toBe(400);
    const rows = (filter: string) => client.documents(`filters%5Bcustom_tag_ids%5D%5B%5D=${filter}`);
    expect((await rows('1')).rows).toEqual([]);
    sandbox.control.setBehaviour({ tagFilter: 'ignored' });
    expect((await rows('1')).rows.length).toBeGreaterThan(0);
    sandbox.control.setBehaviour({ tagFilter: 'refused' });
    expect((await rows('1')).status).toBe(400);
  });

  it('hide their definitions where a switch says so', async () => {
    const sandbox = await openSandbox();
    const client = new TestClient(sandbox);
    const metadata = client.in('custom_field_metadata');
    const definitions = `/rest/v1.1/companies/${seeded.companyId}/custom_field_definitions`;
    const statuses = async () => [(await client.get(metadata)).status, (await client.get(definitions)).status];
    expect(await statuses()).toEqual([200, 200]);
    for (const [fieldDefinitions, expected] of [
      ['without-metadata', [404, 200]],
      ['403', [403, 403]],
      ['401', [401, 401]],
    ] as const) {
      sandbox.control.setBehaviour({ fieldDefinitions });
      expect(await statuses(), fieldDefinitions).toEqual(expected);
    }
  });

  it('keep the time of the document where a switch says so', async () => {
    const clock = new TestClock();
    const sandbox = await openSandbox({ now: clock.now, behaviour: { touchOnDetails: 'none' } });
    const client = new TestClient(sandbox);
    const made = await client.createFile('a.txt', 'one');
    const id = Number(made.json['id']);
    clock.advance(60);
    const later = await client.patch(client.in(`files/${id}`), { file: { custom_field_41007: 'B' } });
    expect(later.json['updated_at']).toBe(made.json['updated_at']);
    expect(later.json['custom_fields']).toMatchObject({ custom_field_41007: { value: 'B' } });
  });
});
