import { PlatformError, type Call, type Denial, type Platform } from '@sluice/core/platform';
import type { Clock } from '@sluice/core/http';
import type { Policies, TransferType } from '@sluice/core/plan';
import type { ConnectionRow } from '../db/row-types.js';
import { folderOf } from '../db/tables/connections.js';
import { problemOf } from '../problems.js';
import { findIssues, type Issue, type LocationFacts } from './issues.js';
import { segmentsOf } from './location.js';
import { Memory } from './memory.js';
import type { ConnectionAccess } from './ports.js';

export interface StoredLocation {
  connectionId: string;
  path: string;
  remoteId: string | null;
}

/** The fields of a job, saved or not, that a check looks at. */
export interface Inspected {
  source: StoredLocation;
  /** Null for a scan. */
  destination: StoredLocation | null;
  transferType: TransferType;
  policies: Policies;
}

const LOOKUP_TIMEOUT_MS = 5_000;
/** Findings are remembered for this time, so that a page which is opened repeatedly does not spend calls each time. */
export const FINDINGS_KEPT_MS = 60_000;
const TOO_SLOW = { code: 'REMOTE_UNREACHABLE' as const, message: 'The platform did not answer in time.' };
const UNUSABLE = new Set(['INCOMPLETE', 'NEEDS_SIGN_IN', 'NEEDS_PROJECT']);

/**
 * Whether the check looks for the source at the platform: never; only when nothing was found out within the last minute;
 * or always.
 */
export type Look = 'NEVER' | 'REMEMBERED' | 'ANEW';

type Found = Pick<LocationFacts, 'found' | 'failure'>;

/** Finds out what keeps a job from running, within a bounded time. */
export class JobInspector {
  private readonly found: Memory<Found>;

  constructor(
    private readonly connections: ConnectionAccess,
    private readonly clock: Clock,
  ) {
    this.found = new Memory(clock, FINDINGS_KEPT_MS);
  }

  async inspect({ source, destination, ...rules }: Inspected, look: Look, signal?: AbortSignal): Promise<Issue[]> {
    const rows = await this.connections.byIds([
      source.connectionId,
      ...(destination ? [destination.connectionId] : []),
    ]);
    const [from, to] = await Promise.all([
      this.factsOf(source, rows[0] ?? null, look, signal),
      destination && this.factsOf(destination, rows[1] ?? null, 'NEVER', signal),
    ]);
    return findIssues({ source: from, destination: to, ...rules });
  }

  /** Actions that the account may not do at the destination, as far as they are known; no platform is asked. */
  async denials(connectionId: string): Promise<readonly Denial[]> {
    try {
      const { destination } = await this.connections.open(connectionId);
      return (await destination?.denials?.(null)) ?? [];
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return [];
    }
  }

  private async factsOf(
    location: StoredLocation,
    row: ConnectionRow | null,
    look: Look,
    signal?: AbortSignal,
  ): Promise<LocationFacts> {
    const known = this.knownFacts(location, row);
    if (row === null || UNUSABLE.has(row.status)) return known;
    try {
      const platform = await this.connections.open(location.connectionId);
      const { capabilities, limits } = platform;
      const found = look === 'NEVER' ? NOT_ASKED : await this.find(platform, location, row, look, signal);
      return { ...known, capabilities, limits, ...found, ...rolesOf(platform) };
    } catch (error) {
      return { ...known, failure: failureOf(error) };
    }
  }

  private knownFacts({ connectionId, path }: StoredLocation, row: ConnectionRow | null): LocationFacts {
    const description = row && this.connections.describe(row.platform);
    return {
      connectionId,
      path,
      connection: row && {
        name: row.name,
        status: row.status,
        statusMessage: row.statusMessage,
        platform: row.platform,
        root: folderOf(row.settings),
      },
      capabilities: description?.capabilities ?? null,
      limits: description?.limits ?? null,
      found: 'UNKNOWN',
      canRead: null,
      canWrite: null,
      provesAbsence: null,
      canRemove: null,
      canRemoveForGood: null,
      failure: null,
    };
  }

  /** Remembers the result of a look-up: found, missing, and platform not reachable alike. */
  private async find(
    platform: Platform,
    location: StoredLocation,
    row: ConnectionRow,
    look: Look,
    signal?: AbortSignal,
  ): Promise<Found> {
    const { connectionId, path, remoteId } = location;
    if (path === '/') return { found: 'FOLDER', failure: null };
    const key = JSON.stringify([connectionId, row.version, row.status, path, remoteId]);
    const known = look === 'REMEMBERED' ? this.found.recall(key) : undefined;
    if (known !== undefined) return known;
    const found = await this.ask(platform, location, signal);
    if (signal?.aborted !== true) this.found.remember(key, found);
    return found;
  }

  private async ask(
    platform: Platform,
    { connectionId, path, remoteId }: StoredLocation,
    signal?: AbortSignal,
  ): Promise<Found> {
    const address = remoteId === null ? { path: segmentsOf(path) } : { id: remoteId };
    try {
      const asking = { owner: `job:${connectionId}`, clock: this.clock, signal };
      const item = await askForPerson(asking, (call) => platform.find(address, call));
      return { found: item === null ? 'MISSING' : item.kind, failure: null };
    } catch (error) {
      return { found: 'UNKNOWN', failure: failureOf(error) };
    }
  }
}

const rolesOf = ({ source, destination }: Platform) => ({
  canRead: source !== undefined,
  canWrite: destination !== undefined,
  provesAbsence: source?.absence !== undefined,
  canRemove: destination?.remove !== undefined,
  canRemoveForGood: destination?.removesForGood ?? false,
});

const NOT_ASKED: Found = { found: 'UNKNOWN', failure: null };

/** The reason for which a platform could not be asked. Throws an error that is no `PlatformError`. */
function failureOf(error: unknown): LocationFacts['failure'] {
  if (!(error instanceof PlatformError)) throw error;
  const { code, message } = error.kind === 'ABORTED' ? TOO_SLOW : problemOf(error);
  return { code, message };
}

/**
 * Asks a platform on behalf of a person, who waits: the call ends after `LOOKUP_TIMEOUT_MS`, and its time with the answer.
 * An operation asks for many things under one signal, which therefore keeps nothing of what is answered.
 */
export async function askForPerson<T>(
  { owner, clock, signal }: { owner: string; clock: Clock; signal: AbortSignal | undefined },
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const [limit, answered] = [new AbortController(), new AbortController()];
  clock.sleep(LOOKUP_TIMEOUT_MS, answered.signal).then(
    () => limit.abort(new PlatformError('UNREACHABLE', TOO_SLOW.message)),
    () => undefined,
  );
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  try {
    return await work({ signal: either, priority: 'INTERACTIVE', owner });
  } finally {
    answered.abort();
  }
}
