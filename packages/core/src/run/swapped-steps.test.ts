import { describe, expect, it } from 'vitest';
import { inertStep, type Inert, type Side, type Step } from '../plan/index.js';
import { folderStep, ledgerEntry, outcome, step } from '../testing/index.js';
import { at, FOLDER } from './active-room.testing.js';
import { all, both, exchanged, keyOf, known } from './swapped.testing.js';

const AT = new Date('2026-11-21T12:00:00.000Z');

describe('steps that change the source', () => {
  const ofSource = step('d', { side: 'SOURCE', sourceKey: 's', destinationKey: 'd' });
  const keys = (given: { step: Step }[]) =>
    given.map(({ step: { side, sourceKey, destinationKey } }) => [side, sourceKey, destinationKey].join(' '));

  async function planned(...steps: Step[]) {
    const made = await both();
    await made.store.appendSteps(steps);
    return made;
  }

  it('are claimed as those of a destination', async () => {
    const { there } = await planned(step('a'), ofSource, ofSource);
    expect(keys(await there.claim(1))).toEqual(['DESTINATION d s']);
    expect(keys(await there.claim(9, 'SOURCE'))).toEqual(['SOURCE a a']);
  });

  it('are claimed so where nothing is to be done at a platform', async () => {
    const inert: Inert = { ...inertStep('s', null), action: 'ADOPT', side: 'SOURCE', destinationKey: 'd' };
    const { there } = await planned({ ...inert, side: 'DESTINATION' }, inert, inert);
    expect(keys(await there.claimInert(1))).toEqual(['DESTINATION d s']);
    expect(keys(await there.claimInert(9, 'SOURCE'))).toEqual(['SOURCE d s']);
  });

  it('are revised as they are kept', async () => {
    const { store, there } = await planned(ofSource);
    const [claimed] = await there.claim(1);
    await there.reviseSteps([{ stepId: 'item 1', step: { ...(claimed?.step ?? ofSource), sourceKey: 'd since' } }]);
    expect(keys(store.steps())).toEqual(['SOURCE s d since']);
  });

  it('are told where they are under way, and learned of where they end', async () => {
    const { store, there } = await planned(ofSource);
    await there.begin(['item 1'], AT);
    const [intent] = await all(there.openIntents());
    expect(intent && keys([intent])).toEqual(['DESTINATION d s']);
    await there.forgetIntents([
      {
        stepId: 'item 1',
        ledger: exchanged,
        step: { ...(intent?.step ?? ofSource), destinationKey: 's since' },
      },
    ]);
    expect(await store.entryOf('SOURCE', 'id:s')).toEqual(known);
    expect(keys(store.steps())).toEqual(['SOURCE s since d']);
    await there.forgetIntents([{ stepId: 'item 1', ledger: null }]);
    expect(keys(store.steps())).toEqual(['SOURCE s since d']);
  });

  it('are committed with what the ledger learns', async () => {
    const { room, store, there } = await planned(ofSource, ofSource);
    await room.know(ledgerEntry('f/x', { id: 'below', destinationKey: 'g/x', sourceId: 'x', destinationId: 'y' }));
    const folder = ledgerEntry('g new', { id: 'f', kind: 'FOLDER', destinationKey: 'f new' });
    const moved = { sourceKey: 'g', destinationKey: 'f' };
    await there.commit([outcome('item 1', { destination: at('s'), ledger: exchanged })]);
    await there.commit([outcome('item 2', { side: 'SOURCE', destination: at('d'), ledger: folder, moved })]);
    expect(store.steps().map(({ result }) => result?.side)).toEqual(['SOURCE', 'DESTINATION']);
    expect(await store.entryOf('SOURCE', 'id:s')).toEqual(known);
    expect(await store.entryOf('SOURCE', 'x')).toMatchObject({ sourceKey: 'f new/x', destinationKey: 'g new/x' });
    expect([keyOf(await store.sourceByKey('s')), keyOf(await store.destinationByKey('d'))]).toEqual(['s', 'd']);
  });

  it('are verified as those of a destination', async () => {
    const { there } = await planned(ofSource);
    await there.commit([outcome('item 1', { verifiedBy: 'NONE', destination: at('s') })]);
    expect(keys(await all(there.unverified()))).toEqual(['DESTINATION d s']);
  });

  it('tell the folders that they wrote', async () => {
    const { store, there } = await planned(folderStep('f', { side: 'SOURCE' }), folderStep('g'));
    for (const side of ['SOURCE', 'DESTINATION'] as const)
      await store.stage(
        side,
        ['f', 'g'].map((key) => at(key, { ...FOLDER, id: `${side} ${key}` })),
      );
    await store.reviseEntries(
      ['f', 'g'].map((key) => ({ id: key, entry: ledgerEntry(key, { id: key, kind: 'FOLDER' }) })),
    );
    for (const stepId of ['item 1', 'item 2']) await store.commit([outcome(stepId)]);
    const ids = async (side?: Side) =>
      (await all(there.foldersWritten(side))).map(({ source, destination }) => [source.id, destination.id]);
    expect(await ids()).toEqual([['DESTINATION f', 'SOURCE f']]);
    expect(await ids('SOURCE')).toEqual([['DESTINATION g', 'SOURCE g']]);
  });
});
