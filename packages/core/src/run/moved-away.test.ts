import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import { packItems, type Item } from '../platform/index.js';
import type { TransferType } from '../plan/index.js';
import { item } from '../testing/index.js';
import { activeRoom, at, FOLDER, stepsKept, type ActiveRoom } from './active-room.testing.js';
import { isHeldAfter, MovedAway } from './moved-away.js';

const BEGUN = new Date('2026-11-21T12:00:00.000Z');
const BIN = 'It goes to the recycle bin of the source, from where it can be restored.';

function moving(context: ActiveRoom) {
  const { steps, writer } = stepsKept();
  return { steps, away: new MovedAway(context, writer, BEGUN) };
}

const begin = async (type: TransferType = 'MOVE', given: Parameters<typeof activeRoom>[1] = {}) =>
  moving(await activeRoom(type, given));

/** Keys of what goes once all is planned. */
async function gone({ steps, away }: ReturnType<typeof moving>): Promise<(string | null)[]> {
  await away.finish();
  return steps.map(({ sourceKey }) => sourceKey);
}

it.each([
  ...(['ADOPT', 'CREATE', 'DESCRIBE', 'MOVE', 'RENAME', 'UPDATE'] as const).map((action) => [action, true] as const),
  ...(['DELETE', 'REFUSE', 'SKIP'] as const).map((action) => [action, false] as const),
])('whether the destination holds an item after %s: %s', (action, expected) => {
  expect(isHeldAfter({ action })).toBe(expected);
});

describe('a file that was moved', () => {
  it('goes from the source once the destination holds that version of it', async () => {
    const { steps, away } = await begin();
    await away.goes(at('f/a', { version: '3' }), 'g/b');
    expect(steps).toEqual([
      expect.objectContaining({
        type: 'REMOVE',
        action: 'DELETE',
        side: 'SOURCE',
        kind: 'FILE',
        ...{ sourceKey: 'f/a', destinationKey: 'g/b', reason: 'MOVED_AWAY', ledgerId: null },
        message: `It is removed at the source once the destination is proved to hold it. ${BIN}`,
        existing: item('f/a', { version: '3' }),
        expects: { id: 'id:f/a', version: '3' },
        heldAs: { version: '3' },
        trashedAt: BEGUN.getTime(),
        callCount: 0,
      }),
    ]);
  });

  it('goes for good where the job says so', async () => {
    const context = await activeRoom('MOVE');
    const { steps, away } = moving({ ...context, policies: { ...context.policies, deletePermanently: true } });
    await away.goes(at('a'), 'a');
    const how = 'It is deleted for good and cannot be put back.';
    const message = `It is removed at the source once the destination is proved to hold it. ${how}`;
    expect(steps).toMatchObject([{ trashedAt: null, message }]);
  });

  it('costs what a removal costs at the source', async () => {
    const context = await activeRoom('MOVE');
    const cost = (work: string, size: number | null) => (work === 'REMOVE' ? (size ?? 0) : 99);
    Object.assign(context.source.destination ?? {}, { cost });
    const { steps, away } = moving(context);
    await away.goes(at('a', { size: 3 }), 'a');
    expect(steps).toMatchObject([{ callCount: 3 }]);
  });

  it('goes also where a source tells no cost', async () => {
    const context = await activeRoom('MOVE', { options: { without: ['destination'] } });
    const { steps, away } = moving(context);
    await away.goes(at('a'), 'a');
    expect(steps).toMatchObject([{ action: 'DELETE', callCount: 0 }]);
  });
});

describe('a file that somebody else has locked', () => {
  const lock: Item['lock'] = { holder: 'Ann', until: null };

  it('stays at the source with its folder, and is told', async () => {
    const { steps, away } = await begin();
    await away.goes(at('f', FOLDER), 'g');
    await away.goes(at('f/a', { lock }), 'g/a');
    await away.finish();
    expect(steps).toEqual([
      expect.objectContaining({
        type: 'INERT',
        ...{ action: 'REFUSE', side: 'SOURCE', kind: 'FILE', sourceKey: 'f/a', destinationKey: 'g/a' },
        reason: 'LOCKED',
        message: 'It stays at the source. Ann has locked the file at the source.',
        remedy: 'Have it checked in, then retry.',
      }),
    ]);
  });

  it('is left out where the job leaves out what is locked', async () => {
    const { steps, away } = await begin('MOVE', { policies: { lockedFiles: 'SKIP' } });
    await away.goes(at('a', { lock }), 'a');
    expect(steps).toMatchObject([{ action: 'SKIP', remedy: null }]);
  });

  it('goes once the lock is over', async () => {
    const { steps, away } = await begin();
    await away.goes(at('a', { lock: { ...lock, until: BEGUN } }), 'a');
    expect(steps).toMatchObject([{ action: 'DELETE' }]);
  });
});

describe('folders that were moved', () => {
  const all = async (given: Parameters<typeof activeRoom>[1] = {}) => {
    const moved = moving(await activeRoom('MOVE', given));
    for (const key of ['f', 'f/g', 'f/g/h', 'x']) await moved.away.goes(at(key, FOLDER), `to ${key}`);
    return moved;
  };

  it('go last, those below first', async () => {
    const moved = await all();
    await moved.away.goes(at('f/a'), 'f/a');
    expect(await gone(moved)).toEqual(['f/a', 'x', 'f/g/h', 'f/g', 'f']);
    expect(moved.steps.at(-1)).toMatchObject({
      ...{ kind: 'FOLDER', destinationKey: 'to f' },
      message: `It is removed at the source once everything in it was moved. ${BIN}`,
    });
  });

  it('stay with all above them where something in them stays', async () => {
    const moved = await all();
    moved.away.stays('f/g/a');
    expect(await gone(moved)).toEqual(['x', 'f/g/h']);
  });

  it('stay where they are not known to be empty', async () => {
    const moved = await all();
    moved.away.keeps('f/g');
    expect(await gone(moved)).toEqual(['x', 'f/g/h']);
  });

  it('stay above a place that is not known to be empty', async () => {
    const moved = await all();
    moved.away.keeps('f/g/unseen');
    expect(await gone(moved)).toEqual(['x', 'f/g/h']);
  });

  it('go where only something at the root of the job stays', async () => {
    const moved = await all();
    moved.away.stays('a');
    expect(await gone(moved)).toEqual(['x', 'f/g/h', 'f/g', 'f']);
  });

  it('stay with all above them where the filters leave something out that is in them', async () => {
    const context = await activeRoom('MOVE', { rules: [exclude({ globs: ['*.tmp'] })] });
    context.sifter.sift([{ key: 'f', items: packItems(['f'], [item('f/a.tmp')]) }]);
    const moved = moving(context);
    for (const key of ['f', 'x']) await moved.away.goes(at(key, FOLDER), key);
    expect(await gone(moved)).toEqual(['x']);
  });
});

it.each(['COPY', 'SYNC'] as const)('nothing goes from the source with %s', async (type) => {
  const moved = await begin(type);
  expect(moved.away.isActive).toBe(false);
  await moved.away.goes(at('a'), 'a');
  await moved.away.goes(at('f', FOLDER), 'f');
  expect(await gone(moved)).toEqual([]);
});
