import { expect } from 'vitest';
import type { ClaimedStep } from '../../run/index.js';
import { groupsOf, type StorePromises } from './bench.js';
import { NOW, LATER, item, step, settledStep, outcome, staged } from './samples.js';

/** The steps of a plan, and what a process that died leaves of them. */
export function stepPromises(promise: StorePromises): void {
  promise('forgets an interrupted planning', async (bench) => {
    await bench.store.stage('SOURCE', [staged('a')]);
    await bench.store.appendSteps([step('a')]);
    await bench.store.countUnchanged(3, 30);
    await bench.store.reset();
    expect(await groupsOf(bench.store)).toEqual([]);
    await bench.store.finishPlan('x');
    expect(await bench.store.claim(10)).toEqual([]);
  });

  promise('claims pending steps in order, each once, and no inert ones', async (bench) => {
    await bench.planned(
      step('a'),
      settledStep('b', { action: 'SKIP' }),
      settledStep('c', { action: 'REFUSE' }),
      step('d'),
      settledStep('e', { action: 'ADOPT', existing: item('e') }),
    );
    const first = await bench.store.claim(2);
    const second = await bench.store.claim(2);
    expect([...first, ...second].map((claimed) => claimed.step.sourceKey)).toEqual(['a', 'd', 'e']);
    expect(first[0]).toMatchObject({ inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 });
    expect(first[0]!.step).toEqual(step('a'));
  });

  promise(
    'gives steps that take an item as it is beside all others, and again where a process died first',
    async (bench) => {
      const adopting = (key: string) => settledStep(key, { action: 'ADOPT', existing: item(key) });
      await bench.planned(
        ...[step('a'), adopting('b'), settledStep('c', { action: 'SKIP' })],
        ...[
          settledStep('d', { action: 'ADOPT', existing: item('d'), afterMove: { folderId: null, existingKey: null } }),
          adopting('e'),
        ],
      );
      const keysOf = (claimed: readonly ClaimedStep[]) => claimed.map((each) => each.step.sourceKey);
      expect(keysOf(await bench.store.claimInert(10, 'SOURCE'))).toEqual([]);
      const [b] = await bench.store.claimInert(1);
      expect(b).toMatchObject({
        step: adopting('b'),
        inDoubtSince: null,
        checkpoint: null,
        failedRuns: 0,
        attempts: 0,
      });
      expect(keysOf(await bench.store.claimInert(10))).toEqual(['e']);
      expect(await bench.store.claimInert(10)).toEqual([]);
      await bench.store.commit([outcome(b!.id, { outcome: 'ADOPTED' })]);
      const restarted = await bench.harness.restarted(bench.store);
      const [e] = await restarted.claimInert(10);
      expect(e!.step).toEqual(adopting('e'));
      await restarted.commit([outcome(e!.id, { outcome: 'ADOPTED' })]);
      expect(keysOf(await restarted.claim(10))).toEqual(['a', 'd']);
    },
  );

  promise('finds the few steps that take an item as it is among thousands of others', async (bench) => {
    const keys = Array.from({ length: 4_500 }, (_, index) => `f${index}`);
    const few = new Set(['f0', 'f2100', 'f4499']);
    const planned = (key: string) =>
      few.has(key) ? settledStep(key, { action: 'ADOPT', existing: item(key) }) : step(key);
    await bench.planned(...keys.map(planned));
    const claimed = [...(await bench.store.claimInert(2)), ...(await bench.store.claimInert(2))];
    expect(claimed.map((each) => each.step.sourceKey)).toEqual([...few]);
  });

  promise('gives steps that were in progress at a crash first, with their beginning and checkpoint', async (bench) => {
    await bench.planned(step('a'), step('b'), step('c'));
    const [a, b] = await bench.store.claim(2);
    await bench.store.begin([a!.id, b!.id], NOW);
    await bench.store.saveCheckpoint(b!.id, 'part 2');
    await bench.store.commit([outcome(a!.id)]);
    const restarted = await bench.harness.restarted(bench.store);
    const again = await restarted.claim(5);
    expect(again.map((claimed) => [claimed.step.sourceKey, claimed.inDoubtSince, claimed.checkpoint])).toEqual([
      ['b', NOW, 'part 2'],
      ['c', null, null],
    ]);
    await restarted.begin([b!.id], LATER);
    const twice = await (await bench.harness.restarted(restarted)).claim(1);
    expect(twice[0]!.inDoubtSince).toEqual(NOW);
  });

  promise('gives steps that were claimed at a crash and not begun without doubt, in their order', async (bench) => {
    await bench.planned(step('a'), step('b'), step('c'));
    const [, b] = await bench.store.claim(3);
    await bench.store.begin([b!.id], NOW);
    const again = await (await bench.harness.restarted(bench.store)).claim(3);
    expect(again.map((claimed) => [claimed.step.sourceKey, claimed.inDoubtSince])).toEqual([
      ['b', NOW],
      ['a', null],
      ['c', null],
    ]);
  });

  promise('gives released steps again without doubt', async (bench) => {
    await bench.planned(step('a'));
    const [a] = await bench.store.claim(1);
    await bench.store.begin([a!.id], NOW);
    await bench.store.release([a!.id]);
    expect((await bench.store.claim(1))[0]).toMatchObject({ id: a!.id, inDoubtSince: null });
    expect((await (await bench.harness.restarted(bench.store)).claim(1))[0]).toMatchObject({
      id: a!.id,
      inDoubtSince: null,
    });
  });

  promise('keeps the doubt of a step that a former process began when it is released', async (bench) => {
    await bench.planned(step('a'));
    const [a] = await bench.store.claim(1);
    await bench.store.begin([a!.id], NOW);
    const restarted = await bench.harness.restarted(bench.store);
    await restarted.claim(1);
    await restarted.begin([a!.id], LATER);
    await restarted.release([a!.id]);
    expect((await restarted.claim(1))[0]).toMatchObject({ id: a!.id, inDoubtSince: NOW });
  });

  promise('claims and commits more steps than fit into one statement, each once', async (bench) => {
    const keys = Array.from({ length: 1_300 }, (_, index) => `f${String(index).padStart(4, '0')}`);
    await bench.planned(...keys.map((key) => step(key)));
    const claimed = [
      ...(await bench.store.claim(700)),
      ...(await bench.store.claim(700)),
      ...(await bench.store.claim(700)),
    ];
    expect(claimed.map((each) => each.step.sourceKey)).toEqual(keys);
    await bench.store.begin(
      claimed.map(({ id }) => id),
      NOW,
    );
    await bench.store.commit(claimed.map(({ id }) => outcome(id)));
    expect(await (await bench.harness.restarted(bench.store)).claim(1)).toEqual([]);
  });
}
