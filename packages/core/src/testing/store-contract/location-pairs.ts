import { expect } from 'vitest';
import type { LocationPair } from '../../prove/index.js';
import { ROOTS, ledgerOf, type StorePromises } from './bench.js';
import { ledgerEntry, staged } from './samples.js';

/** The places between which a job works. */
export function locationPairPromises(promise: StorePromises): void {
  promise('has a ledger for each pair of places, and the former one again when it is used again', async (bench) => {
    const first = await bench.remembering(ledgerEntry('a'));
    const [{ number }] = (await first.locationPairs()) as [LocationPair];
    await first.useLedger(null, { source: 'other', destination: null });
    await first.stage('SOURCE', [staged('a')]);
    expect(await ledgerOf(first)).toEqual([null]);
    const [fresh, former] = await first.locationPairs();
    expect(fresh).toMatchObject({ sourceRoot: 'other', destinationRoot: null, itemCount: 0 });
    expect(former).toMatchObject({
      number,
      sourceRoot: ROOTS.source,
      destinationRoot: ROOTS.destination,
      itemCount: 1,
    });
    await first.stage('DESTINATION', [staged('', { kind: 'FOLDER', id: 'made' })]);
    expect((await first.locationPairs())[0]?.destinationRoot).toBe('made');
    await first.useLedger(number, ROOTS);
    expect(await ledgerOf(await bench.harness.restarted(first))).toEqual(['d:a']);
    expect((await first.locationPairs())[0]?.number).toBe(number);
  });

  promise('remembers what a frozen scope holds, for each pair of places', async (bench) => {
    const { store } = bench;
    expect(await store.scopeState()).toBe('OPEN');
    const many = Array.from({ length: 3_000 }, (_, index) => 2 ** 52 - index - 1);
    await store.addScopeMarks(many);
    await store.addScopeMarks([...many.slice(0, 2), 7]);
    await store.setScopeState('LISTED');
    const next = await bench.harness.nextRun();
    await next.useLedger((await next.locationPairs())[0]!.number, ROOTS);
    expect(await next.scopeState()).toBe('LISTED');
    expect(await next.knownScopeMarks([1, 7, many[0]!, many.at(-1)!, 2 ** 52])).toEqual(
      new Set([7, many[0], many.at(-1)]),
    );
    await next.setScopeState('FROZEN');
    expect((await next.knownScopeMarks(many)).size).toBe(3_000);
    await next.useLedger(null, { source: 'other', destination: null });
    expect([await next.scopeState(), (await next.knownScopeMarks(many)).size]).toEqual(['OPEN', 0]);
    await store.setScopeState('OPEN');
    expect((await store.knownScopeMarks([7])).size).toBe(0);
  });

  promise('knows which question it asked last, also after a restart', async (bench) => {
    expect(await bench.store.isAccepted('Is it right?')).toBe(false);
    const restarted = await bench.harness.restarted(bench.store);
    expect(await restarted.isAccepted('Is it right?')).toBe(true);
    expect(await restarted.isAccepted('And this?')).toBe(false);
    expect(await (await bench.harness.nextRun()).isAccepted('And this?')).toBe(false);
  });
}
