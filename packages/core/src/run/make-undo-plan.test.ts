import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { createMemoryPlatform, ledgerEntry, step } from '../testing/index.js';
import { listedContext, there } from './listed.testing.js';
import { AFTER_UNDO, makeUndoPlan } from './make-undo-plan.js';
import type { DoneEffect, UndoneRun } from './undo-records.js';

const created = (key: string): DoneEffect => ({
  ...{ outcome: 'CREATED', side: 'DESTINATION', kind: 'FILE', sourceKey: key, destinationKey: key },
  ...{ remoteId: null, step: null, isLatest: true },
});

/** A run that created the file `a.tmp` is undone, of a job that leaves such files out and deletes for good. */
async function undoing(over: Partial<UndoneRun> = {}) {
  const destination = createMemoryPlatform();
  destination.seed([{ path: 'a.tmp', bytes: 'x' }]);
  const { id, version } = destination.item('a.tmp')!;
  const ledger = [ledgerEntry('a.tmp', { destinationId: id, destinationVersion: version })];
  const context = await listedContext(
    'COPY',
    { ledger, destination: [there('listed before.txt')] },
    {
      ...{ destination, rules: [{ ...NO_CONDITION, isExclusion: true, extensions: ['tmp'] }] },
      policies: { deletions: 'MIRROR', deletePermanently: true },
    },
  );
  await context.store.appendSteps([step('planned before.txt')]);
  const effects = async function* () {
    yield created('a.tmp');
  };
  return { context, undone: { number: 4, pair: 1, effects, ...over } };
}

describe('the plan of an undo', () => {
  it('takes back what the run did, whatever the filters leave out by now, so that it can be had back', async () => {
    const { context, undone } = await undoing();
    await makeUndoPlan(context, undone);
    expect(context.store.steps().map((row) => row.step)).toEqual([
      expect.objectContaining({ type: 'REMOVE', destinationKey: 'a.tmp', trashedAt: context.clock.now() }),
    ]);
  });

  it('is kept with its fingerprint, and with what people are told of the next run', async () => {
    const { context, undone } = await undoing();
    const { digest } = await makeUndoPlan(context, undone);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(context.store.digest).toBe(digest);
    expect(context.store.logged).toContainEqual({
      severity: 'INFO',
      message:
        'The next run of the job decides by its tables and by what it sees then: it takes what the undo changed for changes that people made, and creates again what it lacks.',
    });
    expect(await context.store.phase()).toBe('PLANNING');
  });

  it('knows the ledger before anything is listed, and forgets what was listed before', async () => {
    const { context, undone } = await undoing();
    const { store } = context;
    const before: unknown[] = [];
    await makeUndoPlan(context, undone, async () => {
      before.push(await store.phase(), await store.entryOf('SOURCE', 'id:a.tmp'));
      before.push(await store.destinationByKey('a.tmp'), await store.destinationByKey('listed before.txt'));
    });
    expect(before).toEqual(['LISTING', expect.objectContaining({ sourceKey: 'a.tmp' }), null, null]);
    expect(await store.destinationByKey('a.tmp')).not.toBeNull();
  });
});

it.each([
  ['worked between other folders', 7],
  ['never came to look at its folders', null],
])('a run that %s is not undone, and nothing is listed', async (_, pair) => {
  const { context, undone } = await undoing({ pair });
  await expect(makeUndoPlan(context, undone)).rejects.toMatchObject({
    kind: 'REJECTED',
    message: 'Run 4 worked between other folders than the job does now.',
    remedy: 'Give the job the folders of that run again, then plan the undo again.',
  });
  expect(await context.store.destinationByKey('a.tmp')).toBeNull();
  expect(context.store.logged.map(({ message }) => message)).not.toContain(AFTER_UNDO);
});
