import { createPubSub } from '@graphql-yoga/subscription';
import {
  defaultFieldResolver,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Context, Right } from './context.js';
import { requireRight } from './context.js';
import { contractSchema } from './contract.js';
import type { Domain } from './domain.js';
import type { NodeFinder } from './node-finder.js';
import { NodeResolver } from './node.resolver.js';
import { enforceOneOf } from './one-of.js';
import type { Stream } from './streams.js';

export interface ApiSchema {
  schema: GraphQLSchema;
  /** Right per root field, and of other fields that have one. */
  rights: Readonly<Record<string, Right>>;
}

/**
 * The executable schema of the domains. Root fields check their right before anything else; descriptions are those of
 * the published contract. Throws when a root field has no right.
 */
export function buildApiSchema(domains: readonly Domain[], nodes: NodeFinder): ApiSchema {
  for (const domain of domains) nodes.add(domain.nodes ?? []);
  const instances = [new NodeResolver(nodes), ...domains.flatMap((domain) => domain.resolvers ?? [])];
  const byClass = new Map<object, object>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...byClass.keys()] as unknown as NonEmptyArray<() => object>,
    orphanedTypes: domains.flatMap((domain) => domain.types ?? []),
    container: { get: (type: object) => byClass.get(type) },
    validate: false,
    // type-graphql demands one; every subscription has its own stream.
    pubSub: createPubSub(),
  });
  const own: Record<string, Right> = { 'Query.node': 'IDENTITY', 'Query.nodes': 'IDENTITY' };
  const rights = Object.fromEntries(
    [own, ...domains.map((domain) => domain.rights ?? {})].flatMap(Object.entries<Right>),
  );
  enforceOneOf(schema);
  for (const domain of domains) connectStreams(schema, domain.streams ?? {});
  enforceRights(schema, rights);
  describeSchema(schema);
  return { schema, rights };
}

/** The schema as text, in an order that depends on nothing but its names. */
export function printApiSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

function connectStreams(schema: GraphQLSchema, streams: Record<string, Stream>): void {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  for (const [name, stream] of Object.entries(streams)) {
    const field = fields[name];
    if (field !== undefined) field.subscribe = (_source, args, context: Context) => stream(args as never, context);
  }
}

function enforceRights(schema: GraphQLSchema, rights: Record<string, Right>): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const right = rights[`${type.name}.${field.name}`];
      if (right !== undefined) guard(field as GraphQLField<unknown, Context>, right);
      else if (roots.includes(type)) throw new Error(`${type.name}.${field.name} has no right.`);
    }
  }
}

function guard(field: GraphQLField<unknown, Context>, right: Right): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info): unknown => {
    requireRight(context, right);
    return resolve(source, args, context, info);
  };
  if (subscribe === undefined) return;
  field.subscribe = (source, args, context, info): unknown => {
    requireRight(context, right);
    return subscribe(source, args, context, info);
  };
}

/** Copies the words of the contract, so that they are written once. */
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
