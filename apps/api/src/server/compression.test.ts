import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../log.js';
import { openTestApp, type TestApp } from '../testing.js';
import { compressed, encodingOf, LEAST_BYTES, MOST_BYTES_AT_ONCE, SECRET_FIELDS } from './compression.js';

const lines: string[] = [];
let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({}, { log: createLog('info', { write: (line: string) => void lines.push(line) }) });
});
afterAll(() => test[Symbol.asyncDispose]());

const LONG = '{ platforms { key displayName form { name label help } } }';

/** Texts that whoever asks has chosen. */
const NAMES = `userErrors { code } apiToken { ${Array.from({ length: 20 }, (_, n) => `n${n}: displayName`).join(' ')} }`;

async function ask(query: string, encodings?: string) {
  const accepting = encodings === undefined ? {} : { 'accept-encoding': encodings };
  const headers = { ...test.admin, 'content-type': 'application/json', ...accepting };
  const reply = await test.app.http.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
  return { ...reply, raw: reply.rawPayload, encoding: reply.headers['content-encoding'] };
}

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['BR;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['*', 'br'],
  ['*, br;q=0', 'gzip'],
  ['gzip;q=x', null],
])('of %s the encoding is %s', (accepted, encoding) => {
  expect(encodingOf(accepted)).toBe(encoding);
});

it.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('a long answer comes in %s where the client takes it', async (encoding, open) => {
  const plain = await ask(LONG);
  expect([plain.encoding, plain.raw.length > LEAST_BYTES]).toEqual([undefined, true]);
  const small = await ask(LONG, encoding);
  expect([small.encoding, small.headers['content-length']]).toEqual([encoding, String(small.raw.length)]);
  expect(small.raw.length).toBeLessThan(plain.raw.length / 2);
  const data = (text: string) => (JSON.parse(text) as { data: unknown }).data;
  expect(data(open(small.raw).toString())).toEqual(data(plain.raw.toString()));
  expect(small.headers['vary']).toContain('Accept-Encoding');
});

it.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('a very long one comes in %s as well, made beside other requests', async (encoding, open) => {
  const query = `{ ${Array.from({ length: 15 }, (_, n) => `p${n}: platforms { ...P }`).join(' ')} }
    fragment P on Platform { key capabilities { capability level note } form { name label help kind isRequired isSecret } }`;
  const small = await ask(query, encoding);
  const text = open(small.raw).toString();
  expect([small.encoding, small.headers['content-length']]).toEqual([encoding, String(small.raw.length)]);
  expect(Object.keys((JSON.parse(text) as { data: object }).data)).toHaveLength(15);
  expect(text.length).toBeGreaterThan(MOST_BYTES_AT_ONCE);
  expect([compressed(text, encoding), compressed(LONG, encoding)]).toEqual([expect.any(Promise), expect.any(Buffer)]);
});

it.each([
  ['one with an address that opens a file', `{ reports(first: 1) { nodes { downloadUrl } } ${LONG.slice(1)}`],
  [
    'one of a mutation',
    `mutation { apiTokenCreate(displayName: "${'x'.repeat(200)}", scopes: [JOBS_READ]) { ${NAMES} } }`,
  ],
  ['one of errors alone', `{ viewer { ${'nothing '.repeat(200)} } ${'x'.repeat(2_000)} }`],
])('%s stays as it is', async (_, query) => {
  const reply = await ask(query, 'br, gzip');
  expect([reply.encoding, reply.raw.length > LEAST_BYTES]).toEqual([undefined, true]);
  expect(() => JSON.parse(reply.raw.toString()) as unknown).not.toThrow();
});

it('and so does a short one', async () => {
  expect((await ask('{ __typename }', 'br')).encoding).toBeUndefined();
});

it('no other field of the schema has the name of a secret', () => {
  const types = Object.values(test.app.schema.getTypeMap()).filter((type) => isObjectType(type));
  const names = types
    .flatMap((type) => Object.values(type.getFields()))
    .filter((field) => {
      const isText = !isObjectType(getNamedType(field.type));
      return isText && /secret|token|password|(^|[a-z])url$/i.test(field.name);
    });
  const open = new Set([
    'isSecret',
    'url',
    'endpointUrl',
    'loginUrl',
    'apiUrl',
    'oauthRedirectUrl',
    'maxTokens',
    'specifiedByURL',
  ]);
  const found = new Set(names.map(({ name }) => name).filter((name) => !open.has(name)));
  expect([...found].sort()).toEqual([...SECRET_FIELDS].sort());
});

it('the log tells the SHA-256 of the document of each operation', async () => {
  lines.splice(0);
  await ask(LONG);
  await ask('{ broken');
  const documents = lines.map((line) => (JSON.parse(line) as { document?: unknown }).document);
  expect(documents).toContain(createHash('sha256').update(LONG).digest('hex'));
  expect(documents).toContain(null);
});
