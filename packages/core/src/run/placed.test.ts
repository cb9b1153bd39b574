import { expect, it } from 'vitest';
import { adopt, skip, update, type Decision } from '../plan/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { at } from './active-room.testing.js';
import { besideMove, placed, waiting } from './placed.js';
import { AWAITED, OCCUPIED, UNDECIDED } from './placing.js';

const there = at('a', { id: 'there' });
const other = at('b', { id: 'other' });
const triple = { source: at('b'), base: ledgerEntry('a', { destinationId: 'there' }), destination: there };
const create: Decision = { action: 'CREATE', reason: 'NEW', message: 'The file is new.' };
const updated = update(there.item, 'CONTENT_CHANGED', 'The file changed at the source.');
const tooLarge = skip('FILE_TOO_LARGE', 'The file is too large.');
const keptBoth = (keepBoth: 'EXISTING' | 'SOURCE'): Decision => ({ ...create, reason: 'CONFLICT', keepBoth });

it('equal content is learned with the move, and needs no step of its own', () => {
  expect(besideMove(adopt(item('a'), 'An equal file is there already.'))).toBeNull();
});

it.each([null, updated, tooLarge])('what else is decided about a moved item is left to do: %j', (decision) => {
  expect(besideMove(decision)).toBe(decision);
});

it.each([create, OCCUPIED])('a file whose name a folder has waits: %j', (decision) => {
  expect(waiting(decision)).toMatchObject({ action: 'SKIP', reason: 'NAME_TAKEN' });
  expect(waiting(decision)?.message).toContain('A folder of that name stands at the destination.');
});

it.each([null, updated, tooLarge])('nothing that is not about its name waits for the name: %j', (decision) => {
  expect(waiting(decision)).toBe(decision);
});

it.each<[string, Decision | null, Parameters<typeof placed>[1], Decision | null]>([
  ['is refused where another one has its new place', null, 'OCCUPIED', OCCUPIED],
  ['is refused so too with a new content', updated, 'OCCUPIED', OCCUPIED],
  ['is told what keeps its content, whatever has its new place', tooLarge, 'OCCUPIED', tooLarge],
  ['waits where what has its new place is removed', updated, 'AWAITED', AWAITED],
  ['is told what keeps its content, also where it would wait', tooLarge, 'AWAITED', tooLarge],
  ['is left to people where both sides moved it', updated, 'UNDECIDED', UNDECIDED],
  ['is left to people whatever keeps its content', tooLarge, 'UNDECIDED', UNDECIDED],
  ['gets its content where it stays', updated, 'STAY', updated],
  ['gets its content where its place is learned', updated, 'LEARN', updated],
  ['needs nothing where it stays and is as it was', null, 'STAY', null],
])('an item %s', (_, decision, placement, expected) => {
  expect(placed(decision, placement, triple, null)).toBe(expected);
});

it('of an item that is as it was only the place is learned', () => {
  expect(placed(null, 'LEARN', triple, null)).toEqual({
    action: 'ADOPT',
    reason: 'IDENTICAL',
    message: 'Its place at the source changed; at the destination it stays where it is.',
    existing: there.item,
    isNote: true,
  });
});

it('what stands elsewhere gets no name of a conflict while another one keeps the place of the new file', () => {
  expect(placed(keptBoth('EXISTING'), 'STAY', triple, other)).toBe(OCCUPIED);
});

it.each([
  ['where it stands at that place itself', keptBoth('EXISTING'), there],
  ['where nothing stands at that place', keptBoth('EXISTING'), null],
  ['where the new file gets the name of the conflict', keptBoth('SOURCE'), other],
])('both versions are kept %s', (_, decision, named) => {
  expect(placed(decision, 'STAY', triple, named)).toBe(decision);
});
