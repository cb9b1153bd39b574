import type { Destination } from '../platform/index.js';
import type { Policies, Step, TransferType } from '../plan/index.js';
import { createMemoryPlatform } from '../testing/index.js';
import { listedContext, type Listed } from './listed.testing.js';
import { UndoPlanner } from './undo-planner.js';
import type { DoneEffect } from './undo-records.js';

export const AT = new Date('2026-11-21T12:00:00.000Z');
export const THEN = Date.UTC(2026, 10, 20);

/** What the run that is undone did to the item at that key. */
export const did = (outcome: DoneEffect['outcome'], key: string, over: Partial<DoneEffect> = {}): DoneEffect => ({
  ...{ outcome, side: 'DESTINATION', kind: over.step?.kind ?? 'FILE', sourceKey: key, destinationKey: key },
  ...{ remoteId: null, step: null, isLatest: true },
  ...over,
});

/** A platform where work costs calls, by its size for a content that is written. */
function costly(over: Partial<Destination> = {}) {
  const platform = createMemoryPlatform();
  const cost: Destination['cost'] = (work, size) =>
    ({ RENAME: 2, DESCRIBE: 3, UPDATE: 100 + (size ?? 0) })[work as 'UPDATE'];
  return {
    ...platform,
    destination: Object.assign(Object.create(platform.destination!) as Destination, { cost }, over),
  };
}

interface Given {
  type?: TransferType;
  policies?: Partial<Policies>;
  /** What both platforms can do otherwise. */
  able?: Partial<Destination>;
}

/** The steps that undo these effects, of which the last comes first. */
export async function planned(done: DoneEffect[], listed: Listed = {}, { type = 'COPY', policies, able }: Given = {}) {
  const steps: Step[] = [];
  const platforms = { destination: costly(able), source: costly(able) };
  const context = await listedContext(type, listed, { ...platforms, policies });
  const effects = async function* () {
    yield* done;
  };
  const writer = { add: async (one: Step) => void steps.push(one) };
  await new UndoPlanner(context, { number: 7, pair: 1, effects }, writer, AT).planAll();
  return steps;
}

/** Each with its type or action, the side that it changes and the key there. */
export const told = (steps: Step[]) =>
  steps.map(({ side, type, action, sourceKey, destinationKey }) =>
    [
      type === 'INERT' ? action : type,
      side === 'SOURCE' ? 'S' : 'D',
      side === 'SOURCE' ? sourceKey : destinationKey,
    ].join(' '),
  );
