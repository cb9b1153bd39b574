import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { isAnyOf, type AnyOf } from './rights.js';

/** A class of type-graphql. */
type Declaring = abstract new (...args: never[]) => object;

/** The rights of a schema, as its classes declare them with `@Authorized`. */
export class DeclaredRights {
  private readonly ofFields = new Map<string, readonly AnyOf[]>();
  private readonly ofTypes = new Map<string, AnyOf>();

  /** Throws when a type or a root field has no right, or one that does not exist. */
  constructor(schema: GraphQLSchema) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
    for (const type of types) {
      if ((isObjectType(type) || isInterfaceType(type)) && !roots.some((root) => root === type))
        this.ofTypes.set(type.name, declaredBeside(type.name, classOf(type.name)));
    }
    for (const type of types.filter(isObjectType)) {
      const isRoot = roots.some((root) => root === type);
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        this.ofFields.set(coordinate, isRoot ? [rootRight(coordinate, field.name)] : this.demandsOf(type.name, field));
      }
    }
  }

  /** What a field demands, such as `Job.name`: one right of each entry. */
  ofField(coordinate: string): readonly AnyOf[] {
    const demands = this.ofFields.get(coordinate);
    if (demands === undefined) throw new Error(`There is no field ${coordinate}.`);
    return demands;
  }

  ofType(name: string): AnyOf {
    const rights = this.ofTypes.get(name);
    if (rights === undefined) throw new Error(`There is no type ${name}.`);
    return rights;
  }

  /** Whether a field may be asked for without signing in. */
  isOpen(coordinate: string): boolean {
    return this.ofFields.get(coordinate)?.every((anyOf) => anyOf.includes('ANYONE')) ?? false;
  }

  /** Its own right, or that of the class that declares it and that of the type that it leads to. */
  private demandsOf(typeName: string, { name, type }: GraphQLField<unknown, unknown>): readonly AnyOf[] {
    const target = classOf(typeName);
    const own = ownRight(target, name);
    if (own !== undefined) return [checked(`${typeName}.${name}`, own)];
    const declaring = declaringClass(target, name);
    const demands = [declaredBeside(typeName, declaring), ...this.ofTarget(getNamedType(type))];
    return demands.filter((anyOf, index) => demands.findIndex((other) => String(other) === String(anyOf)) === index);
  }

  /** Whether an object belongs to the caller is known at its own fields only, and what a union holds likewise. */
  private ofTarget({ name }: GraphQLNamedType): AnyOf[] {
    const rights = this.ofTypes.get(name);
    return rights === undefined || rights.includes('OWNER') ? [] : [rights];
  }
}

/** The class that declares a type. */
export function classOf(typeName: string): Declaring {
  const { objectTypes, interfaceTypes } = getMetadataStorage();
  const found = [...objectTypes, ...interfaceTypes].find(({ name }) => name === typeName);
  if (found === undefined) throw new Error(`No class declares ${typeName}.`);
  return found.target as Declaring;
}

/** The class itself and those that it extends. */
export function chainOf(target: Declaring): unknown[] {
  const chain: unknown[] = [];
  for (let each: unknown = target; typeof each === 'function'; each = Object.getPrototypeOf(each)) chain.push(each);
  return chain;
}

function declaredBeside(typeName: string, target: unknown): AnyOf {
  const found = getMetadataStorage().authorizedResolver.find((entry) => entry.target === target);
  return checked(typeName, found?.roles);
}

/** `@Authorized` beside the field itself or beside the method that resolves it. */
function ownRight(target: Declaring, fieldName: string): readonly unknown[] | undefined {
  const { authorizedFields, fieldResolvers } = getMetadataStorage();
  const chain = chainOf(target);
  const resolver = fieldResolvers.find(
    ({ methodName, getObjectType }) => methodName === fieldName && chain.includes(getObjectType?.()),
  );
  const holders = [...chain, resolver?.target];
  return authorizedFields.find((entry) => entry.fieldName === fieldName && holders.includes(entry.target))?.roles;
}

/** A field that only a method resolves belongs to the class of the type itself. */
function declaringClass(target: Declaring, fieldName: string): unknown {
  const { fields } = getMetadataStorage();
  const isDeclared = (each: unknown) => fields.some((field) => field.target === each && field.name === fieldName);
  return chainOf(target).find(isDeclared) ?? target;
}

function rootRight(coordinate: string, fieldName: string): AnyOf {
  const { queries, mutations, subscriptions, authorizedFields } = getMetadataStorage();
  const kinds: Record<string, typeof queries> = { Query: queries, Mutation: mutations, Subscription: subscriptions };
  const handler = kinds[coordinate.split('.')[0] ?? '']?.find(({ schemaName }) => schemaName === fieldName);
  const isBeside = (entry: (typeof authorizedFields)[number]) =>
    entry.target === handler?.target && entry.fieldName === handler?.methodName;
  return checked(coordinate, authorizedFields.find(isBeside)?.roles);
}

function checked(what: string, declared: readonly unknown[] | undefined): AnyOf {
  if (declared === undefined) throw new Error(`${what} has no right: put @Authorized beside it.`);
  if (!isAnyOf(declared)) throw new Error(`${what} has a right that does not exist: ${declared.join(', ')}.`);
  return declared;
}
