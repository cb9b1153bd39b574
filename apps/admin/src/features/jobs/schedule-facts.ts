import { formatSpan, formatStart, parseDuration } from '../../ui/format.js';
import type { JobData } from './data.js';
import { WEEKDAY_WORDS } from './schedule-values.js';

/** What the page of a job tells of its schedule: the rule, the windows, and the next starts. */
export function scheduleFacts({ schedule }: Pick<JobData, 'schedule'>): [string, string][] {
  if (schedule === null) return [['Starts', 'Only by hand']];
  const { cron, intervalAfterEnd, timeZone, windows, isEnabled, nextStarts } = schedule;
  const rule =
    cron === null
      ? `${formatSpan(parseDuration(intervalAfterEnd ?? '') ?? 0)} after the end of each run`
      : `By ${cron} in ${timeZone}`;
  const spans = windows.map(
    ({ days, from, to }) => `${days.map((day) => WEEKDAY_WORDS[day]).join(', ')} ${from}–${to}`,
  );
  return [
    ['Starts', isEnabled ? rule : `${rule}; not in force`],
    ...(spans.length === 0 ? [] : [['Works only', `${spans.join('; ')} in ${timeZone}`] satisfies [string, string]]),
    ['Next start', nextStarts.length === 0 ? 'None' : formatStart(nextStarts[0] ?? '', timeZone)],
  ];
}
