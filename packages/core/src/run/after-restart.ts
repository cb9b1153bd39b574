import { writesSource } from '../decide/index.js';
import type { Call, Item } from '../platform/index.js';
import { pathSegments } from '../plan/index.js';
import { leftOf, lostEntryOf } from './after-power-cut.js';
import { callTo, type ActiveContext } from './context.js';
import { COMMITTED_OUTCOMES } from './committer.js';
import { writtenSides } from './swapped.js';
import { hashOf } from './hashed-content.js';
import { concernsOneItem } from './one-item.js';
import type { DoubtfulEntry, RevisedEntry } from './ports/index.js';
import { paced } from './throttle.js';

/**
 * Looks again at what may have been lost with the power of the machine, so that the ledger claims nothing that is gone, and
 * begins the marks of what is written from now on. Tells how many items are not there as they were brought.
 */
export async function lookAfterRestart(context: ActiveContext): Promise<number> {
  const written = writesSource(context.table) ? writtenSides(context) : [context];
  const sides = written.filter((side) => durabilityOf(side) !== undefined);
  if (sides.length === 0) return 0;
  const machineStart = await startOf(sides);
  let lost = 0;
  for (const side of sides) lost += await lookAtSide(side, machineStart);
  await context.store.beginMarks(
    machineStart,
    sides.some((side) => durabilityOf(side)?.settle !== undefined),
  );
  return lost;
}

const durabilityOf = ({ destination }: ActiveContext) => destination.destination?.durability;

/** Null where one of the sides does not tell. */
async function startOf(sides: readonly ActiveContext[]): Promise<string | null> {
  const starts = new Set<string>();
  for (const side of sides) {
    const start = await durabilityOf(side)!.machineStart(callTo('DESTINATION', side, side.control.signal));
    if (start === null) return null;
    starts.add(start);
  }
  return [...starts].join(' ');
}

async function lookAtSide(context: ActiveContext, machineStart: string | null): Promise<number> {
  const call = callTo('DESTINATION', context, context.control.signal);
  const revised: RevisedEntry[] = [];
  let lost = 0;
  for await (const doubtful of context.store.doubtfulEntries(machineStart)) {
    const found = await revisedEntry(doubtful, context, call);
    if (found) revised.push(found);
    if (found) lost += 1;
    if (revised.length >= COMMITTED_OUTCOMES) await context.store.reviseEntries(revised.splice(0));
  }
  if (revised.length > 0) await context.store.reviseEntries(revised);
  return lost;
}

/** Null for an entry that holds as it is. What cannot be looked at is forgotten: the next listing finds it if it is there. */
async function revisedEntry(doubtful: DoubtfulEntry, context: ActiveContext, call: Call): Promise<RevisedEntry | null> {
  try {
    return await whatIsLeft(doubtful, context, call);
  } catch (error) {
    if (concernsOneItem(error)) return { id: doubtful.entry.id, entry: null };
    throw error;
  }
}

async function whatIsLeft(doubtful: DoubtfulEntry, context: ActiveContext, call: Call): Promise<RevisedEntry | null> {
  const { entry } = doubtful;
  const path = [...context.destinationRoot, ...pathSegments(entry.destinationKey)];
  const found = await context.destination.find({ path }, call);
  const left = leftOf(doubtful, found);
  const isLost = left === 'LOST' || (left === 'COMPARE' && !(await holds(found!, entry.sha256!, context, call)));
  if (left === 'GONE') return { id: entry.id, entry: null };
  return isLost ? { id: entry.id, entry: lostEntryOf(entry, found!) } : null;
}

async function holds(found: Item, sha256: string, context: ActiveContext, call: Call): Promise<boolean> {
  const { destination } = context;
  const bytes = destination.destination?.readBack?.(found, call) ?? destination.source?.open(found, call);
  return bytes !== undefined && (await hashOf(paced(context, bytes, call.signal))) === sha256;
}
