import { locale } from '../language/language.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps between the marks of an axis of whole figures: a mark at a part of one would have the label of its neighbour. */
export const WHOLE_STEPS: number[] = Array.from({ length: 16 }, (_, power) =>
  [1, 2, 5].map((one) => one * 10 ** power),
).flat();

/** Seconds between the marks of an axis of time. */
export const TIME_STEPS: number[] = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 3, 7, 14, 28].map((days) => days * DAY),
];

/**
 * What stands below the marks of an axis of time: seconds where they differ, and the date where a day begins.
 *
 * @param times epoch seconds of the marks
 * @param step seconds between two of them
 */
export function timeLabels(times: readonly number[], step: number): string[] {
  const format = step < MINUTE ? clockWithSeconds : clock;
  return times.map((time) => {
    const date = new Date(time * 1_000);
    const isMidnight = date.getHours() + date.getMinutes() + date.getSeconds() === 0;
    return (step >= DAY || (step >= HOUR && isMidnight) ? day : format).format(date);
  });
}

export const clockWithSeconds = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
