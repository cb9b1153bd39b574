import {
  defaultPolicies,
  pathKey,
  type LedgerEntry,
  type Policies,
  type Side,
  type TransferType,
} from '../plan/index.js';
import { PlatformError, type Item } from '../platform/index.js';
import { ledgerEntry, item, MemoryEngineStore } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import type { ActiveContext, RunContext } from './context.js';
import type { StagedProblem } from './ports/index.js';
import type { StepTools } from './step-tools.js';

/** What a run has listed, and what its job remembers. */
export interface Listed {
  source?: readonly Item[];
  destination?: readonly Item[];
  ledger?: readonly LedgerEntry[];
  /** Places that could not be listed. */
  problems?: Partial<Record<Side, readonly StagedProblem[]>>;
}

export type ListedContext = ActiveContext & { store: MemoryEngineStore };

/** A run of that type between two platforms in memory whose locations are their roots, once both sides are listed. */
export async function listedContext(
  transferType: TransferType,
  { source = [], destination = [], ledger = [], problems = {} }: Listed,
  { policies = {}, ...given }: Partial<Omit<RunContext, 'policies'>> & { policies?: Partial<Policies> } = {},
): Promise<ListedContext> {
  const store = new MemoryEngineStore();
  await store.useLedger(null, { source: 'root', destination: 'root' });
  await store.reviseEntries(ledger.map((entry) => ({ id: entry.sourceKey, entry })));
  await store.stage('SOURCE', source.map(staged));
  await store.stage('DESTINATION', destination.map(staged));
  await store.stageProblems('SOURCE', problems.SOURCE ?? []);
  await store.stageProblems('DESTINATION', problems.DESTINATION ?? []);
  const told = { transferType, policies: { ...defaultPolicies(transferType), ...policies }, store };
  return { ...activeContext({ ...told, ...given }), store };
}

const staged = (one: Item) => ({ key: pathKey(one.path), item: one });

/** An item of the destination as `ledgerEntry` knows it. */
export const there = (path: string, over: Partial<Item> = {}): Item =>
  item(path, { id: `d:${path}`, version: '7', ...over });

const FOLDER = { kind: 'FOLDER', size: null, version: null } as const;
export const folder = (path: string, over: Partial<Item> = {}): Item => item(path, { ...FOLDER, ...over });
export const folderThere = (path: string, over: Partial<Item> = {}): Item => there(path, { ...FOLDER, ...over });
export const folderEntry = (key: string, over: Partial<LedgerEntry> = {}): LedgerEntry =>
  ledgerEntry(key, { kind: 'FOLDER', sourceVersion: null, destinationVersion: null, sha256: null, ...over });

/** A folder that may not be listed. */
export const unlisted = (key: string): StagedProblem => ({
  key,
  problem: { path: key.split('/'), kind: 'FOLDER', error: new PlatformError('ACCESS_DENIED', 'No.') },
});

/** What a step is carried out with; each of its calls is noted in `done`, in order. */
export function notedTools(context: ActiveContext, parent: Item, done: unknown[] = []): StepTools {
  const note = (what: unknown) => async () => void done.push(what);
  return {
    context,
    signal: context.control.signal,
    folders: { get: async (...asked: unknown[]) => (done.push(['folder', ...asked]), parent) },
    removals: { below: async (key) => void done.push(`removals below ${key}`) },
    moves: { at: note('moves'), below: async (key) => void done.push(`moves below ${key}`) },
    ...{ begin: note('begin'), revise: note('revise'), arrived: note('arrived'), hashed: note('hashed') },
  };
}
