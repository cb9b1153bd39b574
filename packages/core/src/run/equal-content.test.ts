import { describe, expect, it } from 'vitest';
import type { Triple } from '../pair/index.js';
import { refuse, skip, update, type Decision, type LedgerEntry } from '../plan/index.js';
import { PlatformError, type Item } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { activeRoom, at, listed } from './active-room.testing.js';
import { sha } from './content-decisions.testing.js';
import { EqualContent, isJudged } from './equal-content.js';

const shaOf = (sighting: Triple['source']) => (typeof sighting === 'string' ? sighting : sighting.item.sha256);

/** `a` with that text on both sides, of which the ledger knows other versions with another text of that length. */
async function house({ source = 'ours', destination = 'they', known = 'text' } = {}, over: Partial<LedgerEntry> = {}) {
  const room = await activeRoom('COPY');
  room.source.seed([{ path: 'a', bytes: source }]);
  room.destination.seed([{ path: 'a', bytes: destination }]);
  const read: string[] = [];
  for (const side of ['source', 'destination'] as const)
    room[side].onOperation(({ operation, moment }) => {
      if (operation === 'open' && moment === 'before') read.push(side);
    });
  const [from, to] = [listed(room.source, 'a'), listed(room.destination, 'a')];
  const base = ledgerEntry('a', {
    ...{ id: 'known', sourceId: idOf(from), destinationId: idOf(to), sha256: sha(known) },
    ...{
      sourceSize: known.length,
      destinationSize: known.length,
      sourceVersion: 'before',
      destinationVersion: 'before',
    },
    ...over,
  });
  await room.know(base);
  const triple = { source: from, base, destination: to };
  const judged = async () => (await room.store.entryOf('SOURCE', base.sourceId))?.judged;
  return { room, read, triple, contents: new EqualContent(room), judged };
}

const idOf = ({ item: { id, identity } }: ReturnType<typeof listed>) => identity?.value ?? id;

describe('a file under another version', () => {
  it('is read on both sides, where its size is as it was', async () => {
    const { contents, triple, read } = await house();
    const told = await contents.told(triple);
    expect(read).toEqual(['source', 'destination']);
    expect([shaOf(told.source), shaOf(told.destination)]).toEqual([sha('ours'), sha('they')]);
    expect(told).toMatchObject({ base: triple.base, source: { key: 'a' }, destination: { key: 'a' } });
  });

  it.each([
    ['source', 'destinationVersion', ['source']],
    ['destination', 'sourceVersion', ['destination']],
  ] as const)('is read at the %s where only that one changed', async (_, other, expected) => {
    const { contents, triple, read } = await house();
    const side = other === 'sourceVersion' ? triple.source : triple.destination;
    await contents.told({ ...triple, base: { ...triple.base, [other]: side.item.version } });
    expect(read).toEqual(expected);
  });

  it.each<[string, Item]>([
    ['its size is another one', item('a', { version: '2', size: 5 })],
    ['its size is not told', item('a', { version: '2', size: null })],
    ['its listing tells the checksum', item('a', { version: '2', size: 4, sha256: sha('else') })],
  ])('is not read where %s', async (_, changed) => {
    const { contents, triple, read } = await house();
    const side = { key: 'a', item: { ...triple.source.item, size: changed.size, sha256: changed.sha256 } };
    const told = await contents.told({ ...triple, source: side, destination: 'ABSENT' });
    expect([read, told.source]).toEqual([[], side]);
  });

  it.each<[string, Partial<LedgerEntry> | null]>([
    ['the ledger does not know it', null],
    ['the ledger knows no checksum', { sha256: null }],
  ])('is not read where %s', async (_, over) => {
    const { contents, triple, read } = await house();
    const given = { ...triple, base: over && { ...triple.base, ...over } };
    expect(await contents.told(given)).toBe(given);
    expect(read).toEqual([]);
  });

  it('is not read again where these versions were found to differ', async () => {
    const { contents, triple, read, judged } = await house();
    await contents.remember(triple, null);
    const given = { ...triple, base: { ...triple.base, judged: (await judged()) ?? null } };
    expect(isJudged(given)).toBe(true);
    expect(await contents.told(given)).toBe(given);
    expect(read).toEqual([]);
  });

  it('is as its listing tells it where it cannot be read', async () => {
    const { room, contents, triple } = await house();
    room.source.failNext('open', new PlatformError('ACCESS_DENIED', 'No.'));
    expect((await contents.told({ ...triple, destination: 'ABSENT' })).source).toBe(triple.source);
  });

  it.each([new PlatformError('ABORTED', 'Stopped.'), new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.')])(
    'stops the plan where %s',
    async (error) => {
      const { room, contents, triple } = await house();
      room.source.failNext('open', error);
      await expect(contents.told(triple)).rejects.toThrow(error.message);
    },
  );
});

it('a file whose versions are as known is not read', async () => {
  const { contents, triple, read } = await house();
  const { source, destination } = triple;
  const base = { ...triple.base, sourceVersion: source.item.version, destinationVersion: destination.item.version };
  const given = { ...triple, base };
  expect(await contents.told(given)).toBe(given);
  expect(read).toEqual([]);
});

describe('versions that were found to differ', () => {
  const existing = item('a');

  it.each<[string, Decision | null, boolean]>([
    ['where nothing is done', null, true],
    ['where the item is left', skip('EDITED_AT_DESTINATION', 'It was edited.'), true],
    ['where the item is refused', refuse('CONFLICT', 'Both changed.', 'Decide.'), true],
    ['but not where the plan makes them equal', update(existing, 'CONFLICT', 'The source wins.'), false],
  ])('are remembered %s', async (_, decision, isRemembered) => {
    const { contents, triple, judged } = await house();
    await contents.remember(triple, decision);
    const { source, destination } = triple;
    const versions = JSON.stringify([source.item.version, destination.item.version]);
    expect(await judged()).toBe(isRemembered ? versions : null);
  });

  it.each(['remember', 'rememberTold'] as const)('are not remembered where one is not told: %s', async (how) => {
    const { contents, triple, judged } = await house();
    const { source, destination } = triple;
    await contents[how]({ ...triple, source: { ...source, item: { ...source.item, version: null } } }, null);
    await contents[how](
      { ...triple, destination: { ...destination, item: { ...destination.item, version: null } } },
      null,
    );
    await contents[how]({ ...triple, destination: 'ABSENT' }, null);
    await contents.planStands();
    expect(await judged()).toBeNull();
  });

  it.each(['remember', 'rememberTold'] as const)('are nothing to an item that is new: %s', async (how) => {
    const { room, contents, triple } = await house();
    const ids: unknown[] = [];
    room.store.judge = async (id) => void ids.push(id);
    for (const base of [null, { ...triple.base, id: null }]) await contents[how]({ ...triple, base }, null);
    await contents.planStands();
    expect(ids).toEqual([]);
  });

  it('are remembered once', async () => {
    const { room, contents, triple } = await house();
    const ids: string[] = [];
    room.store.judge = async (_, versions) => void ids.push(versions);
    await contents.remember(triple, null);
    await contents.remember({ ...triple, base: { ...triple.base, judged: ids[0] ?? null } }, null);
    expect(ids).toHaveLength(1);
  });
});

describe('what the plan tells once', () => {
  it('is remembered as soon as the plan stands', async () => {
    const { room, contents, triple, judged } = await house();
    await contents.rememberTold(triple);
    expect(await judged()).toBeNull();
    await contents.planStands();
    expect(await judged()).not.toBeNull();
    await room.store.judge('known', 'since');
    await contents.planStands();
    expect(await judged()).toBe('since');
  });

  it('is remembered at once where there is very much of it', async () => {
    const { contents, triple, judged } = await house();
    const other = { ...triple, base: { ...triple.base, id: 'other' } };
    for (let told = 0; told < 9_999; told++) await contents.rememberTold(other);
    await contents.rememberTold(triple);
    expect(await judged()).toBeNull();
    await contents.rememberTold(triple);
    expect(await judged()).not.toBeNull();
  });
});

it.each<[string, Partial<LedgerEntry> | null, boolean]>([
  ['that the ledger does not know', null, false],
  ['of which nothing was found', { judged: null }, false],
  ['that were found to differ', { judged: '["1","2"]' }, true],
  ['other than those that were', { judged: '["1","1"]' }, false],
])('versions %s', (_, over, expected) => {
  const base = over && ledgerEntry('a', over);
  expect(isJudged({ source: at('a', { version: '1' }), base, destination: at('a', { version: '2' }) })).toBe(expected);
});

it('nothing was found of versions that are not told', () => {
  expect(isJudged({ source: 'ABSENT', base: ledgerEntry('a'), destination: 'ABSENT' })).toBe(false);
});
