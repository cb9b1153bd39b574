import { describe, expect, it } from 'vitest';
import { ledgerEntry, step } from '../testing/index.js';
import { folderEntry, folderThere, there } from './listed.testing.js';
import { describeStep, moveStep, removeStep } from './steps.testing.js';
import { did, planned, THEN, told } from './undo-plans.testing.js';

const known = { ledger: [ledgerEntry('f/a')], destination: [there('f/a')] };

const removed = did('DELETED', 'f/a', { step: removeStep(there('f/a'), { trashedAt: THEN }) });

describe('what others hold stays as the run left it', () => {
  const held = (over = {}) => ({
    ...known,
    destination: [there('f/a', { lock: { holder: 'Anna', until: null }, ...over })],
  });

  it('is told with who holds it', async () => {
    expect(await planned([did('CREATED', 'f/a')], held())).toMatchObject([
      {
        ...{ type: 'INERT', action: 'REFUSE', kind: 'FILE', sourceKey: 'f/a', destinationKey: 'f/a', reason: 'LOCKED' },
        message: 'It stays as run 7 left it. Anna has locked the file at the destination.',
        remedy: 'Have it checked in, then retry.',
      },
    ]);
  });

  it('is left out where the job leaves out what is locked', async () => {
    const [undo] = await planned([did('CREATED', 'f/a')], held(), { policies: { lockedFiles: 'SKIP' } });
    expect(undo).toMatchObject({ action: 'SKIP', remedy: null });
  });

  it('is told of a folder in which it stands, but not where only the description of that changes', async () => {
    const listed = {
      destination: [...held().destination, folderThere('f', { description: 'Roof' })],
      ledger: [folderEntry('f')],
    };
    expect(told(await planned([did('CREATED', 'f', { kind: 'FOLDER' })], listed))).toEqual(['REFUSE D f']);
    const ofFile = describeStep(there('f/a', { description: 'Cellar' }), { fields: { description: null } });
    expect(told(await planned([did('DESCRIBED', 'f/a', { step: ofFile })], listed))).toEqual(['REFUSE D f/a']);
    const was = describeStep(folderThere('f', { description: 'Cellar' }), { fields: { description: 'Roof' } });
    expect(told(await planned([did('DESCRIBED', 'f', { step: was })], listed))).toEqual(['DESCRIBE D f']);
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

  it('are refused where another one comes back to its place before', async () => {
    expect(
      told(
        await planned([removed, { ...removed, step: removeStep(there('f/a', { id: 'other' }), { trashedAt: THEN }) }]),
      ),
    ).toEqual(['RESTORE D f/a', 'REFUSE D f/a']);
  });

  it('are refused where another one moves back to its place before', async () => {
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
