import type { DoneEffect, UndoneRun } from '../run/index.js';
import type { MemoryEngineStore } from './memory-engine-store.js';
import { OTHER_SIDE } from '../plan/index.js';

const OUTCOMES = new Set(['CREATED', 'UPDATED', 'MOVED', 'RENAMED', 'DELETED', 'DESCRIBED']);

/** What a run in memory did, as a store tells it to its undo. */
export function undoneRun(store: MemoryEngineStore, later: readonly string[] = []): UndoneRun {
  const effects = store
    .steps()
    .filter(({ outcome }) => OUTCOMES.has(outcome))
    .map(({ step, outcome, result }): DoneEffect => {
      const key = step.side === 'SOURCE' ? step.sourceKey : step.destinationKey;
      const isPlain = outcome === 'CREATED' && !['CONFLICT', 'UNDONE'].includes(step.reason);
      return {
        outcome: outcome as DoneEffect['outcome'],
        side: step.side,
        kind: step.kind,
        sourceKey: step.sourceKey,
        destinationKey: step.destinationKey,
        remoteId: result?.destination?.item.id ?? step.existing?.id ?? null,
        step: isPlain ? null : step,
        isLatest: !later.includes(key ?? ''),
      };
    });
  const last = [...effects].reverse();
  return {
    number: 1,
    pair: 1,
    effects: async function* () {
      for (const side of [OTHER_SIDE.DESTINATION, OTHER_SIDE.SOURCE]) yield* last.filter((one) => one.side === side);
    },
  };
}
