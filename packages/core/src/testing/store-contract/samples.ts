import {
  expectationOf,
  inertStep,
  pathKey,
  type Inert,
  type LedgerEntry,
  type MakeFolder,
  type Transfer,
  undecided,
} from '../../plan/index.js';
import type { Item } from '../../platform/index.js';
import type { StagedItem, StepOutcome } from '../../run/index.js';

export const NOW = new Date('2026-11-21T10:00:00.000Z');
export const LATER = new Date('2026-11-21T10:05:00.000Z');

export function item(path: string, over: Partial<Item> = {}): Item {
  return {
    id: `id:${path}`,
    identity: null,
    kind: 'FILE',
    path: path === '' ? [] : path.split('/'),
    parentId: null,
    size: 10,
    modifiedAt: NOW,
    createdAt: null,
    version: '1',
    metaVersion: null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
    ...over,
  };
}

/** A step that creates a file. */
export function step(key: string, over: Partial<Omit<Transfer, 'type'>> = {}): Transfer {
  const existing = over.existing ?? null;
  return {
    ...undecided(key, item(key)),
    type: 'TRANSFER',
    action: 'CREATE',
    kind: 'FILE',
    sourceKey: key,
    destinationKey: key,
    parentKey: '',
    name: key,
    reason: 'NEW',
    message: 'The file is new.',
    source: item(key),
    existing,
    expects: existing && expectationOf(existing),
    renameExistingTo: null,
    knownSha256: null,
    byteCount: 10,
    callCount: 2,
    ...over,
  };
}

/** A step that makes a folder. */
export function folderStep(key: string, over: Partial<Omit<MakeFolder, 'type'>> = {}): MakeFolder {
  const { renameExistingTo: _rename, knownSha256: _known, ...placed } = step(key);
  const source = item(key, { kind: 'FOLDER', size: null, version: null });
  const folder = { type: 'MAKE_FOLDER', action: 'CREATE', kind: 'FOLDER', byteCount: 0 } as const;
  return { ...placed, ...folder, source, existing: null, expects: null, ...over };
}

/** A step for which nothing is carried out. */
export function settledStep(key: string, over: Partial<Omit<Inert, 'type'>> = {}): Inert {
  return { ...inertStep(key, item(key)), destinationKey: key, reason: 'NEW', message: 'The file is new.', ...over };
}

export function outcome(stepId: string, over: Partial<StepOutcome> = {}): StepOutcome {
  return {
    stepId,
    outcome: 'CREATED',
    reason: 'NEW',
    message: 'The file is new.',
    remedy: null,
    sha256: null,
    verifiedBy: 'SIZE',
    destination: null,
    ledger: null,
    attempt: { startedAt: NOW, duration: 5, reason: null, remoteStatus: null, remoteRequestId: null },
    byteCount: 10,
    ...over,
  };
}

export function ledgerEntry(key: string, over: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: null,
    kind: 'FILE',
    sourceKey: key,
    sourceId: `id:${key}`,
    sourceVersion: '1',
    sourceMetaVersion: null,
    sourceSize: 10,
    sourceModifiedAt: NOW.getTime(),
    destinationKey: key,
    destinationId: `d:${key}`,
    destinationVersion: '7',
    destinationMetaVersion: null,
    destinationSize: 10,
    destinationModifiedAt: NOW.getTime(),
    sha256: 'ab',
    judged: null,
    mapped: null,
    ...over,
  };
}

export const staged = (path: string, over: Partial<Item> = {}): StagedItem => ({
  key: pathKey(path.split('/')),
  item: item(path, over),
});
