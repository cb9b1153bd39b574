import { describe, expect, it } from 'vitest';
import { PlatformError, type Destination, type PlatformErrorKind } from '../platform/index.js';
import { AS_NAMED, defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryJob, MemoryEngineStore, quietRun } from '../testing/index.js';
import { executeRun, type RunContext } from './index.js';
import { COSTLY_FAILURES_IN_A_ROW, REFUSALS_IN_A_ROW, RefusalStreak } from './refusal-streak.js';
import { ofSource } from './source-errors.js';

const refusal = (message: string, remoteStatus: string | undefined = '403') =>
  new PlatformError('ACCESS_DENIED', message, { remoteStatus, remedy: 'Ask for the right.' });

/** A run of that many files in one folder, with what a destination is given to answer. */
function runOf(files: number, change: (destination: Destination) => Partial<Destination>) {
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform({ without: ['direct'] })];
  source.seed(Array.from({ length: files }, (_, n) => ({ path: `file ${n}.txt`, bytes: `bytes of ${n}` })));
  const store = new MemoryEngineStore(new MemoryJob());
  const original = destination.destination!;
  const changed = Object.assign(Object.create(original) as Destination, change(original));
  Object.assign(destination, { destination: changed });
  const context: RunContext = {
    source,
    destination,
    sourceRoot: [],
    destinationRoot: [],
    policies: { ...defaultPolicies('COPY'), maxParallelTransfers: 2 },
    store,
    clock: {
      now: () => Date.UTC(2026, 10, 21, 12),
      monotonic: () => Date.UTC(2026, 10, 21, 12),
      sleep: async () => {},
    },
    ...quietRun(),
  };
  return { store, source, destination, end: () => executeRun(context) };
}

it('a run stops after a few refused writes in a row, with one clear reason, instead of sending every file first', async () => {
  let writes = 0;
  const { end, store } = runOf(100, () => ({
    write: async () => {
      writes += 1;
      throw refusal('No right to upload.');
    },
  }));
  expect(await end()).toMatchObject({
    kind: 'BROKEN',
    error: {
      kind: 'ACCESS_DENIED',
      message: expect.stringContaining('No right to upload.') as string,
      remedy: 'Ask for the right.',
    },
  });
  expect(writes).toBeLessThanOrEqual(REFUSALS_IN_A_ROW + 2);
  expect(store.steps().filter(({ outcome }) => outcome === 'PENDING').length).toBeGreaterThan(90);
});

it('refused writes with others between them, and files that the source does not give, let a run go on', async () => {
  let count = 0;
  const { end } = runOf(40, (destination) => ({
    write: (request, call) => {
      count += 1;
      return count % 3 === 0 ? destination.write(request, call) : Promise.reject(refusal('No right to this one.'));
    },
  }));
  expect(await end()).toEqual({ kind: 'DONE' });
});

/** What is left to do after a run in which every file fails in that way, on a platform of which each try costs calls. */
async function spent(kind: PlatformErrorKind, remoteStatus?: string, isFree = false) {
  let tries = 0;
  const { end, store } = runOf(100, () => ({
    ...(isFree ? {} : { cost: () => 2 }),
    write: async () => {
      tries += 1;
      throw new PlatformError(kind, 'A proxy is in the way.', { remoteStatus });
    },
  }));
  const ended = await end();
  return { ended, tries, pending: store.steps().filter(({ outcome }) => outcome === 'PENDING').length };
}

describe('repeated failures of one kind end a run with one reason, instead of the calls of an hour', () => {
  it.each<[PlatformErrorKind, string | undefined]>([
    ['REJECTED', '422'],
    ['PLATFORM_ERROR', '500'],
    ['UNREACHABLE', 'ETIMEDOUT'],
    ['VERIFICATION_FAILED', undefined],
    ['CONTENT_INCOMPLETE', undefined],
  ])('%s', async (kind, remoteStatus) => {
    const { ended, tries, pending } = await spent(kind, remoteStatus);
    expect(ended).toMatchObject({ kind: 'BROKEN', error: { kind, remoteStatus: remoteStatus ?? null } });
    expect(ended).toMatchObject({ error: { message: expect.stringContaining('A proxy is in the way.') as string } });
    expect(tries).toBeLessThanOrEqual(COSTLY_FAILURES_IN_A_ROW + 2);
    expect(pending).toBeGreaterThan(70);
  });

  it('of reading from the source too, where that costs calls', async () => {
    const { end, source, destination } = runOf(100, () => ({}));
    Object.assign(source.destination!, { cost: () => 1 });
    const denied = new PlatformError('ACCESS_DENIED', 'No right to download.', { remoteStatus: '403' });
    source.failNext('open', denied, 1_000);
    expect(await end()).toMatchObject({
      kind: 'BROKEN',
      error: { message: expect.stringMatching(/^25 .*from the source.*No right to download/) as string },
    });
    expect(destination.tree()).toEqual([]);
  });

  it('but not where tries are free, nor what is wrong with each item alone', async () => {
    expect((await spent('REJECTED', '422', true)).ended).toEqual({ kind: 'DONE' });
    for (const kind of ['NAME_INVALID', 'FILE_TOO_LARGE', 'NAME_TAKEN', 'LOCKED'] as const)
      expect((await spent(kind, '422')).ended).toEqual({ kind: 'DONE' });
  });
});

it('only failures of one kind, of steps of one type and at one side count', () => {
  const context = { source: createMemoryPlatform(), destination: createMemoryPlatform(), words: AS_NAMED };
  const streak = new RefusalStreak(context);
  const feed = (...errors: PlatformError[]) =>
    errors.map((error) => streak.failed('TRANSFER', error)).filter(Boolean).length;
  const many = Array.from({ length: 4 }, () => refusal('No.'));
  expect(feed(...many, new PlatformError('DESTINATION_FULL', 'Full.', { remoteStatus: 'ENOSPC' }), ...many)).toBe(0);
  expect(feed(...Array.from({ length: 9 }, () => new PlatformError('ACCESS_DENIED', 'A system folder.')))).toBe(0);
  expect(feed(...Array.from({ length: 9 }, () => ofSource(refusal('A private file.'))))).toBe(0);
  expect(streak.failed('REMOVE', refusal('No.'))).toBeNull();
  streak.succeeded('REMOVE');
  expect(feed(refusal('No.'))).toBe(1);
  streak.succeeded('TRANSFER');
  expect(feed(...many)).toBe(0);
});

it('a plan warns by name of what the account may not do, and of nothing that is not planned', async () => {
  const { end, store } = runOf(3, () => ({
    denials: async () => [
      { action: 'CREATE', message: 'The account may not upload files.', remedy: 'Ask.' },
      { action: 'DELETE', message: 'The account may not delete files.', remedy: 'Ask.' },
    ],
  }));
  await end();
  const warnings = store.logged.filter(({ severity }) => severity === 'WARNING');
  expect(warnings.map(({ message }) => message)).toEqual([
    'The account may not upload files. 3 of the planned steps need it. Ask.',
  ]);
});
