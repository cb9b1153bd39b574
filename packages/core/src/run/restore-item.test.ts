import { describe, expect, it } from 'vitest';
import { PlatformError, type Item, type RestoreRequest } from '../platform/index.js';
import type { Restore } from '../plan/index.js';
import { createMemoryPlatform, item } from '../testing/index.js';
import { claimed } from './claimed.testing.js';
import { folder, listedContext, notedTools } from './listed.testing.js';
import { restoreStep } from './steps.testing.js';
import { broughtBack, placeOfRestored, restored, restoreItem } from './restore-item.js';

const PLANNED_AT = new Date('2026-11-21T10:00:00.000Z');
const BEGUN_AT = new Date('2026-11-21T11:00:00.000Z');
const former = item('f/a.txt', { id: 'former', version: '3' });

const TOLD = { reason: 'UNDONE', message: 'It comes back.', trashedAt: PLANNED_AT.getTime() } as const;
const restore = (over: Partial<Restore> = {}, source = former) => restoreStep(source, { ...TOLD, ...over });

/** Carries the step out at a destination that answers so; tells what became of it, and what was done in which order. */
async function carryOut(step: Restore, answer: () => Promise<Item>, inDoubtSince: Date | null = null) {
  const done: unknown[] = [];
  const context = await listedContext('COPY', {}, { destinationRoot: ['jobs', 'one'] });
  const destination = createMemoryPlatform().destination!;
  let request: RestoreRequest | null = null;
  destination.restore = async (given) => {
    request = given;
    done.push('restore');
    return answer();
  };
  const parent = folder('jobs/one/f');
  const finished = restoreItem(claimed(step, { inDoubtSince }), destination, notedTools(context, parent, done));
  return { finished, done, parent, request: () => request };
}

const back = item('jobs/one/f/a.txt', { id: 'back' });

describe('what a run took away', () => {
  it('is brought back to its folder once that is there and the step is known to be under way', async () => {
    const { finished, done, parent, request } = await carryOut(restore(), async () => back);
    expect(await finished).toMatchObject({ stepId: 'item 1', outcome: 'CREATED', reason: 'UNDONE' });
    expect(done).toEqual([['folder', 'f', undefined], 'begin', 'restore']);
    expect(request()).toEqual({
      ...{ former, parent, name: 'a.txt', replaces: null },
      trash: { root: ['jobs', 'one'], at: PLANNED_AT },
      inDoubtSince: undefined,
    });
  });

  it('is looked for in the folder to which a move before takes its own', async () => {
    const step = restore({ afterMove: { existingKey: null, folderId: 'moving' } });
    const { finished, done } = await carryOut(step, async () => back);
    await finished;
    expect(done[0]).toEqual(['folder', 'f', 'moving']);
  });

  it('says which content gives way, and where that is kept', async () => {
    const existing = item('f/a.txt', { version: '4' });
    const step = restore({ action: 'UPDATE', existing, keptAt: BEGUN_AT.getTime() });
    const { finished, request } = await carryOut(step, async () => back, BEGUN_AT);
    expect(await finished).toMatchObject({ outcome: 'UPDATED' });
    expect(request()).toMatchObject({
      replaces: existing,
      replacedTo: { root: ['jobs', 'one'], at: BEGUN_AT },
      inDoubtSince: BEGUN_AT,
    });
  });

  it('and is kept no longer is left to people', async () => {
    const gone = new PlatformError('NOT_FOUND', 'It is not in the bin any more.');
    const { finished } = await carryOut(restore(), () => Promise.reject(gone));
    await expect(finished).rejects.toMatchObject({
      ...{ kind: 'CONFLICT', message: 'It is not in the bin any more.', retry: 'never', cause: gone },
      remedy: 'Bring it back by hand, such as from a backup.',
    });
  });

  it.each([new PlatformError('UNREACHABLE', 'No answer.'), new Error('A bug.')])(
    'fails with what its platform says: %s',
    async (error) => {
      const { finished } = await carryOut(restore(), () => Promise.reject(error));
      await expect(finished).rejects.toBe(error);
    },
  );

  it('is told by its key below the folder of the job, and the ledger learns nothing', () => {
    expect(restored(claimed(restore()), back, { destinationRoot: ['jobs', 'one'] })).toEqual({
      ...{ stepId: 'item 1', outcome: 'CREATED', reason: 'UNDONE', message: 'It comes back.', remedy: null },
      ...{ sha256: null, verifiedBy: null, ledger: null, byteCount: 0 },
      destination: { key: 'f/a.txt', item: back },
    });
  });

  it('has its place below the folder of the job', () => {
    expect(placeOfRestored(restore(), { destinationRoot: ['jobs', 'one'] })).toEqual(['jobs', 'one', 'f', 'a.txt']);
  });
});

const ofFolder = restore({}, folder('f', { id: 'former' }));

it.each<[string, Restore, Item | null, boolean]>([
  ['is not back where nothing stands', restore(), null, false],
  ['is back where the very item stands', restore(), item('f/a.txt', { id: 'former' }), true],
  ['is not back where another item stands', restore(), item('f/a.txt', { id: 'another' }), false],
  ['is not back where a folder stands instead', restore(), folder('f/a.txt', { id: 'former' }), false],
  ['is back where any folder stands for a folder', ofFolder, folder('f', { id: 'another' }), true],
  ['is not back where a file stands for a folder', ofFolder, item('f', { id: 'former' }), false],
  ['is looked for by the step where only its content was replaced', restore({ action: 'UPDATE' }), former, false],
])('what was to come back %s', (_, step, found, isBack) => {
  expect(broughtBack({ step }, found)).toBe(isBack);
});
