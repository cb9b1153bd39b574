import { expect, it } from 'vitest';
import type { Side, Step } from '@sluice/core/plan';
import { item, outcome, settledStep, step } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { RunAtWork } from '../run-at-work.testing.js';

const adopting = (key: string, side: Side = 'DESTINATION') =>
  settledStep(key, { action: 'ADOPT', side, existing: item(key) });

describeOnBothDatabases('steps that take items as they are', (open) => {
  let shared: Promise<Database> | undefined;
  const planned = async (...steps: Step[]) => (await RunAtWork.begin(await (shared ??= open()))).planned(...steps);
  const claim = async ({ store }: RunAtWork, limit: number, side?: Side) =>
    (await store.claimInert(limit, side)).map((one) => one.step.sourceKey).join(' ');

  it('are given on their side, in the order of the plan, each once and no more than asked for', async () => {
    const work = await planned(adopting('a'), adopting('b', 'SOURCE'), step('c'), adopting('d'), adopting('e'));
    expect([await claim(work, 2), await claim(work, 2), await claim(work, 2)]).toEqual(['a d', 'e', '']);
    expect([await claim(work, 1, 'SOURCE'), await claim(work, 1, 'SOURCE')]).toEqual(['b', '']);
  });

  it('come with what is known of them, and are held until they have an outcome', async () => {
    const work = await planned(adopting('a'), adopting('b'));
    const [a, b] = await work.store.claimInert(9);
    const fresh = { checkpoint: null, attempts: 0, inDoubtSince: null, failedRuns: 0 };
    const [row] = await work.steps();
    expect(a).toEqual({ id: row!.id, step: adopting('a'), ...fresh });
    await work.store.release([a!.id]);
    await work.store.commit([outcome(b!.id, { outcome: 'ADOPTED' })]);
    expect((await work.steps()).map((one) => one.outcome)).toEqual(['PENDING', 'ADOPTED']);
  });

  it('are not given where they wait for a move, are no adoptions or are of another plan', async () => {
    const [before, work] = [
      await planned(adopting('x')),
      await planned(
        settledStep('a', { action: 'ADOPT', existing: item('a'), afterMove: { folderId: null, existingKey: null } }),
        settledStep('b', { action: 'SKIP' }),
        adopting('c'),
        step('d', { action: 'UPDATE', existing: item('d') }),
      ),
    ];
    const after = await planned(adopting('y'));
    expect([await claim(work, 9), await claim(before, 9), await claim(after, 9)]).toEqual(['c', 'x', 'y']);
  });

  it('are none where the plan has none', async () => {
    const work = await planned(step('a'), settledStep('b', { action: 'REFUSE' }));
    expect(await claim(work, 9)).toBe('');
  });

  it('are found at the ends of what is looked through at once', async () => {
    const few = new Set([1, 1_999, 2_000, 2_001, 4_000, 4_001]);
    const steps = Array.from({ length: 4_001 }, (_, index) =>
      few.has(index + 1) ? adopting(`${index + 1}`) : step(`${index + 1}`),
    );
    const work = await planned(...steps);
    const found: string[] = [];
    for (let keys = await claim(work, 1); keys !== ''; keys = await claim(work, 1)) found.push(keys);
    expect(found.map(Number)).toEqual([...few]);
    expect(await claim(work.restarted(), 9)).toBe([...few].join(' '));
  });

  it('are asked for in vain of a plan that is gone', async () => {
    const work = await planned(adopting('a'));
    const { plans } = work.db.tables;
    await work.db.transact(async (tx) => void (await tx.delete(plans).where(eq(plans.id, work.context.planId))));
    await expect(work.store.claimInert(1)).rejects.toThrow('The plan does not exist.');
  });
});
