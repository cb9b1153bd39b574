import type { LedgerEntry, Step, TransferType } from '../plan/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom, at, stepsKept, type ActiveRoom } from './active-room.testing.js';
import type { TargetFolder } from './placing.js';
import { PlannedMoves } from './planned-moves.js';
import { StepMaker } from './step-maker.js';

export const BEGUN = new Date('2026-11-21T12:00:00.000Z');

type Tools = ConstructorParameters<typeof PlannedMoves>[1];

/** The moves of a plan about items of the job's root, of which the ledger knows one, and their steps. */
export function plannedMoves(room: ActiveRoom, over: Partial<Tools> = {}) {
  const { steps, writer } = stepsKept();
  const { policies, destination } = room;
  const maker = new StepMaker(destination.destination, { policies, limits: destination.limits, now: BEGUN });
  const folderAt = (key: string) => key;
  const moves = new PlannedMoves(room, { writer, maker, remembered: 1, isPlanned: () => true, folderAt, ...over });
  return { steps, moves };
}

/** What becomes of which item by a step. */
export const toldOf = (steps: readonly Step[]) =>
  steps.map(({ action, existing, destinationKey }) => `${action} ${existing?.path.join('/')} to ${destinationKey}`);

/** An entry of the ledger with its identifier. */
export const entered = (entry: LedgerEntry): LedgerEntry => ({ ...entry, id: `entry of ${entry.sourceKey}` });

export type Shown = ReturnType<typeof at>[];

export interface Scene {
  type: TransferType;
  known: LedgerEntry[];
  source: Shown;
  destination: Shown;
  tools: Partial<Tools>;
  options: NonNullable<Parameters<typeof activeRoom>[1]>['options'];
}

export async function house({
  type = 'COPY',
  known = [],
  source = [],
  destination = [],
  tools,
  options = {},
}: Partial<Scene>) {
  const room = await activeRoom(type, { options });
  await room.know(...known);
  await room.show('SOURCE', ...source);
  await room.show('DESTINATION', ...destination);
  return plannedMoves(room, tools);
}

export const target = (over: Partial<TargetFolder> = {}): TargetFolder => ({
  ...{ key: '', listedKey: '', formerKey: '', movingId: null },
  ...over,
});

/** The ledger has `b` of the source as `x` at the destination. */
export const known = entered(ledgerEntry('b', { destinationKey: 'x', destinationId: 'd:x' }));
export const occupant = at('x', { id: 'd:x', version: '7' });
export const since = (key: string, over = {}) => at(key, { id: 'id:b', ...over });
export const wanted = at('x', { id: 'new' });
