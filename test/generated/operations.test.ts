import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  Kind,
  parse,
  specifiedRules,
  validate,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../apps/admin/src/', import.meta.url));
const schema = buildSchema(readFileSync(new URL('../../apps/api/schema.graphql', import.meta.url), 'utf8'));

const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path))
  .flatMap((path) => textsOf(readFileSync(source + path, 'utf8')));
const definitions = texts.flatMap((text) => parse(text).definitions);
const fragments = new Map(definitions.filter(isFragment).map((each) => [each.name.value, each]));
const operations = definitions.flatMap((each): [string, DefinitionNode][] =>
  each.kind === Kind.OPERATION_DEFINITION ? [[each.name?.value ?? '', each]] : [],
);

/** What stands in `graphql(…)`. */
function textsOf(code: string): string[] {
  return [...code.matchAll(/\bgraphql\(\s*`([^`]*)`/g)].map((match) => match[1] ?? '');
}

function isFragment(definition: DefinitionNode): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}

/** An operation with the fragments that it spreads, and those that these spread. */
function documentOf(operation: DefinitionNode): DocumentNode {
  const used = new Set<DefinitionNode>([operation]);
  for (const definition of used) {
    visit(definition, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment !== undefined) used.add(fragment);
      },
    });
  }
  return { kind: Kind.DOCUMENT, definitions: [...used] };
}

// An operation that asks for a field which the schema lacks compiles: the field's type is merely unknown.
it.each(operations)('%s asks only for what the schema has', (_name, operation) => {
  expect(validate(schema, documentOf(operation), specifiedRules).map((error) => error.message)).toEqual([]);
});

it('sees every operation and every fragment', () => {
  expect(operations.length).toBeGreaterThan(30);
  const spread = operations.flatMap(([, operation]) => documentOf(operation).definitions.filter(isFragment));
  expect(new Set(spread)).toEqual(new Set(fragments.values()));
});
