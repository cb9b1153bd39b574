import {
  astFromValue,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  print,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { openSocket, type RawSocket } from '../server/testing.js';
import { openTestApp, type TestApp } from '../testing.js';

type Field = GraphQLField<unknown, unknown>;

/** A field that takes arguments, and the selections that lead to it. */
interface Way {
  operation: string;
  opened: string[];
  field: Field;
}

/** A part of an argument: its path as an error tells it, and the arguments in which it has a value. */
interface Input {
  way: Way;
  path: string[];
  type: GraphQLInputType;
  wrap: (value: unknown) => Record<string, unknown>;
}

let test: TestApp;
let socket: RawSocket;
let inputs: Input[];
beforeAll(async () => {
  test = await openTestApp({ limits: { ...DEFAULT_LIMITS, subscribesPerSecond: 1_000, maxDepth: 30 } });
  socket = await openSocket(await test.app.listen(), test.admin.cookie);
  inputs = waysOf(test.app.schema).flatMap(inputsOf);
});
afterAll(async () => {
  socket.close();
  await test[Symbol.asyncDispose]();
});

/** The shortest way to every field that takes arguments, through interfaces and unions too. */
function waysOf(schema: GraphQLSchema): Way[] {
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const waiting: { operation: string; type: GraphQLObjectType; opened: string[] }[] = [];
  for (const [operation, type] of Object.entries(roots)) if (type) waiting.push({ operation, type, opened: [] });
  const met = new Set<string>();
  const ways: Way[] = [];
  for (const { operation, type, opened } of waiting) {
    if (met.has(type.name)) continue;
    met.add(type.name);
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) ways.push({ operation, opened, field });
      const next = getNamedType(field.type);
      const selection = `${field.name}${literals(field)}`;
      if (isObjectType(next)) waiting.push({ operation, type: next, opened: [...opened, selection] });
      else if (isAbstractType(next))
        for (const member of schema.getPossibleTypes(next))
          waiting.push({ operation, type: member, opened: [...opened, selection, `... on ${member.name}`] });
    }
  }
  return ways;
}

function literals(field: Field): string {
  const needed = field.args.filter(isRequiredArgument);
  const written = needed.map(({ name, type }) => {
    const value = astFromValue(fine(type), type);
    return `${name}: ${value ? print(value) : 'null'}`;
  });
  return written.length === 0 ? '' : `(${written.join(', ')})`;
}

const FINE: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 0.1,
  SafeInt: 1,
  Boolean: true,
  URL: 'https://a.example/',
  DateTime: '2030-01-01T00:00:00Z',
  Duration: 'PT1S',
  LocalTime: '08:00',
  TimeZone: 'UTC',
};

/** A value of the type that nothing is wrong with. */
function fine(type: GraphQLInputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [fine(inner.ofType)];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (!isInputObjectType(inner)) return FINE[inner.name] ?? 'x';
  const fields = Object.values(inner.getFields());
  const needed = inner.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, fine(field.type)]));
}

/** Every part of the arguments of a field. */
function inputsOf(way: Way): Input[] {
  const all: Input[] = [];
  const add = (type: GraphQLInputType, path: string[], wrap: Input['wrap']): void => {
    const inner = getNullableType(type);
    all.push({ way, path, type: inner, wrap });
    if (isListType(inner)) add(inner.ofType, [...path, '0'], (value) => wrap([value]));
    if (!isInputObjectType(inner)) return;
    const others = inner.isOneOf ? {} : (fine(inner) as object);
    for (const field of Object.values(inner.getFields()))
      add(field.type, [...path, field.name], (value) => wrap({ ...others, [field.name]: value }));
  };
  for (const { name, type } of way.field.args) add(type, [name], (value) => ({ [name]: value }));
  return all;
}

/** Sends the operation in which the part has this value, by the transport that serves it; gives the errors. */
async function send({ way, wrap }: Input, value: unknown) {
  const { operation, opened, field } = way;
  const variables = wrap(value);
  for (const argument of field.args)
    if (!(argument.name in variables) && isRequiredArgument(argument)) variables[argument.name] = fine(argument.type);
  const used = field.args.filter(({ name }) => name in variables);
  const declared = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const inner = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  const body = opened.reduceRight((text, selection) => `${selection} { ${text} }`, `${field.name}(${passed}) ${inner}`);
  const query = `${operation} (${declared}) { ${body} }`;
  if (operation === 'subscription') return await socket.refused(query, variables);
  return (await test.send(query, variables)).errors ?? [];
}

async function expectRefused(input: Input, value: unknown, path = input.path): Promise<void> {
  const [error] = await send(input, value);
  expect(error, `${input.way.field.name} ${path.join('.')}`).toMatchObject({
    message: expect.stringContaining(path.join('.')) as string,
    extensions: { code: 'BAD_USER_INPUT', field: path },
  });
}

/** Whether the operation is refused because this part is too long. */
async function isTooLarge(input: Input, value: unknown): Promise<boolean> {
  return (await send(input, value)).some(({ message }) => / has at most [\d,]+ (characters|entries)\.$/.test(message));
}

/** A subscription that is accepted goes on, and gives no answer that could be looked at. */
const isAnswered = ({ way }: Input) => way.operation !== 'subscription';

/** Also a service account's key, which is pasted as JSON of several lines, and the text of a table. */
const mayHaveLines = (input: Input) =>
  isRemark(input) || ['csv', 'gcsServiceAccountKey'].includes(input.path.at(-1) ?? '');
const isRemark = ({ path }: Input) => ['description', 'comment'].includes(path.at(-1) ?? '');

/** Lists that may have another number of entries than 500. */
const LISTS: Readonly<Record<string, number>> = {
  'nodes ids': 100,
  'items.ids': 1_000,
  'input.onlyPaths': 100,
  'input.exclusions': 1_000,
};

/** Characters that no text may have. */
const tooLong = ({ path }: Input) => (path.at(-1) === 'csv' ? 2 ** 20 + 1 : 24_001);

/** What may be longer: paths, cursors, secrets and tables. */
const LONGER = [
  'accountKey',
  'after',
  'before',
  'clientSecret',
  'csv',
  'gcsServiceAccountKey',
  'location',
  'onlyPaths',
  'path',
  'pathContains',
  'pathStartsWith',
  'prefix',
  'remoteId',
  'sasToken',
  'secretAccessKey',
];

/** What has a bound below 1,000. */
const SHORTER = ['cron', 'extensions', 'forbiddenCharacters', 'globs', 'login', 'password'];

const isNamed = (names: string[], { type }: Input) => !isListType(type) && names.includes(getNamedType(type).name);

describe('bounds of every input, enforced once', () => {
  it('reach every argument of the schema', () => {
    expect(inputs.length).toBeGreaterThan(150);
    const known = inputs.map(({ way, path }) => `${way.field.name} ${path.join('.')}`);
    expect(known).toContain('browse in.path');
    expect(known).toContain('connectionChanged after');
    expect(known).toContain('jobCreate input.policies.deletionGuard.maxItems');
  });

  it.each([
    ['a NUL', '\0'],
    ['an escape', '\u001b[31m'],
    ['a delete', '\u007f'],
    ['a control of eight bits', '\u009b'],
    ['half a character', '\ud800'],
  ])('%s is refused in every text before a store sees it', async (_name, text) => {
    for (const input of inputs.filter((each) => isNamed(['String', 'ID'], each)))
      await expectRefused(input, `a${text}`);
    for (const input of inputs.filter((each) => isNamed(['URL', 'TimeZone'], each)))
      await expectRefused(input, `https://a.example/${text}`);
  });

  it('a long text is refused at every text', async () => {
    for (const input of inputs.filter((each) => isNamed(['String', 'ID', 'URL'], each)))
      await expectRefused(input, 'x'.repeat(tooLong(input)));
  });

  it('a text has at most 1,000 characters unless its field declares another bound', async () => {
    const [longer, shorter] = [new Set<string>(), new Set<string>()];
    for (const input of inputs.filter((each) => isNamed(['String', 'ID'], each))) {
      const name = input.path.filter((part) => part !== '0').at(-1) ?? '';
      if (!(await isTooLarge(input, 'x'.repeat(1_001)))) longer.add(name);
      if (isAnswered(input) && (await isTooLarge(input, 'x'.repeat(1_000)))) shorter.add(name);
    }
    expect([[...longer].sort(), [...shorter].sort()]).toEqual([LONGER, SHORTER]);
  });

  it.each([
    ['path', 4_096],
    ['before', 24_000],
    ['clientSecret', 2_000],
    ['login', 200],
  ])('%s has at most %i characters', async (name, most) => {
    const named = inputs.filter(
      (input) => input.path.at(-1) === name && isNamed(['String'], input) && isAnswered(input),
    );
    expect(named.length).toBeGreaterThan(0);
    for (const input of named) {
      expect(await isTooLarge(input, 'x'.repeat(most)), input.way.field.name).toBe(false);
      expect(await isTooLarge(input, 'x'.repeat(most + 1)), input.way.field.name).toBe(true);
    }
  });

  it('a line break is refused in every text but remarks and the key of a service account', async () => {
    const texts = inputs.filter((each) => isNamed(['String', 'ID'], each));
    for (const input of texts) if (!mayHaveLines(input)) await expectRefused(input, 'a\nb');
  });

  it('a remark may have line breaks and tabs', async () => {
    const remarks = inputs.filter(isRemark);
    expect(remarks.length).toBe(5);
    for (const input of remarks) {
      const errors = await send(input, 'First line\r\n\tsecond line');
      expect(errors.map((error) => error.extensions?.['code'])).not.toContain('BAD_USER_INPUT');
      await expectRefused(input, 'a bell\u0007');
    }
  });

  it.each([
    ['{ nodes(ids: ["job_1", "job_2\\u0000"]) { id } }', ['ids', '1']],
    [
      '{ runs(filter: { queuedAt: { from: "2026-02-30T00:00:00Z" } }) { nodes { id } } }',
      ['filter', 'queuedAt', 'from'],
    ],
    [
      'query ($t: DateTime = "2026-01-01T00:00:00Z") { runs(filter: { queuedAt: { from: $t, to: "0000-01-01T00:00:00Z" } }) { nodes { id } } }',
      ['filter', 'queuedAt', 'to'],
    ],
  ])('a literal is named by its path: %s', async (query, field) => {
    const reply = await test.send(query);
    expect(reply.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  it('an operation answers for its own fragments only', async () => {
    const query =
      'query A { ...F } fragment F on Query { server { version } } query B($i: ID!) { ...G } fragment G on Query { node(id: $i) { id } }';
    const { app, admin } = test;
    const payload = { query, operationName: 'A' };
    const reply = await app.http.inject({ method: 'POST', url: '/graphql', headers: admin, payload });
    expect(reply.json()).toMatchObject({ data: { server: {} } });
  });

  it('a list has at most 500 entries unless its field declares another bound', async () => {
    for (const input of inputs.filter(({ type }) => isListType(type))) {
      const path = input.path.join('.');
      const most = LISTS[path] ?? LISTS[`${input.way.field.name} ${path}`] ?? 500;
      const value = fine((input.type as { ofType: GraphQLInputType }).ofType);
      await expectRefused(input, Array(most + 1).fill(value));
      if (isAnswered(input)) expect(await isTooLarge(input, Array(most).fill(value)), path).toBe(false);
    }
  });

  it('tells at most five mistakes of one operation', async () => {
    const variables = { ids: Array(60).fill('x\0') };
    const reply = await test.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables);
    expect(reply.errors).toHaveLength(5);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '0000-06-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
  ])('the impossible date %s is refused at every date', async (date) => {
    const dates = inputs.filter((each) => isNamed(['DateTime'], each));
    expect(dates.length).toBeGreaterThan(2);
    for (const input of dates) await expectRefused(input, date);
  });
});
