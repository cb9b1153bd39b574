import { describe, expect, it } from 'vitest';
import { TIME_STEPS, timeLabels, WHOLE_STEPS } from './chart-axes.js';

const marks = (begin: Date, step: number, count: number) =>
  Array.from({ length: count }, (_, index) => begin.getTime() / 1_000 + index * step);
const noon = new Date(2026, 10, 21, 12);

describe('the axes of a chart', () => {
  it.each(TIME_STEPS)('have labels of time that differ with %i seconds between them', (step) => {
    const aDay = Math.max(2, Math.min(12, Math.floor(86_400 / step)));
    const labels = timeLabels(marks(noon, step, aDay), step);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('tell seconds only where they differ', () => {
    const [early] = timeLabels(marks(noon, 5, 2), 5);
    const [late] = timeLabels(marks(noon, 60, 2), 60);
    expect(early).toMatch(/12:00:00/);
    expect(late).not.toMatch(/12:00:00/);
  });

  it('tell the date where a day begins', () => {
    const labels = timeLabels(marks(new Date(2026, 10, 21, 18), 6 * 3_600, 3), 6 * 3_600);
    expect(labels[1]).toMatch(/22/);
    expect(labels[1]).not.toMatch(/:/);
  });

  it('have no mark at a part of a whole figure', () => {
    expect(WHOLE_STEPS.every(Number.isInteger)).toBe(true);
    expect(WHOLE_STEPS[0]).toBe(1);
    expect(WHOLE_STEPS).toEqual(WHOLE_STEPS.toSorted((one, other) => one - other));
  });
});
