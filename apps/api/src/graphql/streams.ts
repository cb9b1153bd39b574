import type { Context } from './context.js';

/** Events of a subscription; its values become the field's root. The context's signal ends it. */
export type Stream<A = never> = (args: A, context: Context) => AsyncIterable<unknown>;

/** Stands in a `@Subscription` whose events come from the `streams` of its domain. */
export function servedByDomain(): AsyncIterable<unknown> {
  throw new Error('The domain of this subscription has no stream for it.');
}
