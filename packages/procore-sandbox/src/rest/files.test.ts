import { describe, expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { openSandbox, TestClient, TestClock, text } from '../test-client.js';

async function openProject(input: Parameters<typeof openSandbox>[0] = {}) {
  const clock = new TestClock();
  const sandbox = await openSandbox({ now: clock.now, ...input });
  return { clock, sandbox, client: new TestClient(sandbox) };
}

describe('files', () => {
  it('creates with all metadata in one call', async () => {
    const { client, sandbox } = await openProject();
    const folder = await client.createFolder('03 Permits');
    const made = await client.createFile('Permit 12.pdf', 'bytes', {
      parent_id: folder,
      description: 'Issued',
      explicit_permissions: true,
      custom_field_41007: 'A-2',
      custom_field_41008: 12.5,
      custom_field_41009: true,
      custom_field_41010: 77,
      custom_field_41011: [81, 82],
      custom_field_99: 'unknown',
    });
    expect(made).toMatchObject({
      status: 201,
      json: {
        name: 'Permit 12.pdf',
        parent_id: folder,
        size: 5,
        description: 'Issued',
        private: true,
        file_type: 'PDF',
        name_with_path: 'Ferry Terminal East/03 Permits/Permit 12.pdf',
        custom_fields: {
          custom_field_41007: { data_type: 'string', value: 'A-2' },
          custom_field_41008: { data_type: 'decimal', value: 12.5 },
          custom_field_41009: { data_type: 'boolean', value: true },
          custom_field_41010: { data_type: 'lov_entry', value: { id: 77, label: 'Approved' } },
          custom_field_41011: { data_type: 'lov_entries', value: [{ label: 'Civil' }, { label: 'Marine' }] },
        },
        file_versions: [{ number: 1, size: 5, notes: null, created_by: { login: 'ivo@quay.example' } }],
      },
    });
    expect(made.json['custom_fields']).not.toHaveProperty('custom_field_99');
    expect((await sandbox.control.fileBytes('03 Permits/Permit 12.pdf', client.projectId)).toString()).toBe('bytes');
    expect((await client.createFile('b.txt', 'x', { custom_field_41010: 5 })).status).toBe(400);
  });

  it('never makes a version of a file with the same name', async () => {
    const { client } = await openProject();
    await client.createFile('a.txt', 'one');
    expect(await client.createFile('A.TXT', 'two')).toMatchObject({
      status: 400,
      json: { errors: { name: ['has already been taken'] } },
    });
    expect((await client.createFile('a.txt', 'two', { unique_name: true })).json['name']).toBe('a (1).txt');
    expect((await client.createFile('a.txt', 'two', { unique_name: true })).json['name']).toBe('a (2).txt');
  });

  it('adds versions with notes by file_versions, and without by PATCH', async () => {
    const { client, sandbox, clock } = await openProject();
    const id = Number((await client.createFile('a.txt', 'one')).json['id']);
    clock.advance(60);
    const second = await client.post(client.in('file_versions', `&file_id=${id}`), {
      file_version: { upload_uuid: await client.upload('two!'), name: 'download.txt', notes: 'from v3' },
    });
    expect(second).toMatchObject({
      status: 201,
      json: { number: 2, notes: 'from v3', size: 4, file_id: id, prostore_file: { name: 'download.txt' } },
    });
    const third = await client.patch(client.in(`files/${id}`), { file: { upload_uuid: await client.upload('three') } });
    expect(third.json).toMatchObject({ size: 5, updated_at: '2026-09-30T10:16:00Z', name: 'a.txt' });
    const { json } = await client.get(client.in(`files/${id}`));
    const versions = json['file_versions'] as unknown as { number: number }[];
    expect(versions.map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(
      (await client.get(client.in(`files/${id}`, '&show_latest_version_only=true'))).json['file_versions'],
    ).toHaveLength(1);
    const shown = await client.get(client.in(`file_versions/${text(second.json['id'])}`));
    expect(shown.json).toMatchObject({ number: 2, file_id: id });
    expect((await client.get(client.in('file_versions/7'))).status).toBe(404);
    expect((await sandbox.control.fileBytes('a.txt', client.projectId, 2)).toString()).toBe('two!');
  });

  it('renames, moves and describes without a new version', async () => {
    const { client } = await openProject();
    const id = Number((await client.createFile('a.txt', 'one')).json['id']);
    const folder = await client.createFolder('to');
    const patch = { name: 'b.txt', parent_id: folder, description: 'moved', custom_field_41007: 'B' };
    const { json } = await client.patch(client.in(`files/${id}`), { file: patch });
    expect(json).toMatchObject({ name_with_path: 'Ferry Terminal East/to/b.txt', description: 'moved' });
    expect(json['file_versions']).toHaveLength(1);
    const cleared = await client.patch(client.in(`files/${id}`), { file: { custom_field_41007: null } });
    expect(cleared.json['custom_fields']).toEqual({});
  });

  it('deletes into the bin', async () => {
    const { client } = await openProject();
    const id = text((await client.createFile('a.txt', 'one')).json['id']);
    const reply = await client.call('DELETE', client.in(`files/${id}`));
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect((await client.createFile('a.txt', 'two')).status).toBe(201);
    expect((await client.call('DELETE', client.in('files/7'))).status).toBe(404);
  });

  it('takes the deprecated multipart data', async () => {
    const { client, sandbox } = await openProject();
    const form = new FormData();
    form.append('file[name]', 'legacy.txt');
    form.append('file[description]', 'old way');
    form.append('file[data]', new Blob(['legacy bytes'], { type: 'text/plain' }), 'other.txt');
    const made = await client.call('POST', client.in('files'), { body: form });
    expect(made).toMatchObject({ status: 201, json: { name: 'legacy.txt', description: 'old way', size: 12 } });
    expect((await sandbox.control.fileBytes('legacy.txt', client.projectId)).toString()).toBe('legacy bytes');
    form.append('file[upload_uuid]', await client.upload('x'));
    expect((await client.call('POST', client.in('files'), { body: form })).status).toBe(400);
    expect((await client.post(client.in('files'), { file: { name: 'no bytes' } })).status).toBe(400);
  });
});

describe('check-out', () => {
  async function checkedOut(input: Parameters<typeof openSandbox>[0] = {}) {
    const { client, sandbox, clock } = await openProject(input);
    const writer = new TestClient(sandbox, 'tomas@quay.example');
    const id = Number((await client.createFile('a.txt', 'one')).json['id']);
    const until = new Date(clock.ms + 3_600_000);
    const reply = await client.patch(client.in(`files/${id}`), { file: { checked_out_until: until.toISOString() } });
    return { client, writer, sandbox, clock, id, reply };
  }

  const holder = { checked_out_by: { id: seeded.adminId, login: 'ivo@quay.example', name: 'Ivo Marsh' } };

  it('refuses others with the 409 body, and lets the holder check it in by a new version', async () => {
    const { client, writer, id, reply } = await checkedOut();
    expect(reply.json).toMatchObject({ checked_out_until: '2026-09-30T11:15:00Z', ...holder });
    const upload_uuid = await writer.upload('two');
    const refused = await writer.patch(writer.in(`files/${id}`), { file: { upload_uuid } });
    expect(refused).toMatchObject({
      status: 409,
      json: {
        errors: { base: ['The file is checked out by Ivo Marsh'] },
        error_type: 'FileIsCheckedOut',
        file: { id },
      },
    });
    expect(refused.json['file']).not.toHaveProperty('tracked_folder');
    const version = await writer.post(writer.in('file_versions', `&file_id=${id}`), { file_version: { upload_uuid } });
    expect(version.status).toBe(409);
    expect((await writer.patch(writer.in(`files/${id}`), { file: { name: 'b.txt' } })).status).toBe(409);
    const own = await client.patch(client.in(`files/${id}`), { file: { upload_uuid: await client.upload('three') } });
    expect(own.status).toBe(200);
    expect((await writer.get(writer.in(`files/${id}`))).json).toMatchObject({ checked_out_by: null });
  });

  it('ends with its time, or when an admin clears it', async () => {
    const { client, writer, clock, id } = await checkedOut();
    const rename = () => writer.patch(writer.in(`files/${id}`), { file: { description: 'mine' } });
    clock.advance(3600);
    expect((await rename()).status).toBe(200);
    const until = new Date(clock.ms + 60_000).toISOString();
    const taken = await writer.patch(writer.in(`files/${id}`), { file: { checked_out_until: until } });
    expect(taken.json).toMatchObject({ checked_out_by: { name: 'Tomas Reiter' } });
    const cleared = await client.patch(client.in(`files/${id}`), { file: { checked_out_until: 'null' } });
    expect(cleared.json).toMatchObject({ checked_out_by: null, checked_out_until: null });
    expect((await client.patch(client.in(`files/${id}`), { file: { checked_out_until: 'soon' } })).status).toBe(400);
  });

  it('may let renames pass, and may stop admins', async () => {
    const behaviour = { checkOutBlocksEdits: false, adminsPassCheckOut: false };
    const { writer, client, sandbox, id } = await checkedOut({ behaviour });
    expect((await writer.patch(writer.in(`files/${id}`), { file: { name: 'b.txt' } })).status).toBe(200);
    sandbox.control.checkOut('b.txt', new Date(Date.UTC(2027, 0, 1)), 'tomas@quay.example', client.projectId);
    const upload_uuid = await client.upload('two');
    expect((await client.patch(client.in(`files/${id}`), { file: { upload_uuid } })).status).toBe(409);
  });
});

describe('custom fields and tags', () => {
  it('lists definitions, entries and metadata', async () => {
    const { client } = await openProject();
    const company = seeded.companyId;
    const definitions = await client.get(`/rest/v1.1/companies/${company}/custom_field_definitions`);
    expect(definitions.rows.map((row) => row['data_type'])).toEqual([
      'string',
      'decimal',
      'boolean',
      'lov_entry',
      'lov_entries',
      'datetime',
    ]);
    expect(definitions.rows[0]).toMatchObject({ id: 41_007, label: 'Zone', active: true });
    const entries = `/rest/v1.0/custom_field_definitions/41010/custom_field_lov_entries?company_id=${company}`;
    expect((await client.get(entries)).rows[0]).toEqual({ id: 77, label: 'Approved', position: 1, active: true });
    const metadata = await client.get(client.in('custom_field_metadata', '&view=with_lov_entries'));
    expect(metadata.rows[3]).toMatchObject({
      custom_field_definition_id: 41_010,
      lov_entries: [{ id: 77 }, { id: 78 }],
    });
    expect((await client.get('/rest/v1.0/custom_field_metadata')).status).toBe(400);
  });

  it('tags documents, which the flat list finds', async () => {
    const { client } = await openProject();
    const id = Number((await client.createFile('a.txt', 'one')).json['id']);
    const base = `/rest/v1.0/projects/${client.projectId}/document_custom_tags`;
    const tag = await client.post(base, { document_id: id, document_custom_tag: { name: 'as-built' } });
    expect(tag).toMatchObject({ status: 200, json: { name: 'as-built' } });
    const tagId = text(tag.json['id']);
    expect((await client.get(`${base}?filters%5Bdocument_id%5D=${id}`)).rows).toHaveLength(1);
    expect((await client.documents(`filters%5Bcustom_tag_ids%5D%5B%5D=${tagId}`)).rows[0]?.['id']).toBe(id);
    expect((await client.call('DELETE', `${base}/${tagId}?document_id=${id}`)).status).toBe(200);
    expect((await client.call('DELETE', `${base}/${tagId}?document_id=${id}`)).status).toBe(404);
    expect((await client.post(base, { document_id: id, document_custom_tag: {} })).status).toBe(400);
  });

  it('starts with content in the seeded project', async () => {
    const { sandbox } = await openProject();
    const client = new TestClient(sandbox, undefined, seeded.projectId);
    const study = (await client.documents('view=extended&filters%5Bsearch%5D=tide')).rows[0];
    expect(study).toMatchObject({ file: { current_version: { number: 2, notes: 'Second issue' } } });
    expect(study?.['custom_fields']).toEqual({ custom_field_41007: { data_type: 'string', value: 'A-2' } });
    const report = (await client.documents('view=extended&filters%5Bsearch%5D=soil')).rows[0];
    expect(report?.['file']).toMatchObject({ checked_out_by: { name: 'Ivo Marsh', company_name: null } });
  });
});
