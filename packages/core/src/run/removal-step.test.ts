import { describe, expect, it } from 'vitest';
import type { Lock } from '../platform/index.js';
import type { Policies } from '../plan/index.js';
import { createMemoryPlatform } from '../testing/index.js';
import { folderThere, listedContext, there } from './listed.testing.js';
import { heldStep, placedNow, removalStep } from './removal-step.js';

const AT = new Date('2026-11-21T10:00:00.000Z');
const GONE = {
  sourceKey: 'a.txt',
  ledgerId: 'entry 1',
  reason: 'DELETED_ON_OTHER_SIDE',
  message: 'It was deleted at the source.',
} as const;
const file = { key: 'f/a.txt', item: there('f/a.txt') };

describe('the removal of an item', () => {
  it('takes away this version of it alone, to the bin of the plan', async () => {
    expect(removalStep(file, GONE, AT, await listedContext('COPY', {}))).toMatchObject({
      ...{ type: 'REMOVE', action: 'DELETE', side: 'DESTINATION', kind: 'FILE', isDestructive: true },
      ...{ sourceKey: 'a.txt', destinationKey: 'f/a.txt', ledgerId: 'entry 1', reason: 'DELETED_ON_OTHER_SIDE' },
      ...{ existing: file.item, expects: { id: 'd:f/a.txt', version: '7' }, trashedAt: AT.getTime(), callCount: 0 },
      message:
        'It was deleted at the source. It goes to the recycle bin of the destination, from where it can be restored.',
    });
  });

  it('is told as that of a folder where it is one', async () => {
    const item = folderThere('f');
    expect(removalStep({ key: 'f', item }, GONE, AT, await listedContext('COPY', {})).kind).toBe('FOLDER');
  });

  it('costs as many calls as its platform says for that size', async () => {
    const destination = createMemoryPlatform();
    destination.destination!.cost = (work, size) => (work === 'REMOVE' ? (size ?? 0) : 1_000);
    expect(removalStep(file, GONE, AT, await listedContext('COPY', {}, { destination })).callCount).toBe(10);
  });

  it('costs nothing where nothing can be written', async () => {
    const destination = createMemoryPlatform({ without: ['destination'] });
    expect(removalStep(file, GONE, AT, await listedContext('COPY', {}, { destination })).callCount).toBe(0);
  });

  it('waits for moves that take the item elsewhere first, and finds it there', async () => {
    const step = removalStep({ ...file, key: 'g/a.txt' }, GONE, AT, await listedContext('COPY', {}));
    expect(placedNow(step, 'f/a.txt')).toEqual({ ...step, afterMove: { existingKey: 'g/a.txt', folderId: null } });
    expect(placedNow(step, 'g/a.txt')).toEqual(step);
  });
});

describe('a file that is to be removed', () => {
  const lockedBy = (lock: Lock | null, policies: Partial<Policies> = {}) =>
    listedContext('COPY', {}, { policies }).then((context) =>
      heldStep({ ...file, item: { ...file.item, lock } }, GONE, AT, context),
    );
  const ANNA = { holder: 'Anna', until: null };

  it('stays while somebody else has it locked, and people are told', async () => {
    expect(await lockedBy(ANNA)).toMatchObject({
      ...{ type: 'INERT', action: 'REFUSE', kind: 'FILE', side: 'DESTINATION' },
      ...{ sourceKey: 'a.txt', destinationKey: 'f/a.txt', ledgerId: 'entry 1', reason: 'LOCKED' },
      message: 'It was deleted at the source. Anna has locked the file at the destination.',
      remedy: 'Have it checked in, then retry.',
    });
  });

  it('is left out where the job leaves out what is locked', async () => {
    expect(await lockedBy(ANNA, { lockedFiles: 'SKIP' })).toMatchObject({ action: 'SKIP', remedy: null });
  });

  it.each<[string, Lock | null]>([
    ['nobody has it locked', null],
    ['the lock is over', { holder: 'Anna', until: AT }],
    ['the account of the job has it locked', { holder: 'Sluice', until: null, isOwn: true }],
  ])('does not stay where %s', async (_, lock) => {
    expect(await lockedBy(lock)).toBeNull();
  });
});
