import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { controlOf, originOf } from './data-table-row.js';
import type { RowWindow } from './use-row-window.js';

/** Where the focus goes as soon as the row is drawn and here. */
interface Wanted {
  index: number;
  control: number;
}

/** Keys that go from row to row; the focus waits at a row that is being read, and goes to its control once it is here. */
export function useRowKeys(shown: RowWindow, count: number): (event: KeyboardEvent<HTMLElement>) => void {
  const wanted = useRef<Wanted | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null && arrive(shown.rows.current, wanted.current)) wanted.current = null;
  });
  usePageKeys(shown);
  return (event) => {
    const from = originOf(event);
    const to = from && !isModified(event) ? targetOf(event.key, from.index, count, shown.viewRows) : null;
    if (from === null || to === null) return;
    event.preventDefault();
    wanted.current = { index: to, control: from.control };
    if (arrive(shown.rows.current, wanted.current)) wanted.current = null;
    if (!isInView(rowOf(shown.rows.current, to))) shown.reveal(to);
  };
}

const isModified = ({ ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent | globalThis.KeyboardEvent): boolean =>
  ctrlKey || altKey || metaKey || shiftKey;

/** The row that a key leads to; null for another key. */
export function targetOf(key: string, index: number, count: number, viewRows: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + viewRows,
    PageUp: index - viewRows,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target));
}

const rowOf = (rows: HTMLElement | null, index: number): HTMLElement | null =>
  rows?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;

/** Whether the focus has come to where it was to go. */
function arrive(rows: HTMLElement | null, { index, control }: Wanted): boolean {
  const row = rowOf(rows, index);
  const target = row && controlOf(row, control);
  (target ?? row)?.focus({ preventScroll: true });
  return target !== null;
}

function isInView(row: HTMLElement | null): boolean {
  const head = row?.closest('[role=table]')?.querySelector('[role=columnheader]')?.getBoundingClientRect();
  const place = row?.getBoundingClientRect();
  return place !== undefined && place.top >= Math.max(0, head?.bottom ?? 0) && place.bottom <= window.innerHeight;
}

/** Where nothing has the focus, the page keys turn the page by a view of rows, not by a view of the compressed bar. */
function usePageKeys({ turn, height, box }: RowWindow): void {
  const latest = useRef({ turn, height });
  useEffect(() => {
    latest.current = { turn, height };
  });
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const views = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
      const isFree = document.activeElement === null || document.activeElement.matches('body, main');
      const top = box.current?.getBoundingClientRect().top ?? 1;
      if (views === 0 || !isFree || isModified(event) || latest.current.height === undefined || top > 0) return;
      event.preventDefault();
      latest.current.turn(views);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [box]);
}
