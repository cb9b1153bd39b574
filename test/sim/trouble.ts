import { PlatformError, type ListEntry, type Platform, type Source } from '@sluice/core/platform';
import type { Act } from './people.js';
import type { Death } from '../support/effects/life.js';

/** What goes wrong while a run is at work. */
export type Trouble =
  | { kind: 'NONE' }
  | ({ kind: 'CRASH'; isTakenUp: boolean } & Death)
  | { kind: 'LISTING'; side: 'source' | 'destination'; fault: ListingFault; entry: number };

/** What people do before or after the n-th change that a run makes, counted from 1. */
export interface Disturbance extends Death {
  act: Act;
  /** Whether they do it to the very place that is changed then, on its side. */
  isThere: boolean;
}

export const LISTING_FAULTS = ['REFUSED', 'BREAKS_OFF', 'PROOF_LOST', 'ROWS_VANISH', 'FOLDER_DENIED'] as const;
export type ListingFault = (typeof LISTING_FAULTS)[number];

/** The platform with other roles in place of its own. */
export function withRoles(inner: Platform, roles: Pick<Platform, 'source' | 'destination'>): Platform {
  const { kind, capabilities, limits, source, destination } = inner;
  return {
    ...{ kind, capabilities, limits },
    ...(source && { source }),
    ...(destination && { destination }),
    ...roles,
    find: (address, call) => inner.find(address, call),
    check: (call, probe) => inner.check(call, probe),
    close: () => inner.close(),
  };
}

/** The platform as it lists under a fault; `at` chooses the entry at which it strikes. */
export const faulty = (inner: Platform, fault: ListingFault, at: number): Platform =>
  withRoles(inner, { source: faultySource(inner.source!, fault, at) });

function faultySource(inner: Source, fault: ListingFault, at: number): Source {
  return {
    ...(inner.absence && { absence: inner.absence }),
    list: (request, call) => STRIKES[fault](inner.list(request, call), at),
    ...(inner.changes && { changes: (request, call) => breakingOff(inner.changes!(request, call), at) }),
    open: (item, call, range) => inner.open(item, call, range),
  };
}

const denied = () => new PlatformError('ACCESS_DENIED', 'The account may not see it any more.');

async function* breakingOff<T>(entries: AsyncIterable<T>, at: number): AsyncIterable<T> {
  let count = 0;
  for await (const entry of entries) {
    if (count++ >= at) throw denied();
    yield entry;
  }
}

type Strike = (entries: AsyncIterable<ListEntry>, at: number) => AsyncIterable<ListEntry>;

const STRIKES: Readonly<Record<ListingFault, Strike>> = {
  REFUSED: (entries) => breakingOff(entries, 0),
  BREAKS_OFF: breakingOff,
  async *PROOF_LOST(entries) {
    for await (const entry of entries) if (entry.type !== 'end') yield entry;
  },
  /** The listing is short, and tells that the platform counts more. */
  async *ROWS_VANISH(entries, at) {
    let shown = 0;
    for await (const entry of entries) {
      if (entry.type === 'end') yield { ...entry, proof: { ...entry.proof, seen: shown, total: entry.proof.seen } };
      else if (entry.type !== 'item' || shown < at) yield entry;
      if (entry.type === 'item' && shown < at) shown += 1;
    }
  },
  /** One of the first folders may not be listed. */
  async *FOLDER_DENIED(entries, at) {
    let path: readonly string[] | null = null;
    let seen = 0;
    for await (const entry of entries) {
      if (entry.type === 'end') yield { ...entry, proof: { ...entry.proof, seen } };
      else if (entry.type !== 'item' || path === null || !isBelow(entry.item.path, path)) yield entry;
      else continue;
      seen += Number(entry.type === 'item');
      if (path !== null || entry.type !== 'item' || entry.item.kind !== 'FOLDER' || seen <= at % 3) continue;
      path = entry.item.path;
      yield { type: 'problem', problem: { path, kind: 'FOLDER', error: denied() } };
    }
  },
};

const isBelow = (path: readonly string[], folder: readonly string[]): boolean =>
  path.length > folder.length && folder.every((name, index) => path[index] === name);
