import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { expect, it } from 'vitest';
import { variableErrors } from './input-error.js';

const schema = buildSchema(`
  scalar Strict
  enum Level { LOW HIGH }
  input Leaf { name: String!, level: Level, counts: [Int!], strict: Strict }
  input Choice @oneOf { a: Int, b: Int }
  input Tree { leaf: Leaf, leaves: [Leaf!], choice: Choice }
  type Query { ask(input: Tree, id: ID!): Int }
`);
const document = parse('query ($input: Tree, $id: ID!) { ask(input: $input, id: $id) }');

const told = (input: unknown, id: unknown = '1') =>
  variableErrors(schema, (document.definitions[0] as OperationDefinitionNode).variableDefinitions ?? [], { input, id });
const pathsOf = (input: unknown, id?: unknown) =>
  told(input, id).map(({ extensions }) => (extensions['field'] as string[]).join('.'));

it.each<[string, unknown, string[]]>([
  ['an unknown field', { tree: 1 }, ['input.tree']],
  ['an unknown field within', { leaf: { name: 'a', foo: 1 } }, ['input.leaf.foo']],
  ['an unknown field of an entry', { leaves: [{ name: 'a' }, { name: 'b', foo: 1 }] }, ['input.leaves.1.foo']],
  [
    'several of them',
    { leaf: { name: 'a', foo: 1, 'b"r': 2 }, baz: 3 },
    ['input.leaf.foo', 'input.leaf.b"r', 'input.baz'],
  ],
  ['a missing field', { leaves: [{}] }, ['input.leaves.0.name']],
  ['null for what is needed', { leaf: { name: null } }, ['input.leaf.name']],
  ['a wrong scalar', { leaf: { name: 1 } }, ['input.leaf.name']],
  ['a wrong entry', { leaf: { name: 'a', counts: [1, 'two', null] } }, ['input.leaf.counts.1', 'input.leaf.counts.2']],
  ['a value that is none of the enumeration', { leaf: { name: 'a', level: 'MID' } }, ['input.leaf.level']],
  ['a text for an object', { leaf: 'a' }, ['input.leaf']],
  ['two of what is one of', { choice: { a: 1, b: 2 } }, ['input.choice']],
])('%s is told at its own path', (_what, input, paths) => {
  expect(pathsOf(input)).toEqual(paths);
});

it('tells of each variable, also of one that is missing', () => {
  expect(pathsOf({ foo: 1 }, null)).toEqual(['input.foo', 'id']);
});

it('cuts the name that a stranger gives a field, and offers no names of ours', () => {
  const [error] = told({ leaf: { name: 'a', lebel: 1 } });
  expect(error?.message).toBe('input.leaf.lebel is wrong: Field "lebel" is not defined by type "Leaf".');
  expect(pathsOf({ ['x'.repeat(5_000)]: 1 })).toEqual([`input.${'x'.repeat(200)}`]);
});
