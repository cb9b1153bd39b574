import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';
import { openSocket } from './testing.js';

let test: TestApp;
let address: string;

beforeAll(async () => {
  test = await openTestApp();
  address = await test.app.listen();
});
afterAll(() => test[Symbol.asyncDispose]());

const repeat = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');
const nested = (depth: number) => `${'settings { ... on X { '.repeat(depth)}a${' } }'.repeat(depth)}`;

/** Operations that are refused before they are executed, alike on both transports. */
const HOSTILE: [string, string, string, Record<string, unknown>?][] = [
  ['tokens', `{ ${repeat(2_100, () => '__typename')} }`, 'OPERATION_TOO_LARGE'],
  ['syntax', '{ server {', 'GRAPHQL_PARSE_FAILED'],
  ['depth', `{ a { ${nested(20)} } }`, 'OPERATION_TOO_DEEP'],
  [
    'depth in fragments',
    `{ a { ...F } } fragment F on X { b { ${'c { '.repeat(14)}d${' }'.repeat(14)} } }`,
    'OPERATION_TOO_DEEP',
  ],
  ['aliases of __typename', `{ ${repeat(31, (i) => `a${i}: __typename`)} }`, 'TOO_MANY_ALIASES'],
  [
    'aliases through fragments',
    `{ ...F ...G } fragment G on Query { ...F ...F } fragment F on Query { ${repeat(12, (i) => `a${i}: __typename`)} }`,
    'TOO_MANY_ALIASES',
  ],
  ['root fields', `{ ${repeat(21, (i) => `f${i}`)} }`, 'OPERATION_TOO_LARGE'],
  ['directives', `{ __typename ${repeat(21, () => '@skip(if: false)')} }`, 'OPERATION_TOO_LARGE'],
  [
    'guessing',
    'mutation { a: signIn(login: "a", password: "b") { userErrors { code } } b: signIn(login: "a", password: "c") { userErrors { code } } }',
    'OPERATION_TOO_LARGE',
  ],
  ['unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['page as literal', '{ connections(first: 101) { nodes { id } } }', 'PAGE_SIZE_OUT_OF_RANGE'],
  [
    'page as variable',
    'query ($n: Int) { connections(first: $n) { nodes { id } } }',
    'PAGE_SIZE_OUT_OF_RANGE',
    { n: 1_000_000_000 },
  ],
  ['page of zero', '{ connections(first: 0) { nodes { id } } }', 'PAGE_SIZE_OUT_OF_RANGE'],
  ['both ends', '{ connections(first: 1, last: 1) { nodes { id } } }', 'PAGE_SIZE_OUT_OF_RANGE'],
  ['cost', `{ connections(first: 100) { nodes { browse { nodes { name } } } } }`, 'OPERATION_TOO_COSTLY'],
  [
    'cost as variable',
    'query ($n: Int) { connections(first: $n) { nodes { scopes { name } } } }',
    'OPERATION_TOO_COSTLY',
    { n: 100 },
  ],
  [
    'variable of a wrong type',
    'query ($n: Int) { connections(first: $n) { nodes { id } } }',
    'BAD_USER_INPUT',
    { n: 'ten' },
  ],
  [
    'date as literal',
    '{ runs(filter: { queuedAt: { from: "2026-02-30T00:00:00Z" } }) { nodes { id } } }',
    'BAD_USER_INPUT',
  ],
  ['NUL as literal', '{ node(id: "job_\\u0000") { id } }', 'BAD_USER_INPUT'],
  ['NUL in a fragment', '{ ...F } fragment F on Query { node(id: "job_\\u0000") { id } }', 'BAD_USER_INPUT'],
  ['NUL as variable', 'query ($i: ID!) { node(id: $i) { id } }', 'BAD_USER_INPUT', { i: 'job_\0' }],
  ['long list', 'query ($i: [ID!]!) { nodes(ids: $i) { id } }', 'BAD_USER_INPUT', { i: Array(101).fill('job_1') }],
  [
    'two members of a one-of',
    'mutation ($i: ConnectionCreateInput!) { connectionCreate(input: $i) { userErrors { code } } }',
    'BAD_USER_INPUT',
    { i: { settings: { networkFileShare: { location: '/a' }, procore: {} } } },
  ],
];

describe.each(HOSTILE)('%s', (_name, query, code, variables = {}) => {
  it('is refused by HTTP', async () => {
    const reply = await test.send(query, variables);
    expect(reply.errors?.map((error) => error.extensions['code'])).toContain(code);
    expect(reply.errors?.length).toBeLessThanOrEqual(5);
    expect(reply.status).toBe(400);
    expect(reply.errors?.[0]?.extensions['requestId']).toBe(reply.headers['x-request-id']);
    expect(JSON.stringify(reply.errors)).not.toMatch(/Did you mean|node_modules|\.ts:/);
  });

  it('is refused on a WebSocket', async () => {
    const socket = await openSocket(address, test.admin.cookie);
    const errors = await socket.refused(query, variables);
    expect(errors.map((error) => error.extensions?.['code'])).toContain(code);
    socket.close();
  });
});

describe('cost', () => {
  it('counts objects, pages, totals and questions to platforms, and equal fields once', async () => {
    const costOf = async (query: string) => (await test.send(query)).extensions?.['cost'] as { requested: number };
    expect(await costOf('{ server { version } }')).toMatchObject({ requested: 2 });
    expect(await costOf('{ connections(first: 10) { nodes { id name } } }')).toMatchObject({ requested: 1 + 1 + 10 });
    expect(await costOf('{ connections(last: 10) { totalCount edges { node { id } } } }')).toMatchObject({
      requested: 1 + 1 + 5 + 10 + 10,
    });
    expect(await costOf('{ server { version } server { time } }')).toMatchObject({ requested: 2 });
    expect(await costOf('mutation { signOut { viewer { scopes } } }')).toMatchObject({ requested: 1 + 10 + 1 });
    test = Object.assign(test, { admin: await test.signIn('admin', 'a password for tests') });
  });

  it('is limited per caller and minute', async () => {
    const limits = { ...test.config.limits, costPerMinute: 30 };
    await using poor = await openTestApp({ limits });
    const codes: unknown[] = [];
    for (let i = 0; i < 20; i++)
      codes.push((await poor.send('{ server { version } }')).errors?.[0]?.extensions['code']);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill(undefined));
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const late = await poor.send('{ server { version } }');
    expect(late.status).toBe(429);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  });
});

it('a mutation that asks for what its token may not read changes nothing, on both transports', async () => {
  const made = await test.send<{ apiTokenCreate: { secret: string } }>(
    'mutation { apiTokenCreate(displayName: "writer", scopes: [CONNECTIONS_WRITE]) { secret } }',
  );
  const secret = made.data?.apiTokenCreate.secret ?? '';
  const create = (part: string) =>
    `mutation { connectionCreate(input: { name: "Unseen", settings: { procore: {} } }) { connection { ${part} } } }`;
  const names = async () => (await test.send('{ connections { nodes { name } } }')).data;
  const before = await names();
  const socket = await openSocket(address, undefined, secret);
  const bySocket = await socket.refused(create('id name'));
  socket.close();
  const byPost = await test.send(create('id name'), {}, { authorization: `Bearer ${secret}` });
  for (const errors of [bySocket, byPost.errors ?? []])
    expect(errors).toMatchObject([
      { message: 'This needs the right CONNECTIONS_READ.', extensions: { code: 'FORBIDDEN' } },
    ]);
  expect([byPost.status, byPost.data]).toEqual([403, undefined]);
  expect(await names()).toEqual(before);
  expect((await test.send(create('id'), {}, { authorization: `Bearer ${secret}` })).errors).toBeUndefined();
  expect(await names()).not.toEqual(before);
});
