import { createPubSub } from '@graphql-yoga/subscription';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import type { ServerLimits } from '../limits.js';
import type { Context } from './context.js';
import { contractSchema } from './contract.js';
import { requireBound } from './declarations.js';
import { DeclaredRights } from './declared-rights.js';
import type { Domain } from './domain.js';
import { guard, type GuardedField } from './guard.js';
import { checkArgumentBounds } from './input-check.js';
import { callDirectly } from './methods.js';
import { recordMutations, type MutationRecorder } from './mutation-recorder.js';
import type { NodeFinder } from './node-finder.js';
import { NodeResolver } from './node.resolver.js';
import { enforceOneOf } from './one-of.js';
import { isAllowed, type AnyOf } from './rights.js';
import { connectStreams } from './streams.js';

export interface ApiSchema {
  schema: GraphQLSchema;
  rights: DeclaredRights;
}

/**
 * The executable schema of the domains. Every field checks its rights before anything else; descriptions are those of the
 * published contract. Throws when a type or a root field has no right, or a list of objects no bound.
 *
 * This folder holds what all fields share: schema, rights, cost, bounds of inputs, errors and pages. Types and resolvers of
 * a domain stand in the domain's own folder; transports, HTTP and WebSocket, are in `server/`.
 */
export function buildApiSchema(
  domains: readonly Domain[],
  nodes: NodeFinder,
  limits: Pick<ServerLimits, 'maxResponseBytes'>,
  recorder: MutationRecorder,
): ApiSchema {
  const instances = [new NodeResolver(nodes), ...domains.flatMap((domain) => domain.resolvers ?? [])];
  const byClass = new Map<object, object>(instances.map((instance) => [instance.constructor, instance]));
  readPlainly();
  const schema = buildSchemaSync({
    resolvers: [...byClass.keys()] as unknown as NonEmptyArray<() => object>,
    orphanedTypes: domains.flatMap((domain) => domain.types ?? []),
    container: { get: (type: object) => byClass.get(type) },
    validate: false,
    // Apollo checks it at the start; type-graphql would put the whole introspection to it besides.
    skipCheck: true,
    // type-graphql demands a checker; `guard` has already checked every field, also those without `@Authorized` of their own.
    authChecker: ({ root, context }: { root: unknown; context: Context }, rights) =>
      isAllowed(rights as AnyOf, root, context),
    // type-graphql demands a `pubSub`; it is not used, because every subscription has its own stream.
    pubSub: createPubSub(),
  });
  callDirectly(schema, byClass);
  const rights = new DeclaredRights(schema);
  for (const domain of domains) nodes.add(domain.nodes ?? [], rights);
  enforceOneOf(schema);
  checkArgumentBounds(schema);
  connectStreams(schema, instances);
  guardFields(schema, rights, limits.maxResponseBytes);
  recordMutations(schema, recorder);
  describeSchema(schema);
  return { schema, rights };
}

/** The schema as text, in an order that depends on nothing but its names, with each description in a line. */
export function printApiSchema(schema: GraphQLSchema): string {
  const document = parse(printSchema(lexicographicSortSchema(schema)), { noLocation: true });
  const inline = visit(document, { StringValue: (value) => ({ ...value, block: false }) });
  return `${print(inline)}\n`;
}

/** A field that no method resolves is a property, which is read without type-graphql's wrapper. */
function readPlainly(): void {
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
}

/** The one place that checks rights: of each field, and of the type that a reference leads to before it is followed. */
function guardFields(schema: GraphQLSchema, rights: DeclaredRights, maxResponseBytes: number): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      requireBound(coordinate, field);
      guard(field as GuardedField, rights.ofField(coordinate), maxResponseBytes);
    }
  }
}

/** Copies the descriptions of the contract into the schema, so that they are written once. */
function describeSchema(schema: GraphQLSchema): void {
  const contract = contractSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    const published = contract.getType(type.name);
    if (published === undefined || type.name.startsWith('__')) continue;
    type.description = published.description;
    if (isEnumType(type) && isEnumType(published)) {
      for (const value of type.getValues()) value.description = published.getValue(value.name)?.description;
    } else if (isInputObjectType(type) && isInputObjectType(published)) {
      const fields = published.getFields();
      for (const field of Object.values(type.getFields())) field.description = fields[field.name]?.description;
    } else if (
      (isObjectType(type) || isInterfaceType(type)) &&
      (isObjectType(published) || isInterfaceType(published))
    ) {
      describeFields(type, published);
    }
  }
}

type WithFields = GraphQLObjectType | GraphQLInterfaceType;

function describeFields(type: WithFields, published: WithFields): void {
  const fields = published.getFields();
  for (const field of Object.values(type.getFields())) {
    const known = fields[field.name];
    field.description = known?.description;
    for (const argument of field.args) {
      argument.description = known?.args.find((candidate) => candidate.name === argument.name)?.description;
    }
  }
}
