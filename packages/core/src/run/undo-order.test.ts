import { describe, expect, it } from 'vitest';
import type { Destination } from '../platform/index.js';
import { ledgerEntry, step } from '../testing/index.js';
import { folderThere, there } from './listed.testing.js';
import { describeStep, moveStep, removeStep } from './steps.testing.js';
import { did, planned, THEN, told } from './undo-plans.testing.js';
import type { DoneEffect } from './undo-records.js';

const known = { ledger: [ledgerEntry('f/a')], destination: [there('f/a')] };
const removed = did('DELETED', 'f/a', { step: removeStep(there('f/a'), { trashedAt: THEN }) });

describe('what comes back is refused', () => {
  const notKept = {
    action: 'REFUSE',
    reason: 'VERSIONS_LEFT_OUT',
    remedy: 'Bring it back by hand, such as from a backup.',
  };
  const updated = did('UPDATED', 'f/a', { step: step('f/a', { existing: there('f/a', { version: '6' }) }) });

  it.each<[string, DoneEffect, Partial<Destination>]>([
    ['where it went for good', { ...removed, step: removeStep(there('f/a'), { trashedAt: null }) }, {}],
    ['where its step is not known', { ...removed, step: null }, {}],
    ['where the platform brings nothing back', removed, { restore: undefined }],
    ['where the platform keeps no former contents', updated, { keepsReplaced: undefined }],
    ['where the content did not go to the trash', updated, { keepsReplaced: 'TRASH' }],
    ['where the former content is not known', { ...updated, step: null }, {}],
  ])('%s', async (_, effect, able) => {
    const listed = effect.outcome === 'UPDATED' ? known : {};
    expect(await planned([effect], listed, { able })).toMatchObject([notKept]);
  });

  it('where something else stands in its place', async () => {
    const moved = did('MOVED', 'g/a', { remoteId: 'd:f/a', step: moveStep(there('f/a'), 'g/a') });
    const listed = { destination: [there('g/a', { id: 'd:f/a' }), there('f/a', { id: 'new' })] };
    expect(await planned([moved], listed)).toMatchObject([
      { action: 'REFUSE', reason: 'NAME_TAKEN', destinationKey: 'g/a' },
    ]);
  });

  it('where another one comes back to its place before', async () => {
    expect(
      told(
        await planned([removed, { ...removed, step: removeStep(there('f/a', { id: 'other' }), { trashedAt: THEN }) }]),
      ),
    ).toEqual(['RESTORE D f/a', 'REFUSE D f/a']);
  });

  it('where another one moves back to its place before', async () => {
    const moved = did('MOVED', 'b', { remoteId: 'd:a', step: moveStep(there('a'), 'b') });
    const gone = did('DELETED', 'a', { step: removeStep(there('a', { id: 'other' }), { trashedAt: THEN }) });
    const steps = await planned([moved, gone], { destination: [there('b', { id: 'd:a' })] });
    expect(told(steps)).toEqual(['MOVE D a', 'REFUSE D a']);
    expect(steps[1]).toMatchObject({
      reason: 'NAME_TAKEN',
      remedy: 'Move or rename what stands there, then plan the undo again.',
    });
  });
});

describe('steps that come after others', () => {
  const moved = did('MOVED', 'b', { remoteId: 'd:a', step: moveStep(there('a'), 'b') });
  const atB = there('b', { id: 'd:a' });

  it('take the place that those leave', async () => {
    const listed = { destination: [atB] };
    const before = did('DELETED', 'b', { step: removeStep(there('b'), { trashedAt: THEN }) });
    expect(told(await planned([moved, before], listed))).toEqual(['MOVE D a', 'RESTORE D b']);
  });

  it('find their item where those put it', async () => {
    const listed = { destination: [atB], ledger: [ledgerEntry('a')] };
    const created = did('CREATED', 'a', { remoteId: 'd:a' });
    const [, undo] = await planned([moved, created], listed);
    expect(undo).toMatchObject({
      type: 'REMOVE',
      destinationKey: 'a',
      afterMove: { existingKey: 'a', folderId: null },
    });
    const was = there('a', { version: '6' });
    const updated = did('UPDATED', 'a', { remoteId: 'd:a', step: step('a', { existing: was }) });
    expect((await planned([moved, updated], listed))[1]).toMatchObject({
      type: 'RESTORE',
      afterMove: { existingKey: 'a', folderId: null },
    });
    const described = did('DESCRIBED', 'a', {
      remoteId: 'd:a',
      step: describeStep({ ...was, isPrivate: true }, { fields: {} }),
    });
    expect((await planned([moved, described], listed))[1]).toMatchObject({
      type: 'DESCRIBE',
      destinationKey: 'a',
      afterMove: { existingKey: 'a' },
    });
  });

  it('take a folder on that comes back to where the run had moved it', async () => {
    const lasting = folderThere('a', { identity: { value: 'p', strength: 'LASTING' } });
    const gone = did('DELETED', 'b', { step: removeStep({ ...lasting, path: ['b'] }, { trashedAt: THEN }) });
    const [back, on] = await planned([gone, did('MOVED', 'b', { step: moveStep(lasting, 'b') })]);
    expect(back).toMatchObject({ type: 'RESTORE', kind: 'FOLDER', destinationKey: 'b' });
    expect(on).toMatchObject({
      type: 'MOVE',
      destinationKey: 'a',
      isBroughtBack: true,
      afterMove: { existingKey: 'b', folderId: null },
    });
  });
});
