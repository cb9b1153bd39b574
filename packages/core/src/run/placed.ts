import { seen, type Seen, type Triple } from '../pair/index.js';
import { note, OF_FOLDER, type Decision } from '../plan/index.js';
import { AWAITED, givesWay, isAnother, OCCUPIED, UNDECIDED, type Placement } from './placing.js';

/** What is left to do about an item that is moved: equal content under another version or identity is learned with the move. */
export const besideMove = (decision: Decision | null) => (decision?.action === 'ADOPT' ? null : decision);

/** A file whose name a folder has waits until it has another one. */
export const waiting = (decision: Decision | null): Decision | null =>
  decision?.action === 'CREATE' || decision === OCCUPIED ? OF_FOLDER : decision;

/** What is done about the content, and what the place asks for beside a move. */
export function placed(
  decision: Decision | null,
  placement: Placement | 'AWAITED',
  { destination }: Triple,
  named: Seen | null,
): Decision | null {
  if (placement === 'OCCUPIED' && givesWay(decision)) return OCCUPIED;
  if (placement === 'AWAITED' && givesWay(decision)) return AWAITED;
  if (placement === 'UNDECIDED') return UNDECIDED;
  // The item that gets the conflict name stands elsewhere, so that another one keeps the place of the new file.
  if (decision?.keepBoth === 'EXISTING' && isAnother(named, seen(destination))) return OCCUPIED;
  if (placement === 'STAY' || decision !== null) return decision;
  return note(seen(destination)!.item, 'Its place at the source changed; at the destination it stays where it is.');
}
