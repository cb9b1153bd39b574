import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { heightOf, pixelsFor, placeAt, scrolledTo, windowAt, type Extent } from './row-window.js';

/** The part of a long list that is drawn. */
export interface RowWindow {
  first: number;
  /** The row after the last one. */
  end: number;
  /** Height of the box that is scrolled through; absent where all rows are drawn. */
  height: number | undefined;
  box: RefObject<HTMLDivElement | null>;
  rows: RefObject<HTMLDivElement | null>;
  /** Scrolls so that a row is in view. */
  reveal: (row: number) => void;
  /** Scrolls by so many views. */
  turn: (views: number) => void;
  /** Rows in a view. */
  viewRows: number;
}

/** Lists up to this length are drawn as a whole. */
const WHOLE_ROWS = 60;
const ROW_PIXELS = 52;
/** What may cover the top of the view: the bar of the page and the heads of the table. */
const INSET_PIXELS = 130;
/** Part of a view that the page keys go on by. */
const TURN = 0.85;

/** Draws what the window shows of `count` rows, and tells which they are. */
export function useRowWindow(
  count: number,
  { at, see }: { at: (index: number) => object | null; see: (first: number, last: number) => void },
): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const [rowPixels, setRowPixels] = useState(ROW_PIXELS);
  const [drawn, setDrawn] = useState({ first: 0, end: Math.min(count, WHOLE_ROWS) });
  const isWhole = count <= WHOLE_ROWS;
  const { first, end } = isWhole ? { first: 0, end: count } : { ...drawn, end: Math.min(drawn.end, count) };
  const extentNow = useCallback(
    (): Extent => ({ count, rowPixels, viewPixels: window.innerHeight }),
    [count, rowPixels],
  );
  const follow = useCallback(() => {
    if (isWhole || box.current === null) return;
    const place = placeAt(-box.current.getBoundingClientRect().top, extentNow());
    const next = windowAt(place, extentNow());
    setDrawn((now) => (now.first === next.first && now.end === next.end ? now : next));
    if (rows.current !== null) putAt(rows.current, box.current, extentNow());
  }, [extentNow, isWhole]);
  useFollowing(follow);
  useBeforePaint(follow);
  useEffect(() => {
    if (end > first) see(first, end - 1);
  }, [see, first, end]);
  const isHere = at(first) !== null && at(end - 1) !== null;
  useMeasuredRows(rows, isHere && !isWhole, setRowPixels);
  const scrollTo = (scrolled: number) => {
    const top = (box.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    window.scrollTo({ top: top + scrolled });
  };
  return {
    first,
    end,
    height: isWhole ? undefined : heightOf(extentNow()),
    box,
    rows,
    reveal: (row) => scrollTo(scrolledTo(row, extentNow(), INSET_PIXELS)),
    turn: (views) => window.scrollBy({ top: pixelsFor(views * TURN * window.innerHeight, extentNow()) }),
    viewRows: Math.max(1, Math.floor((window.innerHeight * TURN) / rowPixels)),
  };
}

/** Calls after each change before it is painted, and apart from it: places are looked up in a task of their own. */
function useBeforePaint(look: () => void): void {
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  });
}

/** Calls when the window scrolls, and when anything above or in the table takes another size. */
function useFollowing(follow: () => void): void {
  useEffect(() => {
    const observer = new ResizeObserver(follow);
    observer.observe(document.body);
    window.addEventListener('scroll', follow, { passive: true });
    window.addEventListener('resize', follow);
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', follow);
      window.removeEventListener('resize', follow);
    };
  }, [follow]);
}

/** Puts the rows that are drawn so that the place which the bar stands for is where it belongs in the view. */
function putAt(rows: HTMLElement, box: HTMLElement, extent: Extent): void {
  const scrolled = Math.min(Math.max(0, -box.getBoundingClientRect().top), heightOf(extent) - extent.viewPixels);
  const { row, share, below } = placeAt(scrolled, extent);
  const drawn = rows.querySelector<HTMLElement>(`[data-index="${row}"]`);
  if (drawn === null) return;
  const top = scrolled + below - drawn.offsetTop - share * drawn.offsetHeight;
  // No transform: its pixels are no longer whole ones so far down.
  rows.style.top = `${Math.max(0, top)}px`;
}

/** Tells how high a row is on average, once for each width of the table. */
function useMeasuredRows(
  rows: RefObject<HTMLDivElement | null>,
  isHere: boolean,
  onMeasure: (pixels: number) => void,
): void {
  const measured = useRef<number | null>(null);
  useBeforePaint(() => {
    const element = rows.current;
    if (!isHere || element === null || element.offsetWidth === measured.current) return;
    measured.current = element.offsetWidth;
    onMeasure(Math.max(ROW_PIXELS / 2, Math.round(element.offsetHeight / element.childElementCount)));
  });
}
