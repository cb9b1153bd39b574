import { expect, it } from 'vitest';
import type { OpenIntent } from '@sluice/core/run';
import { folderStep, item, ledgerEntry, outcome, step } from '@sluice/core/testing';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { LATER, NOW, RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError } from '../store-context.js';

async function intentsOf({ store }: RunAtWork): Promise<OpenIntent[]> {
  const all: OpenIntent[] = [];
  for await (const intent of store.openIntents()) all.push(intent);
  return all;
}

describeOnBothDatabases('what had begun and has no outcome', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async () => RunAtWork.begin(await (shared ??= open()));

  /** A run of these steps, all of which have begun. */
  async function begun(...steps: Parameters<RunAtWork['planned']>) {
    const work = await (await begin()).planned(...steps);
    const ids = await work.claimed(steps.length);
    await work.store.begin(ids, NOW);
    return { work, ids: ids as [string, ...string[]] };
  }

  /** What the ledger has, as `KIND key`. */
  async function remembered(work: RunAtWork): Promise<string[]> {
    const { ledgerEntries: table } = work.db.tables;
    const [pair] = await work.store.locationPairs();
    const rows = await work.db.reader.select().from(table);
    const own = rows.filter((row) => row.pair === pair?.number);
    return own.map((row) => `${row.isFolder ? 'FOLDER' : 'FILE'} ${row.sourceFolder}${row.sourceName}`).sort();
  }

  /** A run whose ledger has a file and a folder under each of these keys. */
  async function remembering(...keys: string[]): Promise<RunAtWork> {
    const former = await (await begin()).planned(...keys.flatMap((key) => [step(key), folderStep(key)]));
    const claimed = await former.store.claim(2 * keys.length);
    await former.store.commit(
      claimed.map(({ id, step: { kind, sourceKey } }) => {
        const ids = { sourceId: `${kind} ${sourceKey}`, destinationId: `${kind} ${sourceKey}` };
        return outcome(id, { ledger: ledgerEntry(sourceKey ?? '', { kind, ...ids }) });
      }),
    );
    return former.next();
  }

  it('is told with the whole step, whatever it does, and the hash of the content that was about to stand there', async () => {
    const existing = item('c', { version: '4' });
    const steps = [
      step('a', { side: 'SOURCE', callCount: 7, readCallCount: 3 }),
      folderStep('b', { reason: 'OTHER', message: 'It is odd.' }),
      step('c', { action: 'UPDATE', existing, isDestructive: true, byteCount: 77 }),
      step('d', { isRevised: true, destinationKey: 'd_', name: 'd_', remedy: 'Rename it.' }),
    ];
    const work = await (await begin()).planned(...steps);
    const atSource = (await work.store.claim(9, 'SOURCE')).map(({ id }) => id);
    const ids = [...atSource, ...(await work.claimed(9))];
    await work.store.begin(ids, NOW);
    await work.store.noteHashes([
      { stepId: ids[1]!, sha256: 'ab' },
      { stepId: ids[3]!, sha256: 'cd' },
    ]);
    expect(await intentsOf(work)).toEqual(
      steps.map((one, index) => ({
        ...{ stepId: ids[index], isOfThisRun: true, step: one, begunAt: NOW },
        sha256: [null, 'ab', null, 'cd'][index],
      })),
    );
  });

  it('is told in the order of its beginning, each once, also where it is settled meanwhile', async () => {
    const keys = Array.from({ length: 1_010 }, (_, index) => `${index}`);
    const work = await (await begin()).planned(...keys.map((key) => step(key)));
    const ids = await work.claimed(keys.length);
    const [late, early] = [ids.slice(0, 505), ids.slice(505)];
    await work.store.begin(late, LATER);
    await work.store.begin(early, NOW);
    expect((await intentsOf(work)).map(({ stepId }) => stepId)).toEqual([...early, ...late]);
    const told: string[] = [];
    for await (const { stepId } of work.store.openIntents()) {
      told.push(stepId);
      if (told.length % 100 === 0)
        await work.store.forgetIntents(told.slice(-100).map((id) => ({ stepId: id, ledger: null })));
    }
    expect(told).toEqual([...early, ...late]);
    expect((await intentsOf(work)).map(({ stepId }) => stepId)).toEqual(late.slice(-10));
  });

  it('is told to the next run as that of another one, and to no other job', async () => {
    const { work, ids } = await begun(step('a'));
    expect(await intentsOf(await begin())).toEqual([]);
    expect(await intentsOf(await work.next())).toMatchObject([{ stepId: ids[0], isOfThisRun: false }]);
  });

  it('leaves nothing behind once it is settled, but for the checkpoint of a step that stays as it is', async () => {
    const { work, ids } = await begun(step('a'), step('b'), step('c'));
    for (const id of ids) await work.store.saveCheckpoint(id, 'part');
    await work.store.noteHashes(ids.map((stepId) => ({ stepId, sha256: 'ab' })));
    const again = work.restarted();
    await again.claimed(3);
    const anew = step('b', { action: 'UPDATE', existing: item('b') });
    await again.store.forgetIntents([
      { stepId: ids[0], ledger: null },
      { stepId: ids[1]!, ledger: null, step: anew },
    ]);
    const settled = { begunAt: null, isInDoubt: false, intentSha256: null };
    expect(await again.steps()).toMatchObject([
      { ...settled, checkpoint: 'part' },
      { ...settled, checkpoint: null },
      { begunAt: NOW, isInDoubt: true, intentSha256: 'ab', checkpoint: 'part' },
    ]);
    const found = (await again.restarted().store.claim(3)).map((one) => [one.step, one.inDoubtSince]);
    expect(found).toEqual([
      [step('c'), NOW],
      [step('a'), null],
      [anew, null],
    ]);
  });

  it('has the entry of its item forgotten by place and kind, or by the entry that is named alone', async () => {
    const work = await remembering('a', 'b', 'c');
    await work.planned(step('a'), folderStep('b'), step('c'));
    const ids = await work.claimed(3);
    await work.store.begin(ids, NOW);
    const named = await work.store.entryOf('SOURCE', 'FOLDER a');
    await work.store.forgetIntents([
      { stepId: ids[0]!, ledger: null, forgetLedger: true, forgottenId: named?.id ?? '' },
      { stepId: ids[1]!, ledger: null, forgetLedger: true },
      { stepId: ids[2]!, ledger: null },
    ]);
    expect(await remembered(work)).toEqual(['FILE a', 'FILE b', 'FILE c', 'FOLDER c']);
  });

  it('has what was carried out remembered', async () => {
    const { work, ids } = await begun(step('a'), step('b'));
    const next = await work.next();
    await next.store.forgetIntents(ids.map((stepId, index) => ({ stepId, ledger: index ? null : ledgerEntry('a') })));
    expect(await remembered(next)).toEqual(['FILE a']);
    expect(await intentsOf(next)).toEqual([]);
  });

  it('is neither noted nor settled by a process that has lost the run', async () => {
    const { work, ids } = await begun(step('a'));
    const store = work.lost();
    await expect(store.noteHashes([{ stepId: ids[0], sha256: 'ab' }])).rejects.toThrow(LeaseLostError);
    await expect(store.forgetIntents([{ stepId: ids[0], ledger: null }])).rejects.toThrow(LeaseLostError);
    expect(await intentsOf(work)).toMatchObject([{ stepId: ids[0], sha256: null }]);
  });
});
