import { isObjectType, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { Context } from './context.js';
import { chainOf, classOf } from './declared-rights.js';
import type { GuardedField } from './guard.js';

type Method = (source: unknown, context: Context, info: unknown) => unknown;
type FieldResolver = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];

/** Parameters in the order in which a method is called here; one that takes fewer ignores the rest. */
const ORDER = ['root', 'context', 'info'];

/**
 * Methods that resolve a field from its object, the context and the query alone are called as they are. type-graphql's
 * wrapper, which sorts parameters, converts arguments and looks the instance up at every value, is for all others.
 */
export function callDirectly(schema: GraphQLSchema, instances: ReadonlyMap<object, object>): void {
  const methods = getMetadataStorage().fieldResolvers.filter(isPlain);
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__') || type === schema.getQueryType()) continue;
    if (type === schema.getMutationType() || type === schema.getSubscriptionType()) continue;
    const classes = new Set(chainOf(classOf(type.name)));
    for (const field of Object.values(type.getFields())) {
      const method = methods.find((each) => each.schemaName === field.name && classes.has(each.getObjectType?.()));
      const instance = method && (instances.get(method.target) as Record<string, Method> | undefined);
      if (method !== undefined && instance !== undefined) resolveBy(field as GuardedField, instance, method.methodName);
    }
  }
}

function resolveBy(field: GuardedField, instance: Record<string, Method>, name: string): void {
  field.resolve = (source, _args, context, info) => instance[name]?.(source, context, info);
}

/** A parameter whose class is known to type-graphql is made an instance of it, which is left to type-graphql. */
function isPlain({ params = [], middlewares = [], roles }: FieldResolver): boolean {
  const isInOrder = params.every(({ kind, index }) => ORDER[index] === kind);
  const isGivenAsIs = params.every(
    (each) => !('propertyName' in each && each.propertyName) && !('getType' in each && each.getType),
  );
  return isInOrder && isGivenAsIs && middlewares.length === 0 && roles === undefined;
}
