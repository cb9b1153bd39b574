import type { LedgerEntry, TransferType } from '../plan/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom, at } from './active-room.testing.js';
import { BothSides } from './both-sides.js';
import { OtherSide } from './other-side.js';
import { BEGUN, entered, plannedMoves } from './planned-moves.testing.js';

export interface Scene {
  type: TransferType;
  isSecond: boolean;
  remembered: number;
  known: LedgerEntry[];
  source: ReturnType<typeof at>[];
  destination: ReturnType<typeof at>[];
  moves: boolean;
}

export async function house(scene: Partial<Scene> = {}) {
  const { type = 'SYNC', isSecond = false, remembered = 1, known = [], source = [], destination = [] } = scene;
  const room = await activeRoom(type, { options: scene.moves === false ? { without: ['move'] } : {} });
  await room.know(...known);
  await room.show('SOURCE', ...source);
  await room.show('DESTINATION', ...destination);
  const [both, { moves, steps }] = [new BothSides(), plannedMoves(room)];
  return { room, both, moves, steps, other: new OtherSide(room, { both, isSecond, moves, remembered, now: BEGUN }) };
}

export const TARGET = { key: '', listedKey: '', formerKey: '', movingId: null };
/** The ledger has `a` on both sides. */
export const known = entered(ledgerEntry('a'));
/** Another item of the ledger, `b` at the source and `x` at the destination. */
export const ofOther = entered(ledgerEntry('b', { destinationKey: 'x' }));
export const itsHalf = at('x', { id: 'd:b', version: '7' });
