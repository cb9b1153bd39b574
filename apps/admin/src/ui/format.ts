import { locale } from '../language/language.js';
import { t } from './words.js';

const counts = new Intl.NumberFormat(locale);
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const ago = new Intl.RelativeTimeFormat(locale, { style: 'short' });

/** Keeps a figure and its unit on one line. */
const NB = '\u00a0';

/** `1,460`; a dash for what is unknown. */
export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : counts.format(value);
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A figure with so many digits behind the point or comma of the language. */
const fixed = (value: number, digits: number, language = locale): string =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Decimal units with three figures: `0 B`, `1.23 GB`. */
export function formatBytes(bytes: number | null | undefined, language = locale): string {
  if (bytes === null || bytes === undefined) return '–';
  let value = Math.abs(bytes);
  let unit = 0;
  while (unit < UNITS.length - 1 && value >= 999.5) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${bytes < 0 ? '−' : ''}${fixed(value, digits, language)}${NB}${UNITS[unit] ?? ''}`;
}

/** Per second: `0`, `0.42`, `3.1`, `118`. */
export function formatRate(perSecond: number): string {
  return perSecond >= 99.95
    ? formatCount(Math.round(perSecond))
    : perSecond === 0
      ? '0'
      : fixed(perSecond, perSecond >= 9.995 ? 1 : 2);
}

/** Share 0 to 1 in whole per cent, rounded down so that 100 % means all. */
export function formatShare(share: number | null | undefined): string {
  return share === null || share === undefined
    ? '–'
    : `${Math.floor(Math.min(1, Math.max(0, share)) * 100 + 1e-9)}${NB}%`;
}

/** The two largest units of a span in milliseconds: `2 d 3 h`, `4 min 05 s`, `12 s`. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days}${NB}${t('unit.d')} ${hours}${NB}${t('unit.h')}`;
  if (hours > 0) return `${hours}${NB}${t('unit.h')} ${pad(minutes)}${NB}${t('unit.min')}`;
  if (minutes > 0) return `${minutes}${NB}${t('unit.min')} ${pad(seconds % 60)}${NB}${t('unit.s')}`;
  return `${seconds}${NB}${t('unit.s')}`;
}

/** `04:05` or `1:04:05`, for countdowns. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const tail = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${tail}` : tail;
}

const pad = (value: number) => String(value).padStart(2, '0');

/** Time of day, with the date when it is not today: `14:05`, `21 Nov, 14:05`. */
export function formatMoment(instant: string | null | undefined, now = new Date()): string {
  if (!instant) return '–';
  const date = new Date(instant);
  return date.toDateString() === now.toDateString() ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

export const formatSecond = (instant: string): string => clockWithSeconds.format(new Date(instant));

export const formatInstant = (instant: string | null | undefined): string =>
  instant ? full.format(new Date(instant)) : '–';

/** A start in the time zone of its schedule: `Mon, 30 Mar 2026, 02:30 GMT+2`. */
export function formatStart(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  });
  return format.format(new Date(instant));
}

/** "just now", "4 min ago", "in 2 hr", then the date. */
export function formatAgo(instant: string, now: number): string {
  const minutes = Math.round((new Date(instant).getTime() - now) / 60_000);
  const size = Math.abs(minutes);
  if (size < 1) return t('justNow');
  if (size < 60) return ago.format(minutes, 'minute');
  if (size < 60 * 24) return ago.format(Math.round(minutes / 60), 'hour');
  if (size < 60 * 24 * 7) return ago.format(Math.round(minutes / 1440), 'day');
  return formatMoment(instant, new Date(now));
}

/** Milliseconds of an ISO 8601 duration such as `PT0.25S` or `P1DT2H`; null for years, months and other text. */
export function parseDuration(text: string): number | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.round(
    ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000,
  );
}

/** What a table says of a value; undefined for one that a newer server sends and this page does not know. */
export function known<Word>(words: Readonly<Record<string, Word>>, value: string): Word | undefined {
  return Object.hasOwn(words, value) ? words[value] : undefined;
}

/** A word for an enum value that this application does not know: `NEW_VALUE` is "New value". */
export function wordOf(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Last part of a path; `/` for the root. */
export function lastSegment(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? '/';
}
