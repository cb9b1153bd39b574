import type { EnumOf } from '@sluice/client/graphql';
import { parseDuration } from '../../ui/format.js';
import type { SavedSchedule, ScheduleInput } from './data.js';
import { t } from './words.js';

export type Weekday = EnumOf<'Weekday'>;

export const WEEKDAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const satisfies readonly Weekday[];

export interface WindowValues {
  days: Weekday[];
  from: string;
  to: string;
}

/** When a job runs by itself, as the form shows it. */
export interface ScheduleValues {
  kind: 'NONE' | 'CRON' | 'INTERVAL';
  cron: string;
  /** Between the end of a run and the next start; a text while the field holds no number. */
  minutes: number | string;
  timeZone: string;
  windows: WindowValues[];
  followsChanges: boolean;
  isEnabled: boolean;
}

/** Cron expressions to begin with. */
export const CRON_EXAMPLES = [
  { example: 'hourly', cron: '0 * * * *' },
  { example: 'nightly', cron: '0 2 * * *' },
  { example: 'workdays', cron: '0 18 * * 1-5' },
] as const;

export const NEW_WINDOW: WindowValues = {
  days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
  from: '20:00',
  to: '06:00',
};

const MINUTE_MS = 60_000;
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function scheduleValues(saved: SavedSchedule | null): ScheduleValues {
  const none = {
    cron: '0 2 * * *',
    minutes: 60,
    timeZone: ownZone(),
    windows: [],
    followsChanges: false,
    isEnabled: true,
  };
  if (saved === null) return { kind: 'NONE', ...none };
  const { cron, intervalAfterEnd, timeZone, windows, followsChanges, isEnabled } = saved;
  return {
    kind: cron === null ? 'INTERVAL' : 'CRON',
    cron: cron ?? none.cron,
    minutes: intervalAfterEnd === null ? none.minutes : (parseDuration(intervalAfterEnd) ?? 0) / MINUTE_MS,
    timeZone,
    windows: windows.map(({ days, from, to }) => ({ days: [...days], from, to })),
    followsChanges,
    isEnabled,
  };
}

/** A schedule as the server takes it; null for none. */
export function scheduleInput({
  kind,
  cron,
  minutes,
  timeZone,
  windows,
  followsChanges,
  isEnabled,
}: ScheduleValues): ScheduleInput | null {
  if (kind === 'NONE') return null;
  const seconds = Math.round(Number(minutes) * 60_000) / 1000;
  const starts = kind === 'CRON' ? { cron: cron.trim() } : { intervalAfterEnd: `PT${seconds}S` };
  return { starts, timeZone, windows, followsChanges, isEnabled };
}

/** What the server would not even read. */
export function checkSchedule({ kind, minutes, windows }: ScheduleValues): Record<string, string> {
  const problems: Record<string, string> = {};
  if (kind === 'NONE') return problems;
  const isTime = typeof minutes === 'number' && minutes >= 0;
  if (kind === 'INTERVAL' && !isTime) problems['schedule.starts.intervalAfterEnd'] = t('giveMinutes');
  for (const [index, { from, to }] of windows.entries()) {
    if (from === '' || to === '') problems[`schedule.windows.${index}`] = t('giveWindow');
  }
  return problems;
}
