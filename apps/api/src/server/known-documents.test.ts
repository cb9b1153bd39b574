import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../graphql/scopes.js';
import { StartError } from '../start/start-error.js';
import { ADMIN, openTestApp, type Reply, type TestApp } from '../testing.js';
import { readDocuments } from './document-files.js';
import { openSocket } from './testing.js';

const SIGN_IN = `mutation In { signIn(login: "${ADMIN.login}", password: "${ADMIN.password}") { userErrors { code } } }`;
const MAKE_TOKEN = 'mutation Make($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret } }';
const RIGHTS = 'query Rights { viewer { scopes } }';
const KNOWN = 'query Known { viewer { scopes } }';
const VERSION = 'query Version { server { version } }';
const TIME = 'query Time { server { version time } }';
const UNKNOWN = 'query Unknown { viewer { expiresAt } }';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'sluice-documents-'));
const fileOf = (content: unknown) => {
  const file = join(folder, 'documents.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const byText = (...texts: string[]) => Object.fromEntries(texts.map((text) => [hashOf(text), text]));

let test: TestApp;
let address: string;
const secrets = { bound: '', free: '' };

beforeAll(async () => {
  const documentsFile = fileOf(byText(SIGN_IN, MAKE_TOKEN, KNOWN, RIGHTS, VERSION, TIME));
  test = await openTestApp({ documentsFile, takesKnownOnly: true });
  const signedIn = await test.send(SIGN_IN, {}, {});
  test.admin = { cookie: String(signedIn.headers['set-cookie']).split(';')[0] };
  const make = async (scopes: Scope[]) =>
    (await test.send<{ apiTokenCreate: { secret: string } }>(MAKE_TOKEN, { s: scopes })).data!.apiTokenCreate.secret;
  secrets.bound = await make(['JOBS_READ']);
  secrets.free = await make(['API_FREE']);
  address = await test.app.listen();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const codesOf = ({ errors }: Reply) => errors?.map(({ extensions }) => extensions['code']);
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe('where known documents only are carried out', () => {
  it.each(['a session', 'a token without the right', 'nobody'])('an unknown one of %s is refused', async (who) => {
    const sender = { 'a session': test.admin, nobody: {} }[who] ?? bearer(secrets.bound);
    const query = who === 'nobody' ? '{ server { time } }' : UNKNOWN;
    const reply = await test.send(query, {}, sender);
    expect([reply.status, codesOf(reply)]).toEqual([403, ['FORBIDDEN']]);
    expect(reply.errors?.[0]?.message).toContain('API_FREE');
  });

  it('known ones, a question whether the server answers, and those of tokens with the right are carried out', async () => {
    expect(codesOf(await test.send(KNOWN, {}, bearer(secrets.bound)))).toBeUndefined();
    expect(codesOf(await test.send('{ __typename }', {}, {}))).toBeUndefined();
    expect(codesOf(await test.send(UNKNOWN, {}, bearer(secrets.free)))).toBeUndefined();
    expect(codesOf(await test.send(KNOWN.replace('Known', 'Other')))).toEqual(['FORBIDDEN']);
  });

  it('an unknown mutation changes nothing and is in the audit log', async () => {
    const secret = 'mutation { apiTokenCreate(displayName: "Unseen", scopes: []) { secret } }';
    expect(codesOf(await test.send(secret))).toEqual(['FORBIDDEN']);
    const audit = 'query { auditEvents(first: 1) { nodes { action outcome } } }';
    await expect(test.app.execute(audit, {})).resolves.toEqual({
      auditEvents: { nodes: [{ action: 'apiTokenCreate', outcome: 'DENIED' }] },
    });
  });

  it('the same holds on a WebSocket', async () => {
    const verdictOf = async (secret: string) => {
      const socket = await openSocket(address, undefined, secret);
      const [error] = await socket.refused(UNKNOWN);
      socket.close();
      return error?.extensions?.['code'];
    };
    expect(await verdictOf(secrets.bound)).toBe('FORBIDDEN');
    // It is carried out but for the way on which it came.
    expect(await verdictOf(secrets.free)).toBe('BAD_REQUEST');
  });
});

describe('a document by its hash', () => {
  const ask = (payload: object, sender = test.admin) =>
    test.app.http.inject({ method: 'POST', url: '/graphql', headers: sender as Record<string, string>, payload });
  const persisted = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });

  it('is carried out by either of its names', async () => {
    for (const named of [persisted(hashOf(KNOWN)), { documentId: `sha256:${hashOf(KNOWN)}` }])
      expect((await ask(named)).json<Reply>().data).toMatchObject({ viewer: { scopes: expect.any(Array) as unknown } });
  });

  it('does not become known by being sent with its text', async () => {
    const both = { ...persisted(hashOf(UNKNOWN)), query: UNKNOWN };
    for (const payload of [both, persisted(hashOf(UNKNOWN)), persisted('toString')])
      expect(codesOf((await ask(payload, bearer(secrets.free))).json<Reply>())).toEqual([
        'PERSISTED_QUERY_NOT_SUPPORTED',
      ]);
  });

  it('is refused beside another text, and by a name of another form', async () => {
    for (const payload of [{ ...persisted(hashOf(KNOWN)), query: VERSION }, { documentId: 'md5:1' }])
      expect((await ask(payload)).json<Reply>().errors?.[0]?.extensions['code']).toBe('BAD_REQUEST');
  });

  it('can be a subscription, whose query is empty then', async () => {
    const socket = await openSocket(address, undefined, secrets.bound);
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...persisted(hashOf('x')) } });
    expect((await socket.next('error')).payload).toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ]);
    socket.send({ id: '2', type: 'subscribe', payload: { query: '', ...persisted(hashOf(KNOWN)) } });
    const [error] = (await socket.next('error')).payload as NonNullable<Reply['errors']>;
    expect(error).toMatchObject({
      message: expect.stringContaining('HTTP') as string,
      extensions: { code: 'BAD_REQUEST' },
    });
    socket.close();
  });
});

describe('an answer for caches', () => {
  const get = (text: string, sender: object = {}) =>
    test.app.http.inject({
      url: `/graphql?documentId=sha256:${hashOf(text)}`,
      headers: { 'apollo-require-preflight': '1', ...sender },
    });

  it('is that of a GET by hash for what is the same for everybody', async () => {
    const [anybody, admin] = [await get(VERSION), await get(VERSION, test.admin)];
    for (const { statusCode, headers } of [anybody, admin])
      expect([statusCode, headers['cache-control'], headers['vary'], headers['set-cookie']]).toEqual([
        200,
        'public, max-age=60',
        'Accept, Accept-Encoding, Origin',
        undefined,
      ]);
    expect(admin.body).toBe(anybody.body);
    expect(anybody.json<Reply>()).toEqual({ data: { server: { version: expect.any(String) as string } } });
  });

  it.each([TIME, KNOWN])('is not that of %s', async (text) => {
    for (const sender of [{}, test.admin, bearer(secrets.bound)])
      expect((await get(text, sender)).headers['cache-control']).toBe('no-store');
  });

  it('is not that of a POST, of a text, of a refused token or of a foreign page', async () => {
    const url = `/graphql?query=${encodeURIComponent(VERSION)}`;
    const replies = [
      await test.app.http.inject({
        method: 'POST',
        url: '/graphql',
        payload: { documentId: `sha256:${hashOf(VERSION)}` },
      }),
      await test.app.http.inject({ url, headers: { 'apollo-require-preflight': '1' } }),
      await get(VERSION, bearer('wrong')),
      await get(VERSION, { origin: 'https://evil.example' }),
      await get('unknown'),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 401, 403, 200]);
    expect(new Set(replies.map(({ headers }) => headers['cache-control']))).toEqual(new Set(['no-store']));
  });
});

describe('docs/api.md', () => {
  const page = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8');
  const section = page.split('## Documents by hash\n')[1]?.split('\n## ')[0] ?? '';
  const blocks = [...section.matchAll(/```sh\n([^`]+)```/g)].map(([, block = '']) => block);

  it.skipIf(spawnSync('curl', ['--version']).status !== 0)('tells what works (skipped without curl)', async () => {
    const env = { PATH: process.env['PATH'], URL: address, TOKEN: secrets.bound };
    const { stdout } = await promisify(execFile)('bash', ['-c', blocks.join('\n')], { cwd: folder, env });
    expect([...readDocuments(join(folder, 'documents.json'), 'none').values()]).toEqual([RIGHTS, VERSION]);
    expect(stdout).toMatch(/^{"data":{"viewer":{"scopes":\["JOBS_READ"\]}}/);
    expect(stdout).toMatch(/^cache-control: public, max-age=60\r$[^]+^{"data":{"server":{"version":"[^"]+"}}}$/m);
  });
});

describe('a file of documents', () => {
  const cases: [string, unknown, string][] = [
    ['no JSON', '{', 'It is no JSON.'],
    ['a list', [KNOWN], 'It holds one JSON object'],
    ['a value that is no text', { [hashOf(KNOWN)]: 1 }, 'It holds one JSON object'],
    ['a hash of another text', { abc: KNOWN }, `“abc” is not the SHA-256 of its text, which is ${hashOf(KNOWN)}.`],
    ['no GraphQL', byText('query {'), 'is no GraphQL: Syntax Error'],
  ];
  it.each(cases)('with %s stops the start with a sentence', (_name, content, message) => {
    const read = () => readDocuments(fileOf(content), 'none');
    expect(read).toThrow(StartError);
    expect(read).toThrow(message);
  });

  it('that is not there stops the start', () => {
    expect(() => readDocuments(join(folder, 'none'), 'none')).toThrow('It cannot be read.');
  });

  it('stands beside that of the web app', () => {
    const built = join(folder, 'built.json');
    writeFileSync(built, JSON.stringify(byText(VERSION)));
    expect([...readDocuments(fileOf(byText(KNOWN)), built).values()]).toEqual([VERSION, KNOWN]);
    expect(readDocuments(null, 'none').size).toBe(0);
  });
});
