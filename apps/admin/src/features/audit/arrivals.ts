/** An event as far as its place in the list depends on it. */
export interface Placed {
  sequence: number;
}

/** What came since a list was read, newest first; the newest `waitingCount` of it are not shown yet. */
export interface Arrivals<Event> {
  /** The list they belong to. */
  query: string;
  events: readonly Event[];
  waitingCount: number;
  /** Whether some of those that wait are no longer held, so that the list has to be read again. */
  isCut: boolean;
}

/** Of a longer row the list is read again. */
export const MOST_HELD = 200;

export const noArrivals = <Event>(query: string): Arrivals<Event> => ({
  query,
  events: [],
  waitingCount: 0,
  isCut: false,
});

/**
 * Takes one event; with `waits` it is held back, and without it comes in with all that waited.
 *
 * @param top sequence of the newest event of the list as it was read; what is not newer is on it
 */
export function arrive<Event extends Placed>(
  arrivals: Arrivals<Event>,
  event: Event,
  { top, waits }: { top: number; waits: boolean },
): Arrivals<Event> {
  const newest = Math.max(top, arrivals.events[0]?.sequence ?? 0);
  if (event.sequence <= newest) return arrivals;
  const events = [event, ...arrivals.events.filter(({ sequence }) => sequence > top)];
  if (!waits) return { ...arrivals, events, waitingCount: 0 };
  const waitingCount = arrivals.waitingCount + 1;
  return { ...arrivals, waitingCount, events: events.slice(0, MOST_HELD), isCut: waitingCount > MOST_HELD };
}

/** The list with what came before it. */
export function withArrivals<Event extends Placed>(
  read: readonly Event[],
  { events, waitingCount }: Arrivals<Event>,
): readonly Event[] {
  const top = read[0]?.sequence ?? 0;
  const shown = events.slice(waitingCount).filter(({ sequence }) => sequence > top);
  return shown.length === 0 ? read : [...shown, ...read];
}
