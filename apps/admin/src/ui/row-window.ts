/*
 * Which rows of a very long list are drawn. A browser draws no box as high as a million rows (Firefox ends at 17.8 million
 * pixels), so the bar scrolls through the rows and not through their pixels: at the share t of its way, the place at the share
 * t of the list stands at the share t of the view. Rows may have any height of their own.
 */

/** A list, and the part of the window that shows it, in pixels. */
export interface Extent {
  count: number;
  /** Height of a row on average. */
  rowPixels: number;
  viewPixels: number;
}

/** A place in the list and where it stands. */
export interface Place {
  row: number;
  /** How far down in the row, from 0 to 1. */
  share: number;
  /** Pixels between the top of the view and the place. */
  below: number;
}

const MAX_PIXELS = 15_000_000;
/** The lowest row with one line of text. */
const LOWEST_ROW_PIXELS = 40;
/** Rows that are drawn beyond each edge, and by which the part that is drawn moves on. */
const AHEAD = 4;

/** Height of the box that is scrolled through. */
export const heightOf = ({ count, rowPixels }: Extent): number => Math.min(MAX_PIXELS, count * rowPixels);

/** Pixels that can be scrolled from the first to the last row. */
const wayOf = (extent: Extent): number => Math.max(0, heightOf(extent) - extent.viewPixels);

/** The place that stands still where `scrolled` pixels of the box are above the view. */
export function placeAt(scrolled: number, extent: Extent): Place {
  const way = wayOf(extent);
  const share = way === 0 ? 0 : Math.min(1, Math.max(0, scrolled / way));
  const position = share * extent.count;
  const row = Math.min(Math.floor(position), extent.count - 1);
  return { row, share: position - row, below: share * extent.viewPixels };
}

/** The first row that is drawn, and the one after the last. */
export function windowAt({ row, below }: Place, { count, viewPixels }: Extent): { first: number; end: number } {
  const above = Math.ceil(below / LOWEST_ROW_PIXELS) + AHEAD;
  const under = Math.ceil((viewPixels - below) / LOWEST_ROW_PIXELS) + AHEAD;
  const first = Math.max(0, Math.floor((row - above) / AHEAD) * AHEAD);
  return { first, end: Math.min(count, Math.ceil((row + under) / AHEAD) * AHEAD) };
}

/**
 * How many pixels of the box are above the view when the row is in it, below what covers the top `inset` pixels; less than 0
 * where the view begins above the box.
 */
export function scrolledTo(row: number, extent: Extent, inset: number): number {
  const { count, rowPixels, viewPixels } = extent;
  const wished = ((row + 0.5) / count) * viewPixels - rowPixels / 2;
  const top = Math.max(inset, Math.min(wished, viewPixels - rowPixels));
  const moved = row * rowPixels - top;
  return moved < 0 ? moved : pixelsFor(moved, extent);
}

/** Pixels to scroll so that the rows move by this many pixels. */
export function pixelsFor(moved: number, extent: Extent): number {
  return (moved * wayOf(extent)) / Math.max(1, extent.count * extent.rowPixels - extent.viewPixels);
}
