import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, seeded } from '@sluice/procore-sandbox';
import type { Sandbox, SandboxInput } from '@sluice/procore-sandbox';
import type { Budget, Clock, Fetch, FetchInit } from '@sluice/core/http';
import type { Call, Item, ListEntry, Platform } from '@sluice/core/platform';
import { loneBudget } from '@sluice/core/testing';
import { createProcorePlatform } from './platform.js';
import type { ProcoreOptions, ProcoreSettings, TokenSet, TokenStore } from './types.js';

/** Real time in which short waits take a moment only; long ones, which are time limits, take as long as they say. */
export const quickClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Date.now(),
  sleep: (milliseconds, signal) =>
    sleep(milliseconds < 10_000 ? Math.min(milliseconds, 2) : milliseconds, undefined, { signal, ref: false }),
};

export class MemoryTokens implements TokenStore {
  readonly saved: (TokenSet | null)[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  constructor(public current: TokenSet | null) {}

  async load(): Promise<TokenSet | null> {
    return this.current;
  }

  async save(tokens: TokenSet | null): Promise<void> {
    this.current = tokens;
    this.saved.push(tokens);
  }

  withLock<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}

export function testCall(overrides: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, priority: 'JOB', owner: 'test', ...overrides };
}

export function testBudget(clock: Clock = quickClock): Budget {
  return loneBudget(clock, { hourlyLimit: 100_000, spikeLimit: 100_000 });
}

/** The web's `fetch`, typed as the connector sees it. */
export const webFetch: Fetch = (url, init) => fetch(url, init);

export interface Bench {
  sandbox: Sandbox;
  platform: Platform;
  tokens: MemoryTokens;
  /** Every request in order, as `METHOD path?query`, with what it carried. */
  requests: { method: string; url: URL; headers: Record<string, string> }[];
  close: () => Promise<void>;
}

export type BenchInput = Partial<Omit<ProcoreOptions, 'settings'>> & {
  sandbox?: SandboxInput;
  settings?: Partial<ProcoreSettings>;
  login?: string;
};

/** A sandbox with an empty project, and a connector that is signed in to it. */
export async function openBench({ sandbox: input, settings, login, ...options }: BenchInput = {}): Promise<Bench> {
  const sandbox = await startSandbox({ seedContent: false, limits: { hourly: 100_000, spike: 100_000 }, ...input });
  const issued = sandbox.control.issueTokens(login);
  const now = Date.now();
  const tokens = new MemoryTokens({
    accessToken: issued.access_token,
    refreshToken: issued.refresh_token ?? null,
    obtainedAt: now,
    expiresAt: now + issued.expires_in * 1000,
  });
  const requests: Bench['requests'] = [];
  const recording: Fetch = (url, init?: FetchInit) => {
    requests.push({ method: init?.method ?? 'GET', url: new URL(url), headers: init?.headers ?? {} });
    return (options.fetch ?? webFetch)(url, init);
  };
  const platform = createProcorePlatform({
    client: { id: seeded.clientId, secret: seeded.clientSecret },
    grant: 'AUTHORIZATION_CODE',
    tokens,
    budget: testBudget(),
    clock: quickClock,
    random: Math.random,
    ...options,
    fetch: recording,
    settings: {
      loginUrl: sandbox.loginUrl,
      apiUrl: sandbox.apiUrl,
      companyId: String(seeded.companyId),
      projectId: String(seeded.projectId),
      ...settings,
    },
  });
  return {
    sandbox,
    platform,
    tokens,
    requests,
    close: async () => {
      await platform.close();
      await sandbox.close();
    },
  };
}

export async function listAll(
  platform: Platform,
  path: string[] = [],
  isShallow = false,
): Promise<{ items: Item[]; problems: ListEntry[] }> {
  const items: Item[] = [];
  const problems: ListEntry[] = [];
  for await (const entry of platform.source?.list({ folder: { path }, isShallow }, testCall()) ?? []) {
    if (entry.type === 'item') items.push(entry.item);
    else if (entry.type === 'problem') problems.push(entry);
  }
  return { items, problems };
}
