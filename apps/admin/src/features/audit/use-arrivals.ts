import { useCallback, useEffect, useMemo, useState } from 'react';
import { arrive, MOST_HELD, noArrivals, withArrivals, type Arrivals, type Placed } from './arrivals.js';

/** So far a page counts as not scrolled, in pixels. */
const TOP_PIXELS = 8;

/** Whether one reads further down, or stands in the table with the keyboard, so that no row may move. */
const isReading = () =>
  window.scrollY > TOP_PIXELS || document.activeElement?.closest('[role="row"]') instanceof HTMLElement;

interface ReadList<Event> {
  nodes: readonly Event[];
  refresh: () => void;
}

/** Puts what comes before a list that was read: at once where one is at its top, else when one asks for it or goes there. */
export function useArrivals<Event extends Placed>(query: string, { nodes: read, refresh }: ReadList<Event>) {
  const [kept, setKept] = useState<Arrivals<Event>>(() => noArrivals(query));
  const arrivals = kept.query === query ? kept : noArrivals<Event>(query);
  const top = read[0]?.sequence ?? 0;
  const add = (event: Event) => {
    const waits = isReading();
    setKept((before) => arrive(before.query === query ? before : noArrivals(query), event, { top, waits }));
  };
  const { isCut, waitingCount } = arrivals;
  const isLong = arrivals.events.length >= MOST_HELD && waitingCount === 0;
  useEffect(() => {
    if (isLong) refresh();
  }, [isLong, refresh]);
  const show = useCallback(() => {
    if (isCut) refresh();
    setKept((before) => (isCut ? noArrivals(query) : { ...before, waitingCount: 0 }));
  }, [isCut, refresh, query]);
  useAtTop(waitingCount > 0, show);
  const nodes = useMemo(() => withArrivals(read, arrivals), [read, arrivals]);
  return { nodes, waitingCount, show, add };
}

/** Calls when somebody comes to the top of the page, while something waits there. */
function useAtTop(isAwaited: boolean, onTop: () => void): void {
  useEffect(() => {
    if (!isAwaited) return undefined;
    const look = () => {
      if (!isReading()) onTop();
    };
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [isAwaited, onTop]);
}
