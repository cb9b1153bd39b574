import { PlatformError, type Call, type Denial, type Platform } from '@sluice/core/platform';
import type { Clock } from '@sluice/core/http';
import type { Policies } from '@sluice/core/plan';
import { problemOf } from '../problems.js';
import { findIssues, type Issue, type LocationFacts } from './issues.js';
import { segmentsOf } from './location.js';
import type { ConnectionRow, Connections } from './ports.js';

export interface StoredLocation {
  connectionId: string;
  path: string;
  remoteId: string | null;
}

/** What is checked of a job, saved or not. */
export interface Inspected {
  source: StoredLocation;
  destination: StoredLocation;
  policies: Policies;
}

const PATIENCE_MS = 5_000;
/** A page that is looked at again and again must not spend calls each time. */
const MEMORY_MS = 60_000;
const TOO_SLOW = { code: 'REMOTE_UNREACHABLE' as const, message: 'The platform did not answer in time.' };
const UNUSABLE = new Set(['INCOMPLETE', 'NEEDS_SIGN_IN', 'NEEDS_PROJECT']);

/** Finds out what stands against a job, within a bounded time. */
export class JobInspector {
  private readonly found = new Map<string, { value: LocationFacts['found']; until: number }>();

  constructor(
    private readonly connections: Connections,
    private readonly clock: Clock,
  ) {}

  /** `asksPlatform`: whether the source is looked for, which may cost a call. */
  async inspect(
    { source, destination, policies }: Inspected,
    asksPlatform: boolean,
    signal?: AbortSignal,
  ): Promise<Issue[]> {
    const rows = await this.connections.byIds([source.connectionId, destination.connectionId]);
    const [from, to] = await Promise.all([
      this.factsOf(source, rows[0] ?? null, asksPlatform, signal),
      this.factsOf(destination, rows[1] ?? null, false, signal),
    ]);
    return findIssues({ source: from, destination: to, policies });
  }

  /** What the account may not do at the destination, as far as it is known; no platform is asked. */
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
    asksPlatform: boolean,
    signal?: AbortSignal,
  ): Promise<LocationFacts> {
    const known = this.knownFacts(location, row);
    if (row === null || UNUSABLE.has(row.status)) return known;
    try {
      const platform = await this.connections.open(location.connectionId);
      const { capabilities, limits } = platform;
      const found = asksPlatform ? await this.find(platform, location, row, signal) : 'UNKNOWN';
      const roles = { canRead: platform.source !== undefined, canWrite: platform.destination !== undefined };
      return { ...known, capabilities, limits, found, ...roles };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const { code, message } = error.kind === 'ABORTED' ? TOO_SLOW : problemOf(error);
      return { ...known, failure: { code, message } };
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
        root: row.settings.kind === 'NETWORK_FILE_SHARE' ? row.settings.location : null,
      },
      capabilities: description?.capabilities ?? null,
      limits: description?.limits ?? null,
      found: 'UNKNOWN',
      canRead: null,
      canWrite: null,
      failure: null,
    };
  }

  private async find(
    platform: Platform,
    { connectionId, path, remoteId }: StoredLocation,
    row: ConnectionRow,
    signal?: AbortSignal,
  ): Promise<LocationFacts['found']> {
    if (path === '/') return 'FOLDER';
    const key = JSON.stringify([connectionId, row.version, row.status, path, remoteId]);
    const known = this.found.get(key);
    if (known !== undefined && known.until > this.clock.now()) return known.value;
    const call = interactiveCall(`job:${connectionId}`, this.clock, signal);
    const item = await platform.find(remoteId === null ? { path: segmentsOf(path) } : { id: remoteId }, call);
    const value = item === null ? 'MISSING' : item.kind;
    if (value === 'FOLDER') this.remember(key, value);
    return value;
  }

  private remember(key: string, value: LocationFacts['found']): void {
    const now = this.clock.now();
    for (const [other, { until }] of this.found) if (until <= now) this.found.delete(other);
    this.found.set(key, { value, until: now + MEMORY_MS });
  }
}

/** A request of a person to a platform, which gives up before the person does. */
export function interactiveCall(owner: string, clock: Clock, signal?: AbortSignal): Call {
  const limit = new AbortController();
  void clock.sleep(PATIENCE_MS, signal).then(
    () => limit.abort(new PlatformError('UNREACHABLE', TOO_SLOW.message)),
    () => undefined,
  );
  return {
    signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
    priority: 'INTERACTIVE',
    owner,
  };
}
