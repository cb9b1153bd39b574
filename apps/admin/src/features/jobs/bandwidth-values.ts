import type { SavedLimit } from './data.js';
import { ownZone, type WindowValues } from './schedule-values.js';
import { t } from './words.js';

/** A limit of the network as the form shows it: rates in kilobytes a second, texts while a field holds no number. */
export interface LimitValues {
  upload: number | string;
  download: number | string;
  timeZone: string;
  /** Null: at any time. */
  window: WindowValues | null;
}

const KILOBYTE_BYTES = 1_000;

export const newLimit = (): LimitValues => ({ upload: '', download: '', timeZone: ownZone(), window: null });

export function limitValues(saved: readonly SavedLimit[]): LimitValues[] {
  const shown = (bytes: number | null) => (bytes === null ? '' : bytes / KILOBYTE_BYTES);
  return saved.map(({ uploadBytesPerSecond, downloadBytesPerSecond, timeZone, window }) => ({
    upload: shown(uploadBytesPerSecond),
    download: shown(downloadBytesPerSecond),
    timeZone,
    window: window && { days: [...window.days], from: window.from, to: window.to },
  }));
}

/** Limits as the server takes them. */
export function limitInputs(limits: readonly LimitValues[]): SavedLimit[] {
  const bytes = (rate: number | string) => (typeof rate === 'number' ? Math.round(rate * KILOBYTE_BYTES) : null);
  return limits.map(({ upload, download, timeZone, window }) => ({
    window,
    timeZone,
    uploadBytesPerSecond: bytes(upload),
    downloadBytesPerSecond: bytes(download),
  }));
}

/** What the server would not even read, or would refuse anyway, by field. */
export function checkLimits(limits: readonly LimitValues[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [index, { upload, download, window }] of limits.entries()) {
    const field = `policies.bandwidth.${index}`;
    if (typeof upload !== 'number' && typeof download !== 'number') problems[field] = t('giveRate');
    else if (window !== null && (window.from === '' || window.to === '')) problems[field] = t('giveWindow');
  }
  return problems;
}

/** A limit in words, such as in the facts of a job. */
export function limitWords({ upload, download, window, timeZone }: LimitValues): string {
  const rates = [
    ...(typeof upload === 'number' ? [t('up', { rate: upload })] : []),
    ...(typeof download === 'number' ? [t('down', { rate: download })] : []),
  ];
  if (window === null) return t('ratesAnyTime', { rates: rates.join(', ') });
  const days = window.days.map((day) => t(`weekday.${day}`)).join(' ');
  return t('ratesIn', { rates: rates.join(', '), days, from: window.from, to: window.to, zone: timeZone });
}
