import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@sluice/api';
import { fillStore } from '@sluice/api/reads/fill-store.js';
import { StatementCounter, StoppableClock } from '@sluice/api/reads/statements.testing.js';
import { openTestApp, type TestApp } from '@sluice/api/testing.js';

/** Subscribers of one person from one address, more than a server lets in by default. */
export const SUBSCRIBERS = 1_000;

export interface FilledApp extends AsyncDisposable {
  test: TestApp;
  counter: StatementCounter;
  clock: StoppableClock;
  /** Where it listens. */
  url: string;
}

/** The application in this process, with a store that holds everything; limits that a bench would meet are out of the way. */
export async function openFilledApp(): Promise<FilledApp> {
  const clock = new StoppableClock();
  const counter = new StatementCounter();
  const many = 100 * SUBSCRIBERS;
  const limits = {
    ...DEFAULT_LIMITS,
    maxCost: Number.MAX_SAFE_INTEGER,
    costPerMinute: Number.MAX_SAFE_INTEGER,
    maxAliases: many,
    subscribesPerSecond: many,
    subscribeBurst: many,
    pingsPerMinute: many,
    maxSocketsPerActor: many,
    maxSocketsPerAddress: many,
    maxHttpSocketsPerAddress: many,
  };
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const test = await openTestApp({ limits, role: 'api' }, { overrides: { clock }, onStatement: counter.observe });
  await fillStore(test.app.base.db, folder);
  return {
    test,
    counter,
    clock,
    url: await test.app.listen(),
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
