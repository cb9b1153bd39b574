import { checkJob, type JobValues } from '../job-input.js';

type Problems = Readonly<Record<string, unknown>>;

/** Where the values of a field are whose path in the job input is another one. */
const PLACES: readonly (readonly [from: string, to: string])[] = [
  ['policies.bandwidth', 'bandwidth'],
  ['schedule.starts.cron', 'schedule.cron'],
  ['schedule.starts.intervalAfterEnd', 'schedule.minutes'],
  ['source.at', 'source.path'],
  ['destination.at', 'destination.path'],
];

function partOf(values: JobValues, path: string): string {
  const place = PLACES.find(([from]) => path === from || path.startsWith(`${from}.`));
  const shown = place ? place[1] + path.slice(place[0].length) : path;
  const part = shown
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], values);
  return JSON.stringify(part) ?? '';
}

/**
 * The problems that are left after a change: one leaves once its field has another value, unless the form sees by itself that this
 * one is wrong too.
 */
export function stillWrong(problems: Problems, before: JobValues, after: JobValues): Record<string, string> {
  const seen = checkJob(after);
  return Object.fromEntries(
    Object.entries(problems).flatMap(([path, message]) => {
      const left = partOf(before, path) === partOf(after, path) ? message : seen[path];
      return typeof left === 'string' ? [[path, left]] : [];
    }),
  );
}
