import { expect, it } from 'vitest';
import { expectationOf, type Remove, type Step } from '@sluice/core/plan';
import type { DoneEffect, EngineStore } from '@sluice/core/run';
import { item, outcome, settledStep, step } from '@sluice/core/testing';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { StoredJob } from '../stored-job.testing.js';
import { seedJob } from '../testing.js';

const AT = Date.UTC(2026, 10, 21, 12);

function removal(key: string, side: Remove['side'] = 'DESTINATION'): Remove {
  const existing = item(key, { version: '7' });
  const { knownSha256: _known, isNote: _note, ...left } = settledStep(key);
  const told = { side, existing, source: null, expects: expectationOf(existing) };
  return { ...left, ...told, type: 'REMOVE', action: 'DELETE', trashedAt: AT };
}

const OUTCOMES = { CREATE: 'CREATED', UPDATE: 'UPDATED', DELETE: 'DELETED' } as const;

/** A run of these steps, all carried out. */
async function carriedOut(store: EngineStore, steps: readonly Step[]): Promise<void> {
  await store.appendSteps(steps);
  await store.finishPlan('digest');
  for (const side of ['DESTINATION', 'SOURCE'] as const)
    for (let claimed = await store.claim(500, side); claimed.length > 0; claimed = await store.claim(500, side))
      await store.commit(
        claimed.map((one) => outcome(one.id, { outcome: OUTCOMES[one.step.action as keyof typeof OUTCOMES], side })),
      );
}

async function effectsOf(job: StoredJob): Promise<DoneEffect[]> {
  const effects: DoneEffect[] = [];
  for await (const effect of (await job.undoneRun()).effects()) effects.push(effect);
  return effects;
}

const jobIn = async (db: Database) => new StoredJob(db, await seedJob(db));
const told = ({ outcome: done, side, sourceKey, destinationKey, isLatest }: DoneEffect) =>
  `${done} ${side === 'SOURCE' ? sourceKey : destinationKey} ${side}${isLatest ? '' : ' later'}`;

describeOnBothDatabases('what a run did, read again to undo it', (open) => {
  it('comes with the last first, on the source before on the destination', async () => {
    const job = await jobIn(await open());
    await carriedOut(await job.nextRun(), [step('a'), step('b'), removal('c', 'SOURCE'), removal('d', 'SOURCE')]);
    expect((await effectsOf(job)).map(told)).toEqual([
      'DELETED d SOURCE',
      'DELETED c SOURCE',
      'CREATED b DESTINATION',
      'CREATED a DESTINATION',
    ]);
  });

  it('says how an item was before it was replaced or removed, and nothing more of what was created', async () => {
    const job = await jobIn(await open());
    const existing = item('b', { version: '6' });
    const update = step('b', { action: 'UPDATE', existing, reason: 'CONTENT_CHANGED' });
    await carriedOut(await job.nextRun(), [step('a'), update, removal('c')]);
    expect((await effectsOf(job)).map(({ step: one }) => one)).toEqual([removal('c'), update, null]);
  });

  it('tells what a later run dealt with', async () => {
    const job = await jobIn(await open());
    await carriedOut(await job.nextRun(), [step('a'), step('b')]);
    const undone = await job.undoneRun();
    await carriedOut(await job.nextRun(), [step('b', { action: 'UPDATE', existing: item('b') })]);
    const lines: string[] = [];
    for await (const effect of undone.effects()) lines.push(told(effect));
    expect(lines).toEqual(['CREATED b DESTINATION later', 'CREATED a DESTINATION']);
  });

  it('is read in portions, each effect once', async () => {
    const job = await jobIn(await open());
    const keys = Array.from({ length: 1_001 }, (_, index) => `file ${index}`);
    await carriedOut(
      await job.nextRun(),
      keys.map((key) => step(key)),
    );
    expect((await effectsOf(job)).map(({ sourceKey }) => sourceKey)).toEqual([...keys].reverse());
  });

  it('leaves out what was not done', async () => {
    const job = await jobIn(await open());
    const store = await job.nextRun();
    await store.appendSteps([step('a'), settledStep('b')]);
    await store.finishPlan('digest');
    expect(await effectsOf(job)).toEqual([]);
  });
});
