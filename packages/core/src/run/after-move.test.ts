import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AfterMove, Step } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { folderStep, item, settledStep, step } from '../testing/index.js';
import { activeRoom, FOLDER, toolsKept } from './active-room.testing.js';
import { afterMoves } from './after-move.js';
import type { ClaimedStep } from './ports/index.js';

const MOVED: AfterMove = { existingKey: 'g/a', folderId: null };
const permanent = (value: string): Pick<Item, 'identity'> => ({ identity: { value, strength: 'PERMANENT' } });
const known = item('f/a', { id: 'as listed', version: '7', ...permanent('it') });
const now = item('root/g/a', { id: 'since the move', version: '7', ...permanent('it') });

const claim = (of: Step, over: Partial<ClaimedStep> = {}): ClaimedStep => ({
  ...{ id: '1', step: of, inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 },
  ...over,
});

const update = (existing: Item = known, over: Partial<Step> = {}): Step =>
  ({ ...step('g/a', { action: 'UPDATE', existing, parentKey: 'g', afterMove: MOVED }), ...over }) as Step;

/** A destination at which `found` stands wherever somebody looks. */
async function destination(found: Item | null) {
  const room = await activeRoom('COPY');
  const looked: unknown[] = [];
  const find = async (address: unknown) => {
    looked.push(address);
    return found;
  };
  const context = { ...room, destinationRoot: ['root'], destination: { ...room.destination, find } };
  return { looked, ...toolsKept(context) };
}

describe('a step whose item is moved before', () => {
  it('finds it where it stands then', async () => {
    const { tools, looked, revised } = await destination(now);
    const { step: next } = await afterMoves(claim(update()), tools);
    expect(looked.at(-1)).toEqual({ path: ['root', 'g', 'a'] });
    expect(next).toEqual({ ...update(), existing: now, expects: { id: 'since the move', version: '7' } });
    expect(revised).toEqual([next]);
  });

  it('expects any version where any will do', async () => {
    const { tools } = await destination({ ...now, version: '8' });
    const given = update(known, { expects: { id: 'as listed', version: null } });
    expect((await afterMoves(claim(given), tools)).step).toMatchObject({
      expects: { id: 'since the move', version: null },
      existing: { version: '8' },
    });
  });

  it('expects nothing where it expected nothing', async () => {
    const { tools } = await destination(now);
    const given: Step = { ...settledStep('g/a'), existing: known, expects: null, afterMove: MOVED };
    expect((await afterMoves(claim(given), tools)).step).toMatchObject({ existing: now, expects: null });
  });

  it.each<[string, Item | null, Item?]>([
    ['nothing stands there', null],
    ['it was edited since', { ...now, version: '8' }],
    ['another one stands there', { ...now, ...permanent('other') }],
    ['it is a folder now', { ...now, kind: 'FOLDER' }],
  ])('is in conflict where %s', async (_, found, existing = known) => {
    const { tools, revised } = await destination(found);
    await expect(afterMoves(claim(update(existing)), tools)).rejects.toMatchObject({
      kind: 'CONFLICT',
      message: 'The item at the destination changed meanwhile; the next run looks again.',
    });
    expect(revised).toEqual([]);
  });

  it('is in conflict where it has no item any more', async () => {
    const { tools } = await destination(now);
    await expect(afterMoves(claim(update(known, { existing: null })), tools)).rejects.toMatchObject({
      kind: 'CONFLICT',
    });
  });

  it.each([
    ['the version', '7', true],
    ['no other version', '8', false],
  ])('knows it by %s where no identity is told', async (_, version, isKnown) => {
    const { tools } = await destination(item('root/g/a', { id: 'other', version }));
    const given = update({ ...known, identity: null }, { expects: { id: 'as listed', version: null } });
    const after = afterMoves(claim(given), tools);
    if (isKnown) expect((await after).step.existing).toMatchObject({ id: 'other' });
    else await expect(after).rejects.toMatchObject({ kind: 'CONFLICT' });
  });
});

describe('a step stays as it is', () => {
  it.each<[string, ClaimedStep]>([
    ['that depends on no move', claim(step('g/a'))],
    ['whose item is not moved', claim(update(known, { afterMove: { existingKey: null, folderId: 'f' } }))],
    ['that is a move, which looks itself', claim(update(known, { type: 'MOVE' }))],
    ['that began before', claim(update(), { inDoubtSince: new Date(0) })],
  ])('%s', async (_, claimed) => {
    const { tools, revised } = await destination(null);
    expect(await afterMoves(claimed, tools)).toBe(claimed);
    expect(revised).toEqual([]);
  });
});

describe('the folder that is to hold the item', () => {
  it('is asked for as the one that comes along with a move', async () => {
    const { tools, folders } = await destination(now);
    await afterMoves(
      claim(folderStep('g/a', { parentKey: 'g', afterMove: { existingKey: null, folderId: 'id' } })),
      tools,
    );
    expect(folders).toEqual([['g', 'id']]);
  });

  it('is not asked for where the step has none', async () => {
    const { tools, folders } = await destination(item('root/g/a', { ...FOLDER, ...permanent('it') }));
    await afterMoves(claim({ ...settledStep('g/a'), afterMove: { existingKey: null, folderId: 'id' } }), tools);
    expect(folders).toEqual([]);
  });
});

it.each(['to', 'g/a', 'g'])('a step waits for a move that is under way at %s', async (place) => {
  const { tools, moves } = await destination(now);
  const [told, move]: [string[], { end: () => void }] = [[], { end: () => {} }];
  moves.announce([place], new Promise<void>((resolve) => (move.end = resolve)));
  const given = update(known, { destinationKey: 'to' });
  const after = afterMoves(claim(given), tools).then(() => told.push('step'));
  await setImmediate();
  told.push('move');
  move.end();
  await after;
  expect(told).toEqual(['move', 'step']);
});
