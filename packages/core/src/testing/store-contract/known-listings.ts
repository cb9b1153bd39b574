import { expect } from 'vitest';
import { SIDES, type Side } from '../../plan/index.js';
import { unpackItems } from '../../platform/index.js';
import type { EngineStore } from '../../run/index.js';
import { collect, working, type StorePromises } from './bench.js';
import { item, outcome, staged, step } from './samples.js';

const KNOWN = { token: 'since', root: 'r', settings: 's', fullAt: 1, deltas: 2 };
const HOW = { kind: 'FULL', reason: 'It is the first.' } as const;

async function namesOf(run: EngineStore, side: Side): Promise<string[]> {
  return (await collect(run.knownFolders(side))).map(({ key, items }) => {
    const paths = unpackItems(items).map(({ path }) => path.join('/'));
    return `${key}: ${paths.sort().join(' ')}`;
  });
}

/** Lists these paths at both sides; those without a dot are folders. */
async function listed(run: EngineStore, ...paths: string[]): Promise<void> {
  await run.reset();
  const items = paths.map((path) => staged(path, path.includes('.') ? {} : { kind: 'FOLDER' }));
  for (const side of SIDES) {
    await run.stage(side, items);
    await run.stageProof(side, { root: 'r', seen: paths.length, total: null, token: 'since' }, HOW, KNOWN);
  }
}

/** Listings from which a later run goes on. */
export function knownListingPromises(promise: StorePromises): void {
  promise('knows a listing once its run came to its end, with its folders top-down', async (bench) => {
    await listed(bench.store, 'f', 'f/b.txt', 'a.txt');
    expect(await (await working(await bench.harness.nextRun())).knownListing('SOURCE')).toBeNull();
    const next = await bench.nextRun();
    expect(await next.knownListing('SOURCE')).toEqual(KNOWN);
    expect(await namesOf(next, 'SOURCE')).toEqual([': a.txt f', 'f: f/b.txt']);
    await next.reset();
    expect(await namesOf(next, 'DESTINATION')).toEqual([': a.txt f', 'f: f/b.txt']);
  });

  promise(
    'keeps the listing of before when a run does not come to its end, and replaces it when one does',
    async (bench) => {
      await listed(bench.store, 'a.txt');
      await listed(await bench.nextRun(), 'b.txt');
      const next = await working(await bench.harness.nextRun());
      expect(await namesOf(next, 'SOURCE')).toEqual([': a.txt']);
      await listed(next, 'c.txt');
      await next.enter('DONE');
      const last = await working(await bench.harness.nextRun());
      expect(await namesOf(last, 'SOURCE')).toEqual([': c.txt']);
      await last.enter('DONE');
      const after = await working(await bench.harness.nextRun());
      expect([await after.knownListing('SOURCE'), await namesOf(after, 'SOURCE')]).toEqual([null, []]);
    },
  );

  promise('knows no listing of other places', async (bench) => {
    await listed(bench.store, 'a.txt');
    await bench.store.enter('DONE');
    const next = await bench.harness.nextRun();
    await next.useLedger(null, { source: 'other', destination: null });
    expect([await next.knownListing('SOURCE'), await namesOf(next, 'SOURCE')]).toEqual([null, []]);
  });

  promise('knows a listing of the destination without what its run removed', async (bench) => {
    const { store } = bench;
    await listed(store, 'a.txt', 'b.txt');
    await store.appendSteps([step('a.txt', { existing: item('a.txt') })]);
    await store.finishPlan('digest');
    const [claimed] = await store.claim(1);
    await store.commit([outcome(claimed!.id, { outcome: 'DELETED', destination: null, forgetLedger: true })]);
    const next = await bench.nextRun();
    expect(await namesOf(next, 'DESTINATION')).toEqual([': b.txt']);
    expect(await namesOf(next, 'SOURCE')).toEqual([': a.txt b.txt']);
  });
}
