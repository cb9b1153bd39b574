import type { EngineStore } from '@sluice/core/run';
import type { Tracer } from '../../tracing/tracer.js';

/** The store, with a span for each batch of items whose outcome it keeps. */
export const tracedStore = (store: EngineStore, tracer: Tracer): EngineStore => ({
  ...store,
  commit: (outcomes) => tracer.span('batch', { 'sluice.batch.items': outcomes.length }, () => store.commit(outcomes)),
});
