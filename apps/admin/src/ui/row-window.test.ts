import { describe, expect, it } from 'vitest';
import { heightOf, pixelsFor, placeAt, scrolledTo, windowAt, type Extent } from './row-window.js';

const MILLION: Extent = { count: 1_000_000, rowPixels: 52, viewPixels: 900 };
const FEW: Extent = { count: 200, rowPixels: 52, viewPixels: 900 };
const way = (extent: Extent) => heightOf(extent) - extent.viewPixels;

describe('a window on a million rows', () => {
  it('is scrolled through in a box that every browser draws', () => {
    expect(heightOf(MILLION)).toBeLessThan(16_700_000);
    expect(heightOf(FEW)).toBe(200 * 52);
  });

  it('begins with the first row at its top, and ends with the last one at its bottom', () => {
    expect(placeAt(-50, MILLION)).toEqual({ row: 0, share: 0, below: 0 });
    expect(placeAt(way(MILLION), MILLION)).toEqual({ row: 999_999, share: 1, below: 900 });
    expect(placeAt(way(MILLION) / 2, MILLION)).toEqual({ row: 500_000, share: 0, below: 450 });
  });

  it('comes to every row, and moves as the bar does where the box has the height of all rows', () => {
    const rows = new Set(Array.from({ length: way(FEW) + 1 }, (_, scrolled) => placeAt(scrolled, FEW).row));
    expect(rows.size).toBe(200);
    const top = (scrolled: number) => {
      const { row, share, below } = placeAt(scrolled, FEW);
      return (row + share) * 52 - below;
    };
    for (const scrolled of [0, 1, 77, 4_000, way(FEW)]) expect(top(scrolled)).toBeCloseTo(scrolled, 6);
  });

  it.each([0, 1, 2, 499_999, 700_000, 999_998, 999_999])('shows row %i where it is asked to, uncovered', (row) => {
    const scrolled = scrolledTo(row, MILLION, 120);
    const place = placeAt(scrolled, MILLION);
    const top = (row - place.row - place.share) * 52 + place.below + Math.max(0, -scrolled);
    expect(top).toBeGreaterThanOrEqual(119);
    expect(top + 52).toBeLessThanOrEqual(901);
  });

  it('draws the rows in sight and few beyond them, wherever it stands', () => {
    for (const share of [0, 0.3, 0.9999, 1]) {
      const place = placeAt(share * way(MILLION), MILLION);
      const { first, end } = windowAt(place, MILLION);
      const above = place.below / 52 - place.share;
      expect(first).toBeLessThanOrEqual(Math.max(0, Math.floor(place.row - above)));
      expect(end).toBeGreaterThanOrEqual(Math.min(1_000_000, Math.ceil(place.row - above + 900 / 52)));
      expect(end - first).toBeLessThan(48);
    }
  });

  it('turns a page as long as the view, however much the bar is compressed', () => {
    const from = placeAt(1_000_000, MILLION);
    const to = placeAt(1_000_000 + pixelsFor(800, MILLION), MILLION);
    expect((to.row + to.share - from.row - from.share) * 52 - (to.below - from.below)).toBeCloseTo(800, 3);
  });
});
