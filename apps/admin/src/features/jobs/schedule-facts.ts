import { formatSpan, formatStart, parseDuration } from '../../ui/format.js';
import type { JobData } from './data.js';
import { t } from './words.js';

/** What the page of a job tells of its schedule: the rule, the windows, and the next starts. */
export function scheduleFacts({ schedule }: Pick<JobData, 'schedule'>): [string, string][] {
  if (schedule === null) return [[t('starts'), t('onlyByHand')]];
  const { cron, intervalAfterEnd, timeZone, windows, isEnabled, nextStarts } = schedule;
  const rule =
    cron === null
      ? t('afterEachRun', { span: formatSpan(parseDuration(intervalAfterEnd ?? '') ?? 0) })
      : t('byCron', { cron, zone: timeZone });
  const spans = windows.map(({ days, from, to }) =>
    t('span', { days: days.map((day) => t(`weekday.${day}`)).join(', '), from, to }),
  );
  return [
    [t('starts'), isEnabled ? rule : t('notInForce', { rule })],
    ...(spans.length === 0
      ? []
      : [[t('worksOnly'), t('spansIn', { spans: spans.join('; '), zone: timeZone })] satisfies [string, string]]),
    [t('nextStart'), nextStarts.length === 0 ? t('none') : formatStart(nextStarts[0] ?? '', timeZone)],
  ];
}
