import { isInputObjectType, type GraphQLSchema } from 'graphql';

const marked = new Set<string>();

/** Marks an input type, of which exactly one field has to be given; all its fields are nullable. */
export function OneOf(): ClassDecorator {
  return (target) => void marked.add(target.name);
}

/** type-graphql does not know `@oneOf`; graphql-js enforces it on types that carry the flag. */
export function enforceOneOf(schema: GraphQLSchema): void {
  for (const name of marked) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
}
