import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  astFromValue,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  print,
  validateSchema,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, readConfig, type App } from '../app.js';
import { createLog } from '../log.js';
import { CONTRACT, contractSchema } from './contract.js';
import { printApiSchema } from './schema.js';

let app: App;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-schema-'));
  app = await createApp(readConfig({ SLUICE_DATA: folder }), { log: createLog('silent') });
});
afterAll(() => app.close());

/** Every statement that a schema makes about its types, one per line; optional arguments and fields may be left out. */
function statements(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  return new Set(types.flatMap((type) => [`${kindOf(type)} ${type.name}: ${type.description}`, ...partsOf(type)]));
}

function kindOf(type: GraphQLNamedType): string {
  const oneOf = isInputObjectType(type) && type.isOneOf ? ' oneOf' : '';
  const specified = isScalarType(type) ? ` ${type.specifiedByURL}` : '';
  return `${type.constructor.name}${oneOf}${specified}`;
}

function partsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map((value) => `${type.name}.${value.name}: ${value.description}`);
  if (isUnionType(type)) return type.getTypes().map((member) => `${type.name} | ${member.name}`);
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => `${type.name}.${inputOf(field)}`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const interfaces = type.getInterfaces().map((each) => `${type.name} implements ${each.name}`);
  const fields = Object.values(type.getFields()).flatMap((field) => [
    `${type.name}.${field.name}: ${String(field.type)} ${field.description}`,
    ...field.args.map((argument) => `${type.name}.${field.name}(${inputOf(argument)})`),
  ]);
  return [...interfaces, ...fields];
}

function inputOf({
  name,
  type,
  defaultValue,
  description,
}: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue' | 'description'>) {
  const shown = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return `${name}: ${String(type)} = ${shown && print(shown)} ${description}`;
}

it('is valid, and so is the contract, which the server takes as it is', () => {
  expect(validateSchema(app.schema)).toEqual([]);
  expect(validateSchema(buildSchema(readFileSync(CONTRACT, 'utf8')))).toEqual([]);
});

it('is a part of the published contract', () => {
  const published = statements(contractSchema());
  expect([...statements(app.schema)].filter((statement) => !published.has(statement))).toEqual([]);
});

it('has every argument of the fields that it has', () => {
  const own = app.schema.getTypeMap();
  const isOwn = (statement: string) => {
    const [, type = '', field = ''] = /^(\w+)\.(\w+)[(:]/.exec(statement) ?? [];
    const known = own[type];
    return (isObjectType(known) || isInterfaceType(known)) && statement.includes('(') && field in known.getFields();
  };
  const present = statements(app.schema);
  const missing = [...statements(contractSchema())].filter(isOwn).filter((statement) => !present.has(statement));
  expect(missing).toEqual([]);
});

it('is printed in schema.graphql', () => {
  const printed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(printApiSchema(app.schema) === printed, 'npm run generate writes it').toBe(true);
});
