import { formatSpan, formatStart } from '../../ui/format.js';
import type { JobData } from './data.js';
import { scheduleValues, type ScheduleValues } from './schedule-values.js';
import { t } from './words.js';

/** A schedule in words: its rule, and the windows in which runs work. */
export function scheduleWords({
  kind,
  cron,
  minutes,
  timeZone,
  windows,
  followsChanges,
  isEnabled,
}: ScheduleValues): [string, string][] {
  if (kind === 'NONE') return [[t('starts'), t('onlyByHand')]];
  const times =
    kind === 'CRON'
      ? t('byCron', { cron, zone: timeZone })
      : t('afterEachRun', { span: formatSpan(Number(minutes) * 60_000) });
  const rule = followsChanges ? t('andOnChanges', { rule: times }) : times;
  const spans = windows.map(({ days, from, to }) =>
    t('span', { days: days.map((day) => t(`weekday.${day}`)).join(', '), from, to }),
  );
  return [
    [t('starts'), isEnabled ? rule : t('notInForce', { rule })],
    ...(spans.length === 0
      ? []
      : [[t('worksOnly'), t('spansIn', { spans: spans.join('; '), zone: timeZone })] satisfies [string, string]]),
  ];
}

/** What the page of a job tells of its schedule: the rule, the windows, and the next starts. */
export function scheduleFacts({ schedule }: Pick<JobData, 'schedule'>): [string, string][] {
  const words = scheduleWords(scheduleValues(schedule));
  if (schedule === null) return words;
  const [next] = schedule.nextStarts;
  return [...words, [t('nextStart'), next === undefined ? t('none') : formatStart(next, schedule.timeZone)]];
}
