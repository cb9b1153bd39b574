import { createHash } from 'node:crypto';
import type { Triple } from '../pair/index.js';
import { swappedEntry, type LedgerEntry, type Policies, type TransferType } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom, listed } from './active-room.testing.js';
import { BothSides, planningOfSource } from './both-sides.js';
import { ContentDecisions } from './content-decisions.js';
import type { TargetFolder } from './placing.js';

export const TARGET: TargetFolder = { key: '', listedKey: '', formerKey: '', movingId: null };
export const sha = (text: string) => createHash('sha256').update(text).digest('hex');
export const EARLY = new Date('2026-01-01');
export const LATE = new Date('2026-02-02');

export interface Scene {
  policies: Partial<Policies>;
  /** Texts of `a` on both sides; the source's is the later one. */
  source: string;
  destination: string;
  /** What the ledger knows beside both identities; null for nothing. */
  base: Partial<LedgerEntry> | null;
  isSecond: boolean;
  isPreview: boolean;
  both: BothSides | null;
}

export const idOf = ({ id, identity }: Item) => identity?.value ?? id;

/** A job of that type that meets `a` on both sides; by default both changed since it was `text`. */
export async function meet(type: TransferType, scene: Partial<Scene> = {}) {
  const {
    policies = {},
    source = 'ours',
    destination = 'their',
    base = {},
    isSecond = false,
    isPreview = false,
  } = scene;
  const made = await activeRoom(type, { policies });
  made.source.seed([{ path: 'a', bytes: source, modifiedAt: LATE }]);
  made.destination.seed([{ path: 'a', bytes: destination, modifiedAt: EARLY }]);
  const context = { ...(isSecond ? planningOfSource(made) : made), isPreview };
  const [from, to] = [listed(made.source, 'a'), listed(made.destination, 'a')];
  const ids = { id: 'known', sourceId: idOf(from.item), destinationId: idOf(to.item) };
  const known = base && ledgerEntry('a', { ...CHANGED, ...ids, ...base });
  const triple: Triple = isSecond
    ? { source: to, base: known && swappedEntry(known), destination: from }
    : { source: from, base: known, destination: to };
  if (known) await made.know(known);
  const { both = type === 'SYNC' ? new BothSides() : null } = scene;
  const rules = { policies: context.policies, limits: context.destination.limits, now: LATE, winsTies: isSecond };
  const decisions = new ContentDecisions(context, { rules, both, isSecond });
  const opened: string[] = [];
  for (const platform of [made.source, made.destination])
    platform.onOperation(({ operation, moment }) => {
      if (operation === 'open' && moment === 'before') opened.push('opened');
    });
  const decide = async (over: Partial<Triple> = {}, target = TARGET) => decisions.of({ ...triple, ...over }, target);
  const judged = async () => (await made.store.entryOf('DESTINATION', idOf(to.item)))?.judged ?? null;
  return { room: made, decisions, decide, judged, triple, both, opened, from, to };
}

const CHANGED = { sourceVersion: 'before', destinationVersion: 'before', sha256: sha('text') };

export const versionOf = (sighting: Triple['source']) => (typeof sighting === 'string' ? null : sighting.item.version);

/** The same text on both sides. */
export const EQUAL = { source: 'text', destination: 'text' };

/** What is decided, in short. */
export const told = ({ decision }: Awaited<ReturnType<ContentDecisions['of']>>) =>
  decision && [decision.action, decision.reason, ...(decision.keepBoth ? [decision.keepBoth] : [])].join(' ');
