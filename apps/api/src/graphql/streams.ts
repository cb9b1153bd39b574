import type { GraphQLSchema } from 'graphql';
import { Subscription, type ClassType } from 'type-graphql';
import type { Context } from './context.js';

/** Events of a subscription, from the resolver that declares it; each becomes the root of the field. The context's signal ends them. */
export type Stream<R, A> = (resolver: R, args: A, context: Context) => AsyncIterable<unknown>;

/** The streams that the resolver classes have declared, by class and name of the field. */
const declared = new Map<object, Map<string, Stream<never, never>>>();

/** A subscription: its type, and where its events come from. The method makes the answer of an event, which is its root. */
export function Streamed<R, A>(type: () => ClassType, stream: Stream<R, A>): MethodDecorator {
  return (prototype, name, descriptor) => {
    const ofClass = declared.get(prototype.constructor) ?? new Map<string, Stream<never, never>>();
    declared.set(prototype.constructor, ofClass.set(String(name), stream));
    Subscription(type, { nullable: true, subscribe: refuse })(prototype, name, descriptor);
  };
}

type OpenStream = (args: object, context: Context) => AsyncIterable<unknown>;

/** The streams of a resolver, by the name of the field. */
export function streamsOf(resolver: object): ReadonlyMap<string, OpenStream> {
  const streams = [...(declared.get(resolver.constructor) ?? [])];
  return new Map(
    streams.map(([name, stream]) => [name, (args, context) => stream(resolver as never, args as never, context)]),
  );
}

/** Lets the subscriptions of the resolvers take their events from their streams. */
export function connectStreams(schema: GraphQLSchema, resolvers: readonly object[]): void {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  for (const [name, open] of resolvers.flatMap((resolver) => [...streamsOf(resolver)])) {
    const field = fields[name];
    if (field !== undefined) field.subscribe = (_source, args: object, context: Context) => open(args, context);
  }
}

/** type-graphql demands a source of events; `connectStreams` takes its place. */
function refuse(): AsyncIterable<unknown> {
  throw new Error('The streams of this schema are not connected.');
}
