import 'reflect-metadata';
import { Authorized, buildSchemaSync, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { expect, it } from 'vitest';
import { requireBound } from './declarations.js';
import { DeclaredRights } from './declared-rights.js';

@Authorized('JOBS_READ')
@ObjectType()
class Lamp {
  @Field(() => String)
  colour!: string;
}

@ObjectType()
class Bare {
  @Field(() => String)
  text!: string;
}

@Resolver()
class Complete {
  @Authorized('JOBS_READ')
  @Query(() => [Lamp])
  lamps(): Lamp[] {
    return [];
  }
}

@Resolver()
class WithoutRight {
  @Query(() => Lamp)
  lamp(): Lamp {
    return { colour: '' };
  }
}

@Resolver()
class WithBareType {
  @Authorized('JOBS_READ')
  @Query(() => Bare)
  bare(): Bare {
    return { text: '' };
  }
}

@Resolver()
class WithUnknownRight {
  @Authorized('JOBS_RAED')
  @Query(() => Lamp)
  misspelt(): Lamp {
    return { colour: '' };
  }
}

type ResolverClass = new () => object;
const schemaOf = (resolver: ResolverClass) =>
  buildSchemaSync({ resolvers: [resolver], validate: false, authChecker: () => true });

it.each<[string, ResolverClass]>([
  ['Query.lamp has no right', WithoutRight],
  ['Bare has no right', WithBareType],
  ['Query.misspelt has a right that does not exist: JOBS_RAED', WithUnknownRight],
])('%s: the server does not start', (message, resolver) => {
  expect(() => new DeclaredRights(schemaOf(resolver))).toThrow(message);
});

it('a field without a right of its own has that of its type', () => {
  expect(new DeclaredRights(schemaOf(Complete)).ofField('Lamp.colour')).toEqual([['JOBS_READ']]);
});

it('a list of objects without a declared bound does not start', () => {
  const field = schemaOf(Complete).getQueryType()?.getFields()['lamps'];
  expect(() => field && requireBound('Query.lamps', field)).toThrow('Query.lamps is a list without a bound');
});
