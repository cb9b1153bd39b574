import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openSandbox, postForm, read, sha256, TestClient, TestClock, type Json, text } from '../test-client.js';

async function openProject(input: Parameters<typeof openSandbox>[0] = {}) {
  const clock = new TestClock();
  const sandbox = await openSandbox({ now: clock.now, ...input });
  return { clock, sandbox, client: new TestClient(sandbox) };
}

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

/** Sends raw bytes with exactly these headers, and ends the connection after `body`. */
function raw(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
  abort = false,
): Promise<number> {
  return new Promise((resolve) => {
    const call = httpRequest(url, { method, headers, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    call.on('error', () => resolve(0));
    if (abort) call.write(body, () => call.destroy());
    else call.end(body);
  });
}

describe('form post', () => {
  it('answers with url and fields, stores the bytes and attaches them once', async () => {
    const { client } = await openProject();
    const made = await client.post(client.uploads, {
      response_filename: 'Permit 12.pdf',
      response_content_type: 'application/pdf',
      size: 5,
    });
    expect(made.status).toBe(201);
    expect(Object.keys(made.json['fields'] ?? {})).toEqual([
      'key',
      'Content-Type',
      'Content-Disposition',
      'policy',
      'x-amz-credential',
      'x-amz-algorithm',
      'x-amz-date',
      'x-amz-signature',
    ]);
    expect(made.json['fields']).toMatchObject({ 'Content-Disposition': 'inline; filename="Permit 12.pdf"' });
    const uuid = text(made.json['uuid']);
    const attach = (name: string) => client.post(client.in('files'), { file: { name, upload_uuid: uuid } });
    expect((await attach('early.pdf')).status).toBe(400);
    expect((await client.get(`${client.uploads}/${uuid}`)).json['status']).toBe('ready');
    const stored = await postForm(made.json, 'bytes');
    expect(stored.status).toBe(204);
    expect((await client.get(`${client.uploads}/${uuid}`)).json['status']).toBe('complete');
    expect((await attach('a.pdf')).status).toBe(201);
    expect((await attach('b.pdf')).status).toBe(400);
    expect((await client.post(client.uploads, { size: 5 })).status).toBe(400);
  });

  it('refuses an Authorization header, chunks, foreign and changed fields, other sizes and late transfers', async () => {
    const { client, clock } = await openProject();
    const { json } = await client.post(client.uploads, { response_filename: 'a.txt', size: 5 });
    expect((await postForm(json, 'bytes', { authorization: 'Bearer x' })).status).toBe(400);
    const chunked = { 'transfer-encoding': 'chunked', 'content-type': 'multipart/form-data; boundary=x' };
    expect(await raw(text(json['url']), 'POST', chunked, '--x--\r\n')).toBe(411);
    const fields = json['fields'] as unknown as Record<string, string>;
    const changed = { ...json, fields: { ...fields, 'Content-Type': 'text/html' } } as unknown as Json;
    expect((await postForm(changed, 'bytes')).text).toContain('SignatureDoesNotMatch');
    const reversed = { ...json, fields: Object.fromEntries(Object.entries(fields).reverse()) } as unknown as Json;
    expect((await postForm(reversed, 'bytes')).status).toBe(403);
    expect((await postForm(json, 'longer bytes')).text).toContain('EntityTooLarge');
    expect((await postForm(json, 'bits')).status).toBe(400);
    clock.advance(3600);
    expect((await postForm(json, 'bytes')).status).toBe(403);
    expect((await client.get(`${client.uploads}/${text(json['uuid'])}`)).json['status']).toBe('ready');
  });

  it('discards a body that ends early', async () => {
    const { client, sandbox } = await openProject();
    const { json } = await client.post(client.uploads, { response_filename: 'a.txt' });
    const fields = Object.entries(json['fields'] ?? {}).map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text(value)}\r\n`,
    );
    const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf of it';
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '9000' };
    await raw(text(json['url']), 'POST', headers, fields.join('') + file, true);
    const answered = () => sandbox.control.counters().routes['storage POST /pro-core.com'];
    await expect.poll(answered).toBeDefined();
    expect(sandbox.control.counters().uploads.count).toBe(0);
    expect((await client.get(`${client.uploads}/${text(json['uuid'])}`)).json['status']).toBe('ready');
    expect((await postForm(json, 'whole')).status).toBe(204);
  });

  it('survives a client that leaves while a file part is refused and passed over', async () => {
    const { client, sandbox } = await openProject();
    const { json } = await client.post(client.uploads, { response_filename: 'a.txt' });
    const misnamed = '--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\nhalf of it';
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '9000' };
    await raw(text(json['url']), 'POST', headers, misnamed, true);
    const answered = () => sandbox.control.counters().routes['storage POST /pro-core.com'];
    await expect.poll(answered).toBeDefined();
    expect((await postForm(json, 'whole')).status).toBe(204);
  });

  it('belongs to its user, and for a week', async () => {
    const { client, sandbox, clock } = await openProject();
    const writer = new TestClient(sandbox, 'tomas@quay.example');
    const upload_uuid = await client.upload('bytes');
    const file = { name: 'a.txt', upload_uuid };
    expect((await writer.post(writer.in('files'), { file })).status).toBe(403);
    expect((await writer.get(`${writer.uploads}/${upload_uuid}`)).status).toBe(404);
    clock.advance(7 * 24 * 3600);
    const later = new TestClient(sandbox);
    expect((await later.post(later.in('files'), { file })).status).toBe(410);
  });

  it('refuses zero bytes unless told to take them', async () => {
    const { client } = await openProject();
    expect((await client.post(client.uploads, { response_filename: 'a.txt', size: 0 })).status).toBe(400);
    const { json } = await client.post(client.uploads, { response_filename: 'a.txt' });
    expect((await postForm(json, '')).text).toContain('EntityTooSmall');
    const lenient = await openProject({ behaviour: { refuseZeroBytes: false } });
    expect((await lenient.client.createFile('empty.txt', '')).json).toMatchObject({ size: 0 });
  });

  it('names a file after the upload when the call names none', async () => {
    const { client } = await openProject();
    const upload_uuid = await client.upload('bytes', 'from upload.txt');
    expect((await client.post(client.in('files'), { file: { upload_uuid } })).json['name']).toBe('from upload.txt');
  });
});

describe('segmented uploads', () => {
  const parts = [randomBytes(1000), randomBytes(1000), randomBytes(10)];
  const segments = parts.map((part) => ({ size: part.length, sha256: sha256(part), md5: md5(part) }));

  async function begin(input: Parameters<typeof openSandbox>[0] = { behaviour: { minSegmentBytes: 1000 } }) {
    const opened = await openProject(input);
    const made = await opened.client.post(opened.client.uploads, { response_filename: 'big.bin', segments });
    const list = made.json['segments'] as unknown as { url: string; headers: Record<string, string> }[];
    const put = async (index: number, body = parts[index], headers: Record<string, string> = {}) => {
      const target = list[index];
      if (!target || !body) throw new Error('no such segment');
      const all = { ...target.headers, 'content-type': 'application/octet-stream', ...headers };
      return read(await fetch(target.url, { method: 'PUT', body: new Uint8Array(body), headers: all }));
    };
    const complete = (etags: readonly (string | null)[], more: object = {}) =>
      opened.client.patch(`${opened.client.uploads}/${text(made.json['uuid'])}`, {
        segments: etags.map((etag, index) => ({ etag, ...segments[index], ...more })),
      });
    return { ...opened, made, put, complete };
  }

  it('joins the segments and attaches them', async () => {
    const { client, sandbox, made, put, complete } = await begin();
    expect(made).toMatchObject({ status: 201, json: { status: 'ready' } });
    const stored = await Promise.all([put(2), put(0), put(1)]);
    const [third, first, second] = stored.map(({ headers }) => headers.get('etag'));
    expect([stored[0]?.status, stored[0]?.text]).toEqual([200, '']);
    const wrongOrder = await complete([second ?? null, first ?? null, third ?? null]);
    expect(wrongOrder.status).toBe(422);
    const done = await complete([first ?? null, second ?? null, third ?? null]);
    expect(done).toMatchObject({ status: 200, json: { status: 'complete' } });
    const upload_uuid = made.json['uuid'];
    const file = await client.post(client.in('files'), { file: { name: 'big.bin', upload_uuid } });
    expect(file.json['size']).toBe(2010);
    const bytes = await sandbox.control.fileBytes('big.bin', client.projectId);
    expect(bytes.equals(Buffer.concat(parts))).toBe(true);
    const [entry] = await sandbox.control.tree(client.projectId);
    expect(entry?.sha256).toBe(sha256(Buffer.concat(parts)));
    expect((await complete([first ?? null, second ?? null, third ?? null])).status).toBe(410);
    expect(sandbox.control.counters()).toMatchObject({ counted: 5, uploads: { count: 3, bytes: 2010 } });
  });

  it('checks every byte and header of a segment', async () => {
    const { put, complete } = await begin();
    expect((await put(0, randomBytes(1000))).text).toContain('XAmzContentSHA256Mismatch');
    expect((await put(0, parts[0], { authorization: 'Bearer x' })).status).toBe(400);
    expect((await put(0, parts[0], { 'x-amz-content-sha256': sha256('other') })).status).toBe(400);
    expect((await put(0, parts[0], { 'content-md5': 'b3RoZXI=' })).status).toBe(400);
    const { headers } = await put(0);
    expect((await complete([headers.get('etag'), null, null])).status).toBe(422);
  });

  it('lets a stored segment stay while others are sent again, for an hour', async () => {
    const { put, clock } = await begin();
    const first = await put(0);
    expect((await put(0)).headers.get('etag')).toBe(first.headers.get('etag'));
    clock.advance(3600);
    expect(await put(1)).toMatchObject({ status: 403 });
  });

  it('refuses small segments but the last, missing hashes, and completing late or without segments', async () => {
    const { client, complete, clock, sandbox } = await begin();
    const create = (list: object[]) => client.post(client.uploads, { response_filename: 'x', segments: list });
    expect(
      (
        await create([
          { size: 999, sha256: sha256('') },
          { size: 1, sha256: sha256('') },
        ])
      ).status,
    ).toBe(400);
    expect((await create([{ size: 1 }])).status).toBe(400);
    expect((await create([])).status).toBe(400);
    const form = await client.post(client.uploads, { response_filename: 'x', size: 1 });
    expect((await client.patch(`${client.uploads}/${text(form.json['uuid'])}`, { segments: [] })).status).toBe(422);
    clock.advance(7 * 24 * 3600);
    client.token = sandbox.control.issueTokens().access_token;
    expect((await complete(['a', 'b', 'c'])).status).toBe(410);
  });

  it('refuses links that were changed', async () => {
    const { made } = await begin();
    const url = text(made.json['segments']?.['0']?.['url']).replace('partNumber=1', 'partNumber=2');
    const reply = await fetch(url, { method: 'PUT', body: 'x' });
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
  });
});
