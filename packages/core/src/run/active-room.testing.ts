import {
  defaultPolicies,
  pathSegments,
  type LedgerEntry,
  type Policies,
  type Side,
  type Step,
  type TransferType,
} from '../plan/index.js';
import { FolderNames } from '../naming/index.js';
import type { Item, ItemRule } from '../platform/index.js';
import {
  createMemoryPlatform,
  item,
  MemoryEngineStore,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import type { PlanWriter } from './both-sides.js';
import { callTo, type ActiveContext } from './context.js';
import type { Place } from './placing.js';
import type { StepTools } from './step-tools.js';
import { UnderWay } from './under-way.js';

export const FOLDER: Partial<Item> = { kind: 'FOLDER', size: null, version: null };

/** An item of a side where a listing saw it. */
export const at = (key: string, over: Partial<Item> = {}) => ({ key, item: item(key, over) });

/** A context at work between two platforms in memory, with a store that knows what a test tells it. */
export type ActiveRoom = ActiveContext & {
  source: MemoryPlatform;
  destination: MemoryPlatform;
  store: MemoryEngineStore;
  /** Items that the listing of a side saw. */
  show(side: Side, ...items: ReturnType<typeof at>[]): Promise<void>;
  /** Entries of the ledger. */
  know(...entries: LedgerEntry[]): Promise<void>;
};

interface Given {
  policies?: Partial<Policies>;
  rules?: ItemRule[];
  options?: MemoryPlatformOptions;
}

export async function activeRoom(
  type: TransferType,
  { policies = {}, rules = [], options = {} }: Given = {},
): Promise<ActiveRoom> {
  const store = new MemoryEngineStore();
  await store.useLedger(null, { source: 'source', destination: 'destination' });
  const platforms = { source: createMemoryPlatform(options), destination: createMemoryPlatform(options) };
  const context = activeContext({
    ...{ ...platforms, rules, store, transferType: type },
    policies: { ...defaultPolicies(type), ...policies },
    clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
  });
  return {
    ...{ ...context, ...platforms, store },
    show: (side, ...items) => store.stage(side, items),
    know: (...entries) => store.reviseEntries(entries.map((entry) => ({ id: entry.id ?? 'new', entry }))),
  };
}

/** Keeps the steps that are planned. */
export function stepsKept(): { steps: Step[]; writer: PlanWriter } {
  const steps: Step[] = [];
  const writer: PlanWriter = {
    add: async (step) => void steps.push(step),
    addUnchanged: async () => {},
    countUnchanged: async () => {},
  };
  return { steps, writer };
}

/** What a claimed step is carried out with, and what it did there. */
export function toolsKept(context: ActiveContext) {
  const [folders, revised, began]: [unknown[][], Step[], string[]] = [[], [], []];
  const moves = new UnderWay();
  const tools: StepTools = {
    ...{ context, moves, removals: new UnderWay(), signal: context.control.signal },
    folders: {
      get: async (...asked) => {
        folders.push(asked);
        const path = [...context.destinationRoot, ...pathSegments(asked[0])];
        return (await context.destination.find({ path }, callTo('DESTINATION', context, context.control.signal)))!;
      },
    },
    begin: async () => void began.push('begun'),
    revise: async (step) => void revised.push(step),
    arrived: async () => {},
    hashed: async () => {},
  };
  return { tools, moves, folders, revised, began };
}

/** An item of a platform where a listing saw it, without a checksum. */
export function listed(platform: MemoryPlatform, key: string): { key: string; item: Item } {
  const found = platform.item(key);
  if (!found) throw new Error(`There is no “${key}”.`);
  return { key, item: { ...found, sha256: null } };
}

/** The names of a folder in which this stands. */
export const folderWith = (...occupied: string[]) => {
  const rules = { invalidCharacters: 'REPLACE', truncateLongNames: true, duplicateNames: 'RENAME' } as const;
  return new FolderNames({ limits: createMemoryPlatform().limits, rules, parentPathLength: 0, occupied });
};

/** The place of that name in a folder where nothing else stands. */
export const placeAt = (parentKey: string, name: string): Place => ({
  ...{ parentKey, name },
  isRevised: false,
  folder: folderWith(),
});
