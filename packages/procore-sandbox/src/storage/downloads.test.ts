import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../sandbox.js';
import { openSandbox, read, sha256, TestClient, TestClock, text } from '../test-client.js';

async function openProject(input: Parameters<typeof openSandbox>[0] = {}) {
  const clock = new TestClock();
  const sandbox = await openSandbox({ now: clock.now, ...input });
  return { clock, sandbox, client: new TestClient(sandbox) };
}

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

describe('downloads', () => {
  const content = 'The quick brown fox';

  async function stored(input: Parameters<typeof openSandbox>[0] = {}) {
    const opened = await openProject(input);
    const made = await opened.client.createFile('fox.txt', content);
    const link = text(made.json['file_versions']?.['0']?.['url']);
    const hop = (token = opened.client.token, address = link) =>
      fetch(address, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } });
    const get = async (headers: Record<string, string> = {}) =>
      read(await fetch((await hop()).headers.get('location') ?? '', { headers }));
    return { ...opened, link, hop, get, id: Number(made.json['id']) };
  }

  it('redirects those with a token to another origin, which takes none', async () => {
    const { link, hop, get, sandbox } = await stored();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
    expect((await hop('wrong')).status).toBe(401);
    const reply = await hop();
    expect([reply.status, new URL(reply.headers.get('location') ?? '').origin]).toEqual([302, sandbox.storageUrl]);
    expect(link.startsWith(sandbox.filesUrl)).toBe(true);
    expect((await get()).text).toBe(content);
    expect((await get({ authorization: 'Bearer x' })).status).toBe(400);
  });

  it('may begin with plain http on another host, and are served all the same', async () => {
    const { link, hop, sandbox } = await stored({ behaviour: { fileLinkOrigin: 'http://storage.procore.com' } });
    expect(new URL(link).origin).toBe('http://storage.procore.com');
    const served = link.replace('http://storage.procore.com', sandbox.filesUrl);
    expect((await hop(undefined, served)).status).toBe(302);
  });

  it('serves ranges and entity tags', async () => {
    const { get } = await stored();
    const whole = await get();
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toBe(`"${md5(Buffer.from(content))}"`);
    const part = await get({ range: 'bytes=4-8' });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'quick', 'bytes 4-8/19']);
    expect((await get({ range: 'bytes=16-' })).text).toBe('fox');
    expect((await get({ range: 'bytes=-3' })).text).toBe('fox');
    expect((await get({ range: 'bytes=16-900' })).headers.get('content-length')).toBe('3');
    expect((await get({ range: 'bytes=19-' })).status).toBe(416);
    expect((await get({ range: 'bytes=4-8', 'if-range': '"other"' })).status).toBe(200);
    expect((await get({ range: 'bytes=4-8', 'if-range': etag })).status).toBe(206);
    expect((await get({ 'if-match': '"other"' })).status).toBe(412);
  });

  it('reads ranges across the segments of a file', async () => {
    const { sandbox, client } = await openProject({ behaviour: { minSegmentBytes: 2 } });
    const id = await segmentedFile(client, sandbox, ['abc', 'def', 'ghi']);
    const { json } = await client.get(client.in(`files/${id}`));
    const headers = { authorization: `Bearer ${client.token}`, range: 'bytes=2-6' };
    const hop = await fetch(text(json['file_versions']?.['0']?.['url']), { headers, redirect: 'manual' });
    const reply = await read(await fetch(hop.headers.get('location') ?? '', { headers: { range: 'bytes=2-6' } }));
    expect(reply.text).toBe('cdefg');
    expect(reply.headers.get('etag')).toMatch(/^"[0-9a-f]{32}-3"$/);
  });

  it('lets links expire and refuses changed ones', async () => {
    const { hop, clock, link, client } = await stored({ behaviour: { fileLinkSeconds: 900 } });
    const location = (await hop()).headers.get('location') ?? '';
    expect((await fetch(location.replace('expires=', 'expires=9'))).status).toBe(403);
    clock.advance(300);
    expect((await fetch(location)).status).toBe(403);
    expect((await hop()).status).toBe(302);
    clock.advance(600);
    expect((await hop()).status).toBe(403);
    const forged = await fetch(`${link}0`, { headers: { authorization: `Bearer ${client.token}` } });
    expect(forged.status).toBe(403);
  });

  it('checks the rights at the moment of the call', async () => {
    const { hop, sandbox, client, id } = await stored();
    const reader = new TestClient(sandbox, 'rhea@quay.example');
    expect((await hop(reader.token)).status).toBe(302);
    await client.patch(client.in(`files/${id}`), { file: { explicit_permissions: true } });
    expect((await hop(reader.token)).status).toBe(404);
    expect((await hop()).status).toBe(302);
  });
});

async function segmentedFile(client: TestClient, sandbox: Sandbox, parts: readonly string[]): Promise<number> {
  const segments = parts.map((part) => ({ size: part.length, sha256: sha256(part) }));
  const made = await client.post(client.uploads, { response_filename: 'x', segments });
  const list = made.json['segments'] as unknown as { url: string; headers: Record<string, string> }[];
  const etags = await Promise.all(
    list.map(async ({ url, headers }, index) => {
      const reply = await fetch(url, { method: 'PUT', body: parts[index], headers });
      return { ...segments[index], etag: reply.headers.get('etag') };
    }),
  );
  const upload_uuid = made.json['uuid'];
  await client.patch(`${client.uploads}/${text(upload_uuid)}`, { segments: etags });
  expect(sandbox.control.counters().uploads.count).toBe(parts.length);
  return Number((await client.post(client.in('files'), { file: { name: 'x', upload_uuid } })).json['id']);
}
