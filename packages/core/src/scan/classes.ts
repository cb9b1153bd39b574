import { splitEnding } from '../naming/index.js';

const KB = 1_000;
const MB = 1_000_000;
const GB = 1_000_000_000;
const DAY_MS = 86_400_000;

/** Bounds of the classes of size in bytes, each with its label; larger files have a class of their own. */
const SIZE_CLASSES: readonly (readonly [number, string])[] = [
  [0, '0 bytes'],
  [10 * KB, 'up to 10 KB'],
  [100 * KB, 'up to 100 KB'],
  [MB, 'up to 1 MB'],
  [10 * MB, 'up to 10 MB'],
  [100 * MB, 'up to 100 MB'],
  [GB, 'up to 1 GB'],
];
const LARGEST = 'more than 1 GB';
const UNKNOWN_SIZE = 'unknown size';

/** Bounds of the classes of age in days. */
const AGE_CLASSES: readonly (readonly [number, string])[] = [
  [7, 'up to 7 days'],
  [30, 'up to 30 days'],
  [90, 'up to 90 days'],
  [365, 'up to 1 year'],
  [3 * 365, 'up to 3 years'],
  [5 * 365, 'up to 5 years'],
];
const OLDEST = 'more than 5 years';
const FUTURE = 'in the future';
const UNKNOWN_AGE = 'unknown age';
/** Clocks of servers differ by so much. */
const CLOCK_SKEW_MS = DAY_MS;

/** Classes that are told also where no file is in them, in their order; others follow where there are some. */
export const SIZE_LABELS: readonly string[] = [...SIZE_CLASSES.map(([, label]) => label), LARGEST];
export const AGE_LABELS: readonly string[] = [...AGE_CLASSES.map(([, label]) => label), OLDEST];

export const EMPTY_FILES: string = SIZE_LABELS[0]!;

export function sizeClass(size: number | null): string {
  if (size === null) return UNKNOWN_SIZE;
  return SIZE_CLASSES.find(([most]) => size <= most)?.[1] ?? LARGEST;
}

/** By the time since the last change; `now` in epoch milliseconds. */
export function ageClass(modifiedAt: Date | null, now: number): string {
  if (modifiedAt === null) return UNKNOWN_AGE;
  const ageMs = now - modifiedAt.getTime();
  if (ageMs < -CLOCK_SKEW_MS) return FUTURE;
  return AGE_CLASSES.find(([most]) => ageMs <= most * DAY_MS)?.[1] ?? OLDEST;
}

const NO_EXTENSION = 'no extension';

/** With its dot, in lower case. What is too long for an extension is none. */
export const extensionClass = (name: string): string =>
  splitEnding(name, 'FILE').extension.toLowerCase() || NO_EXTENSION;

const DEEPEST = 50;
const DEEPER = `${DEEPEST + 1} and more`;

/** `depth` counts from 1, for what lies in the folder itself. */
export const depthClass = (depth: number): string => (depth > DEEPEST ? DEEPER : String(depth));
