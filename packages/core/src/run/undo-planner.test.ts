import { describe, expect, it } from 'vitest';
import type { Destination, Item } from '../platform/index.js';
import { swappedStep } from '../plan/index.js';
import { item, ledgerEntry, step } from '../testing/index.js';
import { there } from './listed.testing.js';
import { describeStep, moveStep, removeStep } from './steps.testing.js';
import { AT, did, planned, THEN, told } from './undo-plans.testing.js';
import type { DoneEffect } from './undo-records.js';

const known = { ledger: [ledgerEntry('f/a')], destination: [there('f/a')] };
const removed = did('DELETED', 'f/a', { step: removeStep(there('f/a'), { trashedAt: THEN }) });

describe('the step that undoes', () => {
  it('a creation removes the file to the trash of the undo', async () => {
    const [undo] = await planned([did('CREATED', 'f/a')], known);
    expect(undo).toMatchObject({
      ...{
        type: 'REMOVE',
        side: 'DESTINATION',
        sourceKey: 'f/a',
        destinationKey: 'f/a',
        ledgerId: null,
        reason: 'UNDONE',
      },
      message:
        'It was created by run 7, and is removed again. It goes to the recycle bin of the destination, from where it can be restored.',
      trashedAt: AT.getTime(),
    });
    expect(undo).not.toHaveProperty('onlyWith');
    expect(undo).not.toHaveProperty('afterMove');
  });

  it('a removal puts the file back to where it was', async () => {
    const [undo] = await planned([removed]);
    expect(undo).toMatchObject({
      ...{
        type: 'RESTORE',
        action: 'CREATE',
        side: 'DESTINATION',
        sourceKey: 'f/a',
        destinationKey: 'f/a',
        parentKey: 'f',
        name: 'a',
      },
      ...{ source: there('f/a'), existing: null, expects: null, trashedAt: THEN, callCount: 2, isDestructive: false },
      ...{ reason: 'UNDONE', message: 'It was removed by run 7, and comes back to its place.' },
    });
    expect(undo).not.toHaveProperty('keptAt');
  });

  it('what costs no calls counts none', async () => {
    expect(await planned([removed], {}, { able: { cost: undefined } })).toMatchObject([{ callCount: 0 }]);
  });

  it.each(['TRASH', undefined] as const)('a removal needs no former contents to be kept: %s', async (keepsReplaced) => {
    expect(told(await planned([removed], {}, { able: { keepsReplaced } }))).toEqual(['RESTORE D f/a']);
  });

  const former = there('f/a', { version: '6', size: 30 });
  const updated = (over = {}) =>
    did('UPDATED', 'f/a', { step: step('f/a', { action: 'UPDATE', existing: former, ...over }) });

  it('a new content makes the former one the newest again', async () => {
    const [undo] = await planned([updated()], known);
    expect(undo).toMatchObject({
      ...{
        type: 'RESTORE',
        action: 'UPDATE',
        source: former,
        existing: there('f/a'),
        expects: { id: 'd:f/a', version: '7' },
      },
      ...{ trashedAt: 0, callCount: 130, isDestructive: true, parentKey: 'f', name: 'a' },
      message: 'Its content was replaced by run 7: the former one becomes the newest again.',
    });
    expect(undo).not.toHaveProperty('keptAt');
    expect(undo).not.toHaveProperty('afterMove');
  });

  it('a new content brings the former one from the trash of its plan, and keeps the other in that of the undo', async () => {
    const [undo] = await planned([updated({ keptAt: THEN })], known, { able: { keepsReplaced: 'TRASH' } });
    expect(undo).toMatchObject({ trashedAt: THEN, keptAt: AT.getTime() });
  });

  it('many versions that came one after the other brings back what was before all of them', async () => {
    const first = { action: 'UPDATE', existing: there('f/a', { version: '2' }), renameExistingTo: null } as const;
    const [undo] = await planned([updated({ chain: { held: '5', first, versions: 3, bytes: 30 } })], known);
    expect(undo).toMatchObject({ type: 'RESTORE', source: { version: '2' } });
  });

  it.each([
    ['RENAMED', 'f/b', 'RENAME'],
    ['MOVED', 'g/a', 'MOVE'],
  ] as const)('what was %s gives the file its former place and name: %s', async (outcome, key, action) => {
    const there_ = there(key, { id: 'd:f/a' });
    const effect = did(outcome, key, { remoteId: 'd:f/a', step: moveStep(there('f/a'), key) });
    const [undo] = await planned([effect], { destination: [there_] });
    expect(undo).toMatchObject({
      ...{ type: 'MOVE', action, sourceKey: key, destinationKey: 'f/a', parentKey: 'f', name: 'a', base: null },
      ...{ source: there_, existing: there_, expects: { id: 'd:f/a', version: null }, callCount: 2 },
      message: 'It was moved or renamed by run 7, and gets its former place and name back.',
    });
    expect(undo).not.toHaveProperty('afterMove');
    expect(undo).not.toHaveProperty('isBroughtBack');
  });

  it('a description gives back what it was', async () => {
    const lockedUntil = THEN;
    const now = there('f/a', { description: 'Roof', lock: { holder: null, until: new Date(THEN), isOwn: true } });
    const was = there('f/a', { description: 'Cellar' });
    const given = { fields: { description: 'Roof' }, lockedUntil };
    const described = (over = {}) => did('DESCRIBED', 'f/a', { step: describeStep({ ...was, ...over }, given) });
    const [undo] = await planned([described()], { destination: [now] });
    expect(undo).toMatchObject({
      ...{
        type: 'DESCRIBE',
        action: 'DESCRIBE',
        destinationKey: 'f/a',
        source: now,
        existing: now,
        expects: { id: 'd:f/a', version: '7' },
      },
      ...{ fields: { description: 'Cellar' }, lockedUntil: null, isUnlearned: true, callCount: 3, knownSha256: null },
      message: 'Its description was changed by run 7, and gets back what it was.',
    });
    expect(undo).toHaveProperty('fields', { description: 'Cellar' });
    const [hiding] = await planned([described({ isPrivate: true })], { destination: [{ ...now, lock: null }] });
    expect(hiding).toHaveProperty('fields', { description: 'Cellar', isPrivate: true });
    expect(hiding).not.toHaveProperty('lockedUntil');
  });

  it('nothing is told where all is as before', async () => {
    expect(await planned([did('CREATED', 'f/a')])).toMatchObject([
      {
        type: 'INERT',
        action: 'SKIP',
        reason: 'UNDONE',
        message: 'It is as it was before run 7.',
        destinationKey: 'f/a',
      },
    ]);
  });
});

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
});

describe('what a run changed at the source', () => {
  const atSource = (outcome: DoneEffect['outcome'], key: string, over: Partial<DoneEffect> = {}) =>
    did(outcome, key, { side: 'SOURCE', ...over });
  const gone = (existing: Item) => swappedStep(removeStep(existing, { trashedAt: THEN }));
  const taken = atSource('DELETED', 'f/a', { step: gone(item('f/a')) });
  const brought = did('CREATED', 'f/a');

  it('comes back there first, and only with it what came to the destination goes', async () => {
    const [back, away] = await planned([taken, brought], known, { type: 'MOVE' });
    expect(back).toMatchObject({
      type: 'RESTORE',
      side: 'SOURCE',
      sourceKey: 'f/a',
      source: item('f/a'),
      trashedAt: THEN,
    });
    expect(away).toMatchObject({
      ...{ type: 'REMOVE', side: 'DESTINATION' },
      onlyWith: { key: 'f/a', identity: 'id:f/a', version: '1' },
    });
  });

  it('and does not come back keeps what came to the destination there', async () => {
    const listed = { ...known, source: [item('f/a', { id: 'other' })] };
    const steps = await planned([taken, brought], listed, { type: 'MOVE' });
    expect(told(steps)).toEqual(['REFUSE S f/a', 'REFUSE D f/a']);
    expect(steps[1]?.message).toBe('It is left at the destination, because the source does not get it back.');
  });

  it('is told with the words of the source, by whom it is held too', async () => {
    const listed = { source: [item('f/a', { lock: { holder: 'Anna', until: null } })], ledger: [ledgerEntry('f/a')] };
    const [undo] = await planned([atSource('CREATED', 'f/a')], listed, { type: 'SYNC' });
    expect(undo?.message).toBe('It stays as run 7 left it. Anna has locked the file at the source.');
    expect(
      told(await planned([atSource('CREATED', 'f/a')], { ...listed, source: [item('f/a')] }, { type: 'SYNC' })),
    ).toEqual(['REMOVE S f/a']);
  });

  it('has its keys on both sides', async () => {
    const effect = atSource('DELETED', 'x', { sourceKey: 'f/a', destinationKey: 'g/a', step: gone(item('f/a')) });
    expect(await planned([effect], {}, { type: 'SYNC' })).toMatchObject([{ sourceKey: 'f/a', destinationKey: 'g/a' }]);
  });
});

describe('a file that made room for another one', () => {
  const existing = there('f/a', { id: 'd:theirs' });
  const listed = { ...known, destination: [there('f/a'), there('f/a (2)', { id: 'd:theirs' })] };
  const effect = did('CREATED', 'f/a', { step: step('f/a', { existing, renameExistingTo: 'a (2)' }) });

  it('gets its name back once that one is removed', async () => {
    const steps = await planned([effect], listed);
    expect(told(steps)).toEqual(['REMOVE D f/a', 'MOVE D f/a']);
    expect(steps[1]).toMatchObject({ action: 'RENAME', existing: { id: 'd:theirs' }, name: 'a' });
  });

  it('is left where nothing is known of its side', async () => {
    expect(await planned([{ ...effect, destinationKey: null }], listed)).toEqual([]);
  });
});
