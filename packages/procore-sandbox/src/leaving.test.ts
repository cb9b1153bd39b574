import { connect, type Socket } from 'node:net';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { FaultRule } from './faults.js';
import { startSandbox, type Sandbox } from './sandbox.js';
import { seeded } from './seed-data.js';
import { text, TestClient } from './test-client.js';

/** How a client leaves: its system resets the connection, or it says that it sends no more and reads on. */
const WAYS = ['resets', 'ends'] as const;
type Way = (typeof WAYS)[number];

let sandbox: Sandbox;
let client: TestClient;
let failures: unknown[];
const note = (error: unknown) => failures.push(error);

beforeAll(async () => {
  sandbox = await startSandbox({ limits: { hourly: 1_000_000, spike: 1_000_000 }, seedContent: false });
  client = new TestClient(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.control.setFaults([]));

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/** Sends the first bytes of a request and leaves. */
async function leaveDuring(url: string, request: Buffer, bytes: number, way: Way): Promise<void> {
  const socket = await open(url);
  const gone = closed(socket.resume());
  await new Promise((resolve) => socket.write(request.subarray(0, bytes), resolve));
  // One turn lets the sandbox begin to work with what has come.
  await new Promise((resolve) => setImmediate(resolve));
  if (way === 'resets') socket.resetAndDestroy();
  else socket.end();
  await gone;
}

/** Sends a whole request, reads so many bytes of its answer and leaves. */
async function leaveWhileReading(url: string, request: Buffer, bytes: number): Promise<void> {
  const socket = await open(url);
  const gone = closed(socket);
  let count = 0;
  socket.on('data', (chunk: Buffer) => {
    count += chunk.length;
    if (count >= bytes) socket.resetAndDestroy();
  });
  socket.write(request);
  if (bytes === 0) setImmediate(() => socket.resetAndDestroy());
  await gone;
}

function requestOf(
  method: string,
  url: string,
  headers: Record<string, string | number>,
  body: string | Buffer = '',
): Buffer {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, connection: 'close', ...headers, 'content-length': Buffer.byteLength(body) });
  const head = [
    `${method} ${pathname}${search} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(body)]);
}

/** A multipart body; an entry with content is a file. */
function multipart(entries: [string, string, Buffer?][]): { type: string; body: Buffer } {
  const parts = entries.flatMap(([name, value, content]) => {
    const file = content === undefined ? '' : `; filename="${value}"`;
    const head = `--cut\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), content ?? Buffer.from(value), Buffer.from('\r\n')];
  });
  return { type: 'multipart/form-data; boundary=cut', body: Buffer.concat([...parts, Buffer.from('--cut--\r\n')]) };
}

const CONTENT = Buffer.alloc(3_000, 'drawing ');

/** Positions at which a request is cut: all near its boundaries, some of those in between. */
function cuts(request: Buffer): number[] {
  const positions = new Set<number>([1, request.length - 1]);
  for (let at = request.indexOf('\r\n'); at >= 0; at = request.indexOf('\r\n', at + 1)) {
    for (const near of [at, at + 1, at + 2, at + 3]) if (near < request.length) positions.add(near);
  }
  for (let at = 17; at < request.length; at += 397) positions.add(at);
  return [...positions].sort((a, b) => a - b);
}

type Made = { url: string; request: Buffer };

const authorized = () => ({
  authorization: `Bearer ${client.token}`,
  'procore-company-id': seeded.companyId,
});

async function formUpload(entries: (fields: [string, string][]) => [string, string, Buffer?][]): Promise<Made> {
  const made = await client.post(client.uploads, { response_filename: 'a.txt', size: CONTENT.length });
  const fields = Object.entries(made.json['fields'] ?? {}).map(
    ([name, value]) => [name, text(value)] as [string, string],
  );
  const { type, body } = multipart(entries(fields));
  const url = text(made.json['url']);
  return { url, request: requestOf('POST', url, { 'content-type': type }, body) };
}

function apiCall(method: string, path: string, type: string, body: string | Buffer): Made {
  const url = `${sandbox.apiUrl}${path}`;
  return { url, request: requestOf(method, url, { ...authorized(), 'content-type': type }, body) };
}

const REQUESTS: [string, () => Promise<Made>][] = [
  ['an upload by form', () => formUpload((fields) => [...fields, ['file', 'a.txt', CONTENT]])],
  ['an upload whose part has a wrong name', () => formUpload((fields) => [...fields, ['data', 'a.txt', CONTENT]])],
  [
    'an upload of two files',
    () => formUpload((fields) => [...fields, ['file', 'a.txt', CONTENT], ['file', 'b.txt', CONTENT]]),
  ],
  ['an upload without its fields', () => formUpload(() => [['file', 'a.txt', CONTENT]])],
  [
    'a file posted to the API',
    async () => {
      const { type, body } = multipart([
        ['file[name]', 'cut.txt'],
        ['file[data]', 'cut.txt', CONTENT],
      ]);
      return apiCall('POST', client.in('files'), type, body);
    },
  ],
  [
    'a form without file routes',
    async () => {
      const { type, body } = multipart([
        ['folder[name]', 'Cut'],
        ['folder[x]', 'x.txt', CONTENT],
      ]);
      return apiCall('POST', client.in('folders'), type, body);
    },
  ],
  [
    'JSON',
    async () =>
      apiCall(
        'POST',
        client.in('folders'),
        'application/json',
        JSON.stringify({ folder: { name: 'Cut', x: 'y'.repeat(900) } }),
      ),
  ],
  ['a body that is refused unread', async () => apiCall('PUT', '/rest/v1.0/nothing', 'text/csv', CONTENT)],
  [
    'a request for tokens',
    async () => {
      const url = `${sandbox.loginUrl}/oauth/token`;
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'x',
        client_secret: 'y',
      }).toString();
      return { url, request: requestOf('POST', url, { 'content-type': 'application/x-www-form-urlencoded' }, body) };
    },
  ],
];

describe('a client that leaves in the middle', () => {
  beforeAll(() => {
    failures = [];
    process.on('uncaughtException', note).on('unhandledRejection', note);
  });
  afterAll(() => void process.off('uncaughtException', note).off('unhandledRejection', note));
  afterEach(async () => {
    expect((await client.get('/rest/v1.0/me')).status).toBe(200);
    expect(failures).toEqual([]);
  });

  it.each(REQUESTS.flatMap(([name, make]) => WAYS.map((way) => [name, way, make] as const)))(
    'of %s and %s does not harm the sandbox',
    async (_name, way, make) => {
      const { url, request } = await make();
      await Promise.all(cuts(request).map((bytes) => leaveDuring(url, request, bytes, way)));
    },
  );

  it.each<[string, FaultRule[]]>([
    ['all is well', []],
    ['bodies end early', [{ kind: 'short-body' }]],
    ['connections are reset after the answer', [{ kind: 'reset-after-commit' }]],
    ['connections are reset before the answer', [{ kind: 'reset-before-commit' }]],
    ['answers are slow', [{ kind: 'slow', ms: 20 }]],
    ['lists are empty', [{ kind: 'empty-list' }]],
  ])('of an answer while %s does not harm the sandbox', async (_name, rules) => {
    const { projectId } = client;
    await sandbox.control.seed(projectId, [{ path: 'large.bin', content: Buffer.alloc(2_500_000, 'x') }]);
    const link = await fetch(await linkOf('large.bin'), {
      headers: { authorization: `Bearer ${client.token}` },
      redirect: 'manual',
    });
    const url = link.headers.get('location') ?? '';
    const listing = `${sandbox.apiUrl}/rest/v1.0/projects/${projectId}/documents`;
    sandbox.control.setFaults(rules);
    const leave = (bytes: number) => [
      leaveWhileReading(url, requestOf('GET', url, {}), bytes),
      leaveWhileReading(url, requestOf('GET', url, { range: 'bytes=10-1999999' }), bytes),
      leaveWhileReading(listing, requestOf('GET', listing, authorized()), Math.min(bytes, 10)),
    ];
    await Promise.all([0, 1, 200, 70_000, 900_000].flatMap(leave));
    sandbox.control.setFaults([]);
  });
});

async function linkOf(name: string): Promise<string> {
  const { rows } = await client.documents('view=normal');
  const file = rows.find((row) => text(row['name']) === name);
  const { json } = await client.get(client.in(`files/${text(file?.['id'])}`));
  return text(json['file_versions']?.[0]?.['url']);
}
