import { printTable } from '../table.js';

/** What was measured, in its unit, and what it may be; without a bound it stands there to compare. */
export interface Figure {
  name: string;
  found: number;
  unit: string;
  atMost?: number;
}

const isMissed = ({ found, atMost }: Figure) => atMost !== undefined && !(found <= atMost);

/** Prints bound and figure of each; tells whether all bounds hold. */
export function printFigures(figures: readonly Figure[]): boolean {
  const verdict = (figure: Figure) => (figure.atMost === undefined ? '' : isMissed(figure) ? 'MISSED' : 'ok');
  printTable([
    ['figure', 'found', 'at most', 'unit', ''],
    ...figures.map((each) => [each.name, rounded(each.found), each.atMost ?? '', each.unit, verdict(each)]),
  ]);
  return !figures.some(isMissed);
}

const rounded = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that this share of all values does not exceed; not a number where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
