import fc from 'fast-check';
import {
  buildSchema,
  defaultFieldResolver,
  execute as executeByReference,
  isObjectType,
  parse,
  responsePathAsArray,
  validate,
  type ExecutionResult,
  type GraphQLResolveInfo,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.js';
import { guard, type GuardedField } from '../guard.js';
import { execute } from './execution.js';

const schema = buildSchema(`
  type Query { thing: Thing must: Thing! things: [Thing] all: [Thing!]! named: Named either: Either word(of: Int = 3): String }
  type Mutation { first: Thing second: Thing }
  interface Named { name: String }
  union Either = Thing | Other
  type Thing implements Named {
    name: String must: String! size(by: Int = 2): Int! kind: Kind tags: [String!] grid: [[Int]!]
    next: Thing mustNext: Thing! things: [Thing]! all: [Thing!] named: Named either: Either!
  }
  type Other implements Named { name: String! thing: Thing }
  enum Kind { SMALL LARGE }
`);

/** What the resolver at a place of the answer does. */
type Deed = (value: unknown) => unknown;
const GIVE: Deed = (value) => value;
const SYNCHRONOUS: readonly Deed[] = [
  GIVE,
  GIVE,
  GIVE,
  () => null,
  () => {
    throw new Error('It failed.');
  },
  () => new Error('It is an error.'),
];
/** Nothing fails at once here: graphql-js leaves a rejection unheard when an entry of a list does while others are awaited. */
const LATER: readonly Deed[] = [
  async (value) => value,
  async () => undefined,
  () => Promise.reject(new Error('It failed later.')),
  (value) => (Array.isArray(value) ? value.map(async (entry: unknown) => entry) : value),
];

let deedAt: (place: string) => Deed = () => GIVE;
const isResolved = (name: string) => !['name', 'must', 'tags'].includes(name);
const thing = { name: 'a', must: 'b', tags: ['x', 'y'], kind: 'SMALL' };
const VALUES: Readonly<Record<string, unknown>> = {
  things: [thing, null, { ...thing, must: null }],
  all: [thing, thing],
  tags: ['x', null],
  grid: [[1, null], []],
  kind: 'LARGE',
};

function resolve(source: unknown, args: Record<string, unknown>, _context: unknown, info: GraphQLResolveInfo): unknown {
  const { fieldName, path } = info;
  const value =
    VALUES[fieldName] ?? (fieldName === 'word' || fieldName === 'size' ? (args['of'] ?? args['by']) : thing);
  return deedAt(responsePathAsArray(path).join('.'))(value);
}

for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
  if (type.name.startsWith('__')) continue;
  for (const field of Object.values(type.getFields())) {
    field.resolve = isResolved(field.name) ? resolve : defaultFieldResolver;
    guard(field as GuardedField, [], 1_000_000);
  }
}
let isTypeLater = false;
const typeOf = ({ must }: { must?: unknown }) => (must ? 'Thing' : 'Other');
for (const name of ['Named', 'Either'])
  Object.assign(schema.getType(name)!, {
    resolveType: (value: object) => (isTypeLater ? Promise.resolve(typeOf(value)) : typeOf(value)),
  });

/** An operation that takes long would make way for others, after which errors come in another order. */
const AT_ONCE = { next: () => null, count: (_name: string, value: unknown) => value };
const contextOf = () => ({ caller: null, signal: new AbortController().signal }) as unknown as Context;

async function both(query: string, variableValues: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(schema, document), query).toEqual([]);
  const ask = (by: (args: Parameters<typeof execute>[0]) => unknown) =>
    by({
      schema,
      document,
      variableValues,
      contextValue: { ...contextOf(), progress: AT_ONCE },
      rootValue: {},
    }) as Promise<ExecutionResult>;
  // Twice: what is known of a document is used again.
  await ask(execute);
  return { ours: plain(await ask(execute)), reference: plain(await ask(executeByReference)) };
}

const plain = (result: ExecutionResult): ExecutionResult => JSON.parse(JSON.stringify(result)) as ExecutionResult;

const LEAVES = ['name', 'must', 'size', 'big: size(by: 7)', 'kind', 'tags', 'grid', '__typename', '__proto__: name'];
const selection = fc.letrec<{ fields: string; thing: string }>((tie) => ({
  thing: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(...LEAVES, ...LEAVES.slice(0, 2).map((leaf) => `${leaf} @skip(if: $no)`), 'kind @skip(if: $yes)'),
    fc
      .record({ name: fc.constantFrom('next', 'mustNext', 'things', 'all'), below: tie('fields') })
      .map(({ name, below }) => `${name} ${below}`),
    fc
      .record({ name: fc.constantFrom('named', 'either'), below: tie('fields') })
      .map(({ name, below }) => `${name} { __typename ... on Thing ${below} ... on Other { own: name } }`),
    tie('fields').map((below) => `... @include(if: $yes) ${below}`),
    fc.constant('...F'),
  ),
  fields: fc.array(tie('thing'), { minLength: 1, maxLength: 4 }).map((parts) => `{ ${parts.join(' ')} }`),
})).fields;
const operation = fc.record({ root: fc.constantFrom('thing', 'must', 'things', 'all'), below: selection }).map(
  ({ root, below }) =>
    `query ($yes: Boolean = true, $no: Boolean!) { word ${root} ${below} other: things { name @skip(if: $yes) must @include(if: $no) ...F } }
       fragment F on Named { name ... on Thing { kind size must @skip(if: $yes) } }`,
);

/** Deeds that a place has whoever asks, drawn by a number. */
const deedsBy = (deeds: readonly Deed[], seed: number) => (place: string) => {
  const hash = [...place].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, seed);
  return (hash & 0x300) === 0 ? deeds[Math.abs(hash >> 12) % deeds.length]! : GIVE;
};

describe('an operation is executed as by graphql-js', () => {
  it('to the last error where nothing has to be waited for', async () => {
    let failures = 0;
    await fc.assert(
      fc.asyncProperty(operation, fc.integer(), async (query, seed) => {
        [deedAt, isTypeLater] = [deedsBy(SYNCHRONOUS, seed), false];
        const { ours, reference } = await both(query, { no: false });
        failures += reference.errors?.length ?? 0;
        expect(ours).toEqual(reference);
      }),
      { numRuns: 60 },
    );
    expect(failures).toBeGreaterThan(50);
  });

  it('with the same data where values come later', async () => {
    await fc.assert(
      fc.asyncProperty(operation, fc.integer(), async (query, seed) => {
        [deedAt, isTypeLater] = [deedsBy(LATER, seed), true];
        const { ours, reference } = await both(query, { no: false });
        expect(ours.data).toEqual(reference.data);
        expect(ours.errors === undefined).toBe(reference.errors === undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('also of introspection, and of names that mean something to objects', async () => {
    deedAt = () => GIVE;
    for (const query of [
      '{ __schema { types { kind name fields { name args { name defaultValue } type { name ofType { name } } } } } }',
      '{ __type(name: "Thing") { name interfaces { name } } }',
      '{ thing { __proto__: name constructor: must } }',
    ]) {
      const { ours, reference } = await both(query);
      expect(ours).toEqual(reference);
    }
    const { ours } = await both('{ thing { __proto__: name } }');
    expect(Object.keys(ours.data?.['thing'] as object)).toEqual(['__proto__']);
  });
});

it('carries mutations out one after the other', async () => {
  const order: string[] = [];
  deedAt = (place) => async (value) => {
    if (place.includes('.')) return value;
    order.push(`${place} begins`);
    await new Promise((go) => setImmediate(go));
    order.push(`${place} ends`);
    return value;
  };
  await both('mutation { first { name } second { name } }');
  expect(order.slice(0, 4)).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('reads a property that comes later once, and tells what it fails with', async () => {
  let reads = 0;
  const get = () => {
    reads++;
    return Promise.reject(new Error('Later.'));
  };
  deedAt = () => () => Object.defineProperty({}, 'name', { get });
  const result = await execute({ schema, document: parse('{ thing { name } }'), contextValue: contextOf() });
  // Vitest fails for a rejection that nobody hears.
  await new Promise((go) => setImmediate(go));
  expect(plain(result)).toMatchObject({ data: { thing: { name: null } }, errors: [{ message: 'Later.' }] });
  expect(reads).toBe(1);
});

it.each(['{ thing { next { name } mustNext { name } } }', '{ all { mustNext { name } } }'])(
  'leaves no rejection unheard when another part of %s has failed already',
  async (query) => {
    const later = () => Promise.reject(new Error('Later.'));
    const deeds: Record<string, Deed> = {
      'thing.next': later,
      'thing.mustNext': () => null,
      'all.0.mustNext': later,
      'all.1.mustNext': () => null,
    };
    deedAt = (place) => deeds[place] ?? GIVE;
    const result = await execute({ schema, document: parse(query), contextValue: contextOf() });
    // Vitest fails for a rejection that nobody hears.
    await new Promise((go) => setImmediate(go));
    expect(JSON.stringify(result.errors)).toContain('Cannot return null');
  },
);

it('checks the rights of a field that has no resolver, and counts it', async () => {
  const guarded = buildSchema('type Query { word: String }');
  const { word } = guarded.getQueryType()!.getFields();
  guard(word as GuardedField, [['JOBS_READ']], 100);
  const ask = (rootValue: unknown, contextValue: unknown) =>
    execute({ schema: guarded, document: parse('{ word }'), rootValue, contextValue });
  const caller = { scopes: new Set(['JOBS_READ']) };
  expect((await ask({ word: 'a' }, { ...contextOf(), caller })).data).toEqual({ word: 'a' });
  const codesOf = async (result: Promise<ExecutionResult>) =>
    (await result).errors?.map(({ extensions }) => extensions['code']);
  expect(await codesOf(ask({ word: 'a' }, contextOf()))).toEqual(['UNAUTHENTICATED']);
  expect(await codesOf(ask({ word: 'x'.repeat(101) }, { ...contextOf(), caller }))).toEqual(['OPERATION_TOO_LARGE']);
});
