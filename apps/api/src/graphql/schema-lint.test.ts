import { readFileSync } from 'node:fs';
import * as graphqlEslint from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';

const PRINTED = new URL('../../schema.graphql', import.meta.url);

/** The sets for schemas and for Relay, and the rules beside them that hold here. */
const RULES: Linter.RulesRecord = {
  ...graphqlEslint.default.configs['flat/schema-recommended'].rules,
  ...graphqlEslint.default.configs['flat/schema-relay'].rules,
  '@graphql-eslint/description-style': ['error', { style: 'inline' }],
  '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // Short lists that are always whole are lists of what they hold.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
  '@graphql-eslint/require-description': [
    'error',
    { types: true, rootField: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true },
  ],
  '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
  '@graphql-eslint/require-nullable-result-in-root': 'error',
  // Values such as sizes and limits have no identity.
  '@graphql-eslint/strict-id-in-types': 'off',
};

/** Steps of a plan, entries of a platform and deliveries belong to what lists them, and are found through it alone. */
const ACCEPTED = ['PlanStepEdge', 'RemoteEntryEdge', 'WebhookDeliveryEdge'].map(
  (name) => `type ${name} { Edge type's field \`node\` must implement \`Node\` interface.`,
);

function findings(text: string): string[] {
  const { default: plugin } = graphqlEslint;
  const lines = text.split('\n');
  const messages = new Linter({ configType: 'flat' }).verify(
    text,
    [
      {
        files: ['**/*.graphql'],
        plugins: { '@graphql-eslint': plugin },
        languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: text } } },
        rules: RULES,
      },
    ] as Linter.Config[],
    { filename: 'schema.graphql' },
  );
  return messages.map(({ line, message }) => `${lines[line - 1]?.trim()} ${message}`);
}

it('has nothing that the linter of GraphQL schemas finds', () => {
  expect(findings(readFileSync(PRINTED, 'utf8'))).toEqual(ACCEPTED);
});

it('would be told of a field without a description', () => {
  const text = readFileSync(PRINTED, 'utf8').replace(/"[^"\n]*"\n {2}pageInfo/, 'pageInfo');
  expect(findings(text).length).toBeGreaterThan(ACCEPTED.length);
});
