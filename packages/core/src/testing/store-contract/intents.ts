import { expect } from 'vitest';
import { ROOTS, working, collect, groupsOf, type StorePromises } from './bench.js';
import { NOW, LATER, item, step, outcome, ledgerEntry, staged } from './samples.js';

/** What had begun and has no outcome. */
export function intentPromises(promise: StorePromises): void {
  promise('tells what had begun and has no outcome, with the hash of what was about to stand there', async (bench) => {
    await bench.planned(step('a'), step('b'), step('c'), step('d'));
    const ids = (await bench.store.claim(4)).map(({ id }) => id);
    await bench.store.begin(ids.slice(0, 3), NOW);
    await bench.store.noteHashes([{ stepId: ids[1]!, sha256: 'abcd' }]);
    await bench.store.commit([outcome(ids[0]!)]);
    const restarted = await bench.harness.restarted(bench.store);
    const intents = await collect(restarted.openIntents());
    expect(intents.map((each) => [each.stepId, each.isOfThisRun, each.sha256])).toEqual([
      [ids[1], true, 'abcd'],
      [ids[2], true, null],
    ]);
    expect(intents[0]).toMatchObject({ begunAt: NOW, step: { sourceKey: 'b' } });
    await restarted.commit([outcome(ids[1]!, { attempt: null, ledger: ledgerEntry('b') })]);
    expect((await restarted.claim(4)).map(({ step: each }) => each.sourceKey)).toEqual(['c', 'd']);
    await restarted.release([ids[3]!]);
    expect((await collect(restarted.openIntents())).map(({ stepId }) => stepId)).toEqual([ids[2]]);
  });

  promise('gives a step that was revised as it is now, also as an intent', async (bench) => {
    await bench.planned(step('a'), step('b'));
    const [a] = await bench.store.claim(1);
    await bench.store.begin([a!.id], NOW);
    const existing = item('a', { id: 'there', version: '8' });
    const revised = step('a', { action: 'UPDATE', existing, source: item('a', { version: '2', modifiedAt: LATER }) });
    await bench.store.reviseSteps([{ stepId: a!.id, step: revised }]);
    const restarted = await bench.harness.restarted(bench.store);
    expect((await collect(restarted.openIntents())).map((each) => each.step)).toEqual([revised]);
    expect((await restarted.claim(2)).map((claimed) => claimed.step)).toEqual([revised, step('b')]);
  });

  promise(
    'leaves what had begun to the next run, which forgets it and remembers what was carried out',
    async (bench) => {
      await bench.planned(step('a'), step('b'));
      const [a, b] = await bench.store.claim(2);
      await bench.store.begin([a!.id, b!.id], NOW);
      const [own] = await bench.store.locationPairs();
      const elsewhere = await bench.harness.nextRun();
      await elsewhere.useLedger(null, { source: 'other', destination: null });
      expect(await collect(elsewhere.openIntents())).toEqual([]);
      const next = await bench.harness.nextRun();
      await next.useLedger(own!.number, ROOTS);
      const open = await collect(next.openIntents());
      expect(open.map(({ stepId, isOfThisRun }) => [stepId, isOfThisRun]).sort()).toEqual(
        [
          [a!.id, false],
          [b!.id, false],
        ].sort(),
      );
      await next.forgetIntents([
        { stepId: a!.id, ledger: ledgerEntry('a') },
        { stepId: b!.id, ledger: null },
      ]);
      expect(await collect(next.openIntents())).toEqual([]);
      await next.stage('SOURCE', [staged('a'), staged('b')]);
      const [group] = await groupsOf(next);
      expect(group!.items.map(({ ledger }) => ledger && ledger.sourceId)).toEqual([ledgerEntry('a').sourceId, null]);
    },
  );

  promise(
    'goes on with a step of which a part has arrived: the ledger knows the part, and the step begins anew',
    async (bench) => {
      await bench.planned(step('a'), step('b'));
      const [a] = await bench.store.claim(1);
      await bench.store.begin([a!.id], NOW);
      await bench.store.noteHashes([{ stepId: a!.id, sha256: 'abcd' }]);
      const existing = item('a', { id: 'there', version: '8' });
      const first = {
        action: 'UPDATE',
        existing: item('a', { version: '7', modifiedAt: LATER }),
        renameExistingTo: null,
      } as const;
      const chain = { held: '1', first, versions: 1, bytes: 3 };
      const source = item('a', {
        version: '2',
        modifiedAt: LATER,
        isFormer: true,
        formerVersions: 2,
        versionNumber: 1,
        fields: { stage: 'Built' },
        tags: ['a'],
      });
      const next = step('a', { action: 'UPDATE', existing, source, chain });
      await bench.store.saveCheckpoint(a!.id, 'of the part');
      await bench.store.forgetIntents([{ stepId: a!.id, ledger: ledgerEntry('a'), step: next }]);
      const restarted = await bench.harness.restarted(bench.store);
      expect(await collect(restarted.openIntents())).toEqual([]);
      expect(await restarted.entryOf('SOURCE', ledgerEntry('a').sourceId)).toMatchObject({
        sourceKey: 'a',
        destinationKey: 'a',
      });
      const [again] = await restarted.claim(1);
      expect(again).toMatchObject({ id: a!.id, step: next, inDoubtSince: null, checkpoint: null });
      await restarted.begin([a!.id], LATER);
      expect((await collect(restarted.openIntents())).map(({ sha256 }) => sha256)).toEqual([null]);
    },
  );

  promise('learns of moves and removals that a former run carried out when it forgets them', async (bench) => {
    const former = await bench.remembering(...['f', 'f/a', 'gone', 'kept'].map((key) => ledgerEntry(key)));
    await former.appendSteps([step('g'), step('gone'), step('kept')]);
    await former.finishPlan('digest');
    await former.enter('TRANSFERRING');
    const ids = (await former.claim(3)).map(({ id }) => id);
    await former.begin(ids, NOW);
    const next = await working(await bench.harness.nextRun());
    const at = { sourceKey: 'g', destinationKey: 'g' };
    await next.forgetIntents([
      { stepId: ids[0]!, ledger: ledgerEntry('f', at), moved: { sourceKey: 'f', destinationKey: 'f' } },
      { stepId: ids[1]!, ledger: null, forgetLedger: true },
      { stepId: ids[2]!, ledger: null },
    ]);
    expect(await collect(next.openIntents())).toEqual([]);
    const places = (await collect(next.lostEntries())).map((each) => `${each.sourceKey} ${each.destinationKey}`);
    expect([...places].sort()).toEqual(['g g', 'g/a g/a', 'kept kept']);
  });
}
