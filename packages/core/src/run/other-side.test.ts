import { describe, expect, it } from 'vitest';
import type { Verdict } from '../decide/index.js';
import type { Triple } from '../pair/index.js';
import type { LedgerEntry, Step } from '../plan/index.js';
import { item, ledgerEntry, settledStep, step } from '../testing/index.js';
import { at, FOLDER } from './active-room.testing.js';
import type { BothSides } from './both-sides.js';
import { house, known, ofOther } from './other-side.testing.js';
import type { Placement } from './placing.js';
import { entered } from './planned-moves.testing.js';

it.each([
  [false, 'SOURCE'],
  [true, 'DESTINATION'],
] as const)('what is made again, in the planning of the source: %s', async (isSecond, side) => {
  const { other, both } = await house({ isSecond });
  expect(other.surviving).toBe(both.surviving[side]);
});

describe('what is left to do about a place', () => {
  const leave = (both: BothSides) => both.leaveName(at('a'), 'a');
  const write = (both: BothSides) => both.noteWritten(at('a'));

  it.each<[string, boolean, Placement, Verdict, ((both: BothSides) => void) | null, Placement]>([
    ['is to learn it', false, 'LEARN', 'NOTHING', null, 'LEARN'],
    ['is nothing to learn before its content has its turn', false, 'LEARN', 'NOTE', null, 'STAY'],
    ['is a move', false, 'MOVE', 'NOTE', null, 'MOVE'],
    ['is a move for an item that leaves its name in this planning', false, 'MOVE', 'NOTHING', leave, 'MOVE'],
    ['is to learn it in the other planning too', true, 'LEARN', 'NOTHING', null, 'LEARN'],
    ['is nothing to learn of what gets a content before', true, 'LEARN', 'NOTHING', write, 'STAY'],
    ['is a move also of what gets a content before', true, 'MOVE', 'NOTHING', write, 'MOVE'],
    ['is nothing for what left its name before', true, 'MOVE', 'NOTHING', leave, 'STAY'],
  ])('%s', async (_, isSecond, wished, verdict, prepare, expected) => {
    const { other, both } = await house({ isSecond });
    prepare?.(both);
    expect(other.placementLeft(at('a'), wished, verdict)).toBe(expected);
  });
});

it('what the planning of the destination paired is paired in that of the source', async () => {
  for (const isSecond of [false, true]) {
    const { other, both } = await house({ isSecond });
    both.pair(at('b'), at('a'));
    expect([other.partnerOf(at('a'))?.key, other.partnerOf(at('c'))]).toEqual([isSecond ? 'b' : undefined, null]);
  }
});

describe('the place of an item at the destination', () => {
  const folder = entered(ledgerEntry('f', { kind: 'FOLDER' }));
  const moved = at('g', { ...FOLDER, id: 'd:f' });
  const base = ledgerEntry('f/a');

  it.each<[string, LedgerEntry | null, Triple['destination'], string]>([
    ['is as known where it is gone', base, 'ABSENT', 'here'],
    ['is as known where nothing is known', null, at('f/a'), 'here'],
    ['is as known where it did not change', base, at('f/a'), 'here'],
    ['is another one where it was renamed', base, at('f/b'), 'moved'],
    ['is another one where it was renamed in a folder that was moved', base, at('g/b'), 'moved'],
    ['is as known in its folder that was moved', base, at('g/a'), 'here'],
    ['is another one in another folder', base, at('h/a'), 'moved'],
    ['is another one in a folder that is not listed', base, at('i/a'), 'moved'],
    ['is another one at the root', base, at('a'), 'moved'],
    ['is another one where it left the root', ledgerEntry('a'), at('g/a'), 'moved'],
  ])('%s', async (_, entry, destination, expected) => {
    const { other } = await house({ known: [folder], destination: [moved, at('h', FOLDER)] });
    expect(await other.placeThere({ base: entry, destination })).toBe(expected);
  });

  it('is told of all items of a folder by one question', async () => {
    const { other, room } = await house({ known: [folder], destination: [moved, at('h', FOLDER)] });
    const asked: string[] = [];
    const find = room.store.destinationByKey.bind(room.store);
    room.store.destinationByKey = (key) => {
      asked.push(key);
      return find(key);
    };
    const places = [];
    for (const key of ['g/a', 'g/a', 'h/a']) places.push(await other.placeThere({ base, destination: at(key) }));
    expect([asked, places]).toEqual([
      ['g', 'h'],
      ['here', 'here', 'moved'],
    ]);
  });
});

describe('the key that the ledger goes on to know of an item whose content has its turn', () => {
  const triple: Triple = { source: at('a'), base: known, destination: at('y', { id: 'd:a' }) };

  it('is the former one where the other side is to follow', async () => {
    const { other, both } = await house();
    expect([other.knownAt(triple), both.isFollowed(item('y', { id: 'd:a' }))]).toEqual(['a', true]);
  });

  it.each<[string, Partial<Triple>]>([
    ['where it stands there', { destination: at('a', { id: 'd:a' }) }],
    ['of what is new', { base: null }],
    ['of what is gone there', { destination: 'ABSENT' }],
  ])('is none %s', async (_, over) => {
    const { other, both } = await house();
    expect(other.knownAt({ ...triple, ...over })).toBeUndefined();
    expect(both.isFollowed(item('a', { id: 'd:a' }))).toBe(false);
  });

  it('is none in the planning of the source where it was moved before', async () => {
    const { other, both } = await house({ isSecond: true });
    expect([other.knownAt(triple), both.isFollowed(item('y', { id: 'd:a' }))]).toEqual(['a', false]);
    both.noteMoved(at('a'));
    expect(other.knownAt(triple)).toBeUndefined();
  });
});

it.each([false, true])(
  'what is moved is told by the planning of the destination; by that of the source: %s',
  async (isSecond) => {
    const { other, both } = await house({ isSecond });
    other.noteMoved({ source: at('a'), base: known, destination: at('y') });
    expect(both.isMoved(at('y'))).toBe(!isSecond);
  },
);

it.each<[string, LedgerEntry | null, Triple['destination'], Placement, boolean]>([
  ['where it is to be moved', known, at('a'), 'MOVE', true],
  ['where people moved it', known, at('y'), 'STAY', true],
  ['but not where both have it at one', known, at('a'), 'STAY', false],
  ['but not where it is new', null, at('y'), 'MOVE', false],
  ['but not where it is gone there', known, 'ABSENT', 'MOVE', false],
])('the places of an item are apart %s', async (_, base, destination, placement, expected) => {
  expect((await house()).other.arePlacesApart({ source: at('a'), base, destination }, placement)).toBe(expected);
});

describe('the planning of the destination tells that of the source', () => {
  const there = at('f/y', { id: 'd:a' });
  const triple: Triple = { source: at('a'), base: known, destination: there };
  const keepBoth = { action: 'CREATE', reason: 'CONFLICT', message: 'Both.', keepBoth: 'EXISTING' } as const;
  const transfer: Step = step('a', { existing: there.item, renameExistingTo: 'y (conflict)' });

  async function told(
    over: Partial<Triple> = {},
    made: Step | null = transfer,
    verdict: Verdict = 'RECONCILE_BOTH',
    isSecond = false,
  ) {
    const { other, both, moves } = await house({ isSecond });
    other.tell({ ...triple, ...over }, verdict, keepBoth, made);
    return {
      ...{
        partner: both.partnerOf(there)?.key ?? null,
        isWritten: both.isWritten(there),
        isAgreed: both.isAgreed(there),
      },
      now: moves.places.now('f/y', 'FILE'),
    };
  }
  const ALL = { partner: null, isWritten: true, isAgreed: true, now: 'f/y (conflict)' };
  const NOTHING = { partner: null, isWritten: false, isAgreed: false, now: 'f/y' };

  it.each<[string, Parameters<typeof told>, object]>([
    ['which conflict keeps both, and where the other version goes', [], ALL],
    ['what belongs to an item that the ledger did not know', [{ base: null }], { ...ALL, partner: 'a' }],
    ['what belongs to an item that met another one', [{ base: ofOther }], { ...ALL, partner: 'a' }],
    [
      'what belongs to an item that took the place of another',
      [{ base: { ...known, sourceId: 'before' } }],
      { ...ALL, partner: 'a' },
    ],
    ['nothing of what gets no content', [{}, settledStep('a')], NOTHING],
    ['nothing of what needs no step', [{}, null], NOTHING],
    [
      'what is written without a conflict',
      [{}, transfer, 'UPDATE_DESTINATION'],
      { ...ALL, isAgreed: false, now: 'f/y' },
    ],
    ['of a version that keeps its name no other place', [{}, step('a')], { ...ALL, now: 'f/y' }],
    ['nothing of what is not there', [{ destination: 'ABSENT' }], NOTHING],
    ['nothing where it is that of the source itself', [{}, transfer, 'RECONCILE_BOTH', true], NOTHING],
  ])('%s', async (_, given, expected) => {
    expect(await told(...given)).toEqual(expected);
  });
});
