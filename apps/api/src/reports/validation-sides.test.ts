import type { JobRow } from '../db/row-types.js';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformError, type Call, type ListEntry, type Platform } from '@sluice/core/platform';
import { createMemoryPlatform, item, type MemoryPlatform } from '@sluice/core/testing';
import { afterAll, expect, it } from 'vitest';
import { Refusal } from '../problems.js';
import type { KnownPair } from '../runs/reading/known-pairs.store.js';
import { jobRow } from '../runs/engine-store/testing.js';
import { COLUMNS } from './columns.js';
import type { ValidationTotals } from '../db/tables/reports.js';
import { Validation } from './validation.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-validation-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Sides {
  source: Platform;
  destination: Platform;
  job?: Partial<JobRow>;
  /** By identity at the source. */
  ledger?: ReadonlyMap<string, KnownPair>;
  signal?: AbortSignal;
  /** Whether calls of both sides are counted. */
  isCounted?: boolean;
}

async function validate({ source, destination, job: fields = {}, ledger, signal, isCounted = false }: Sides) {
  const places = { sourceRemoteId: null, destinationRemoteId: null };
  const job = jobRow({ id: 'job_1', rules: [], ...places, ...fields }) as JobRow;
  const validation = new Validation({
    connections: {
      open: async (id) => (id === job.sourceConnectionId ? source : destination),
      budgetIdOf: async () => (isCounted ? 'bud_1' : null),
    },
    known: {
      ledgerOf: async () => (ledger ? 1 : null),
      bySourceIds: async (_number: number, ids: readonly string[]) =>
        new Map(ids.flatMap((id) => (ledger?.has(id) ? [[id, ledger.get(id)!] as const] : []))),
    } as never,
    work: { subject: async () => ({ run: null, job }), requireSame: async () => undefined },
    clock: { now: () => 0 },
  });
  let totals: ValidationTotals | null = null;
  const making = {
    signal: signal ?? new AbortController().signal,
    folder,
    tell: (told: ValidationTotals) => void (totals = told),
  };
  const rows: Record<string, unknown>[] = [];
  for await (const part of validation.rows({ id: 'rep_1', subjectId: job.id }, making))
    for (const cells of part)
      rows.push(Object.fromEntries(COLUMNS.VALIDATION.map((name, index) => [name, cells[index] ?? null])));
  return { rows, totals: totals as ValidationTotals | null };
}

/** A platform with files of one content. */
const platformWith = (paths: readonly string[], isCaseSensitive = false): MemoryPlatform => {
  const platform = createMemoryPlatform({ limits: { isCaseSensitive } });
  platform.seed(paths.map((path) => ({ path, bytes: 'content' })));
  return platform;
};

it('takes nothing for missing or extra where a folder could not be listed, and tells of the folder', async () => {
  const paths = ['plans/a.pdf', 'plans/deep/b.pdf', 'other/c.pdf'];
  const denied = new PlatformError('ACCESS_DENIED', 'The folder may not be listed.');
  const [source, destination] = [platformWith(paths), platformWith(paths)];
  destination.denyListing('plans', denied);
  source.denyListing('other', denied);
  const { rows, totals } = await validate({ source, destination });
  expect(rows.map((row) => [row['difference'], row['sourcePath'], row['destinationPath'], row['message']])).toEqual([
    ['UNKNOWN', '/other', null, denied.message],
    ['UNKNOWN', null, '/plans', denied.message],
  ]);
  expect(totals).toMatchObject({ equalItems: 2, missingItems: 0, extraItems: 0, differentItems: 0 });
});

it('finds items under the names that the ledger knows, also what is new in a folder of another name', async () => {
  const source = platformWith(['a:b/c.pdf', 'a:b/new.pdf']);
  const destination = platformWith(['a_b/c.pdf', 'a_b/New.pdf']);
  const known = (sourceKey: string, destinationKey: string): [string, KnownPair] => [
    source.item(sourceKey)!.id,
    { sourceKey, destinationKey, sha256: null, sourceVersion: null, destinationVersion: null },
  ];
  const ledger = new Map([known('a:b', 'a_b'), known('a:b/c.pdf', 'a_b/c.pdf')]);
  expect((await validate({ source, destination, ledger })).rows).toEqual([]);
  source.denyListing('a:b', new PlatformError('ACCESS_DENIED', 'No.'));
  expect((await validate({ source, destination, ledger })).rows).toMatchObject([{ difference: 'UNKNOWN' }]);
});

it('tells names apart as the destination does', async () => {
  const [source, sensitive] = [platformWith(['Plan.pdf']), platformWith(['plan.pdf'], true)];
  expect((await validate({ source, destination: platformWith(['plan.pdf']) })).rows).toEqual([]);
  const { rows } = await validate({ source, destination: sensitive });
  expect(rows.map(({ difference }) => difference)).toEqual(['MISSING', 'EXTRA']);
});

it('tells of a file that cannot be read, and reads none where calls are counted', async () => {
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform()];
  source.seed([{ path: 'a.pdf', bytes: 'one' }]);
  destination.seed([{ path: 'a.pdf', bytes: 'two' }]);
  for (const platform of [source, destination]) withoutChecksums(platform);
  expect((await validate({ source, destination })).rows).toMatchObject([{ difference: 'DIFFERENT' }]);
  expect((await validate({ source, destination, isCounted: true })).rows).toEqual([]);
  destination.failNext('open', new PlatformError('ACCESS_DENIED', 'It may not be read.'));
  expect((await validate({ source, destination })).rows).toMatchObject([
    { difference: 'UNKNOWN', sourcePath: '/a.pdf', message: 'It may not be read.' },
  ]);
});

/** Lets a platform tell no checksum of its files. */
function withoutChecksums(platform: MemoryPlatform): void {
  const source = platform.source!;
  const list = source.list.bind(source);
  Object.assign(source, {
    list: async function* (...given: Parameters<typeof list>): AsyncIterable<ListEntry> {
      for await (const entry of list(...given))
        yield entry.type === 'item' ? { ...entry, item: { ...entry.item, sha256: null } } : entry;
    },
    listPacked: undefined,
  });
}

it.each<[string, (platform: Listed) => void, string]>([
  ['without proof', (listed) => (listed.proves = false), 'REMOTE_UNREACHABLE'],
  ['that breaks off', (listed) => (listed.breaksAt = 50), 'REMOTE_UNREACHABLE'],
])('fails for a listing %s instead of taking what it lacks for missing', async (_what, damage, code) => {
  const destination = listedPlatform(100);
  damage(destination);
  const failed = validate({ source: listedPlatform(100).platform, destination: destination.platform });
  await expect(failed).rejects.toThrow(Refusal);
  await failed.catch((error: Refusal) => expect(error.problems[0]).toMatchObject({ code, isRetryable: true }));
});

it('ends within a turn when it is no longer wanted', async () => {
  const end = new AbortController();
  const source = listedPlatform(50_000);
  source.onItem = (index) => index === 1_000 && end.abort(new Error('deleted'));
  const validating = validate({
    source: source.platform,
    destination: listedPlatform(50_000).platform,
    signal: end.signal,
  });
  await expect(validating).rejects.toThrow('deleted');
  expect(source.shown).toBeLessThan(2_000);
});

/** The long form is that of a million items. */
const ITEMS = Number(process.env['SLUICE_VALIDATION_ITEMS'] ?? 30_000);

it('takes no more memory for many items than for few, and leaves what it keeps in one folder', async () => {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const source = listedPlatform(ITEMS);
  source.onItem = (index) => {
    if (index % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
  };
  const began = performance.now();
  const { totals } = await validate({ source: source.platform, destination: listedPlatform(ITEMS - 1).platform });
  if (ITEMS > 30_000)
    process.stderr.write(`${ITEMS} items in ${Math.round(performance.now() - began)} ms, ${most >> 20} MiB\n`);
  expect(totals).toMatchObject({ sourceItems: ITEMS, equalItems: ITEMS - 1, missingItems: 1, extraItems: 0 });
  expect(most).toBeLessThan(192 * 1024 * 1024);
  expect(readdirSync(folder).every((name) => /^(source|destination)-\d+$/.test(name))).toBe(true);
}, 600_000);

interface Listed {
  platform: Platform;
  /** Items shown so far. */
  shown: number;
  proves: boolean;
  breaksAt: number | null;
  onItem: (index: number) => void;
}

/** A platform with so many files, made as they are listed. */
function listedPlatform(count: number): Listed {
  const memory = createMemoryPlatform();
  const root = item('', { id: 'root', kind: 'FOLDER' });
  async function* list(_request: unknown, { signal }: Call): AsyncIterable<ListEntry> {
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted();
      if (index === listed.breaksAt) throw new PlatformError('PLATFORM_ERROR', 'It broke off.', { retry: 'later' });
      listed.onItem(index);
      listed.shown += 1;
      yield { type: 'item', item: item(`file ${index} of many.pdf`, { sha256: 'a'.repeat(64) }) };
    }
    if (listed.proves) yield { type: 'end', proof: { root: 'root', seen: count, total: null } };
  }
  const { kind, capabilities, limits } = memory;
  const platform: Platform = {
    ...{ kind, capabilities, limits },
    source: { list, open: () => memory.source!.open(root, {} as Call) },
    find: async () => root,
    check: async () => [],
    close: async () => undefined,
  };
  const listed: Listed = { platform, shown: 0, proves: true, breaksAt: null, onItem: () => undefined };
  return listed;
}
