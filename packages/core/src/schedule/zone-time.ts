/*
 * Local times of a zone. A local time is written as the epoch milliseconds that it would be in UTC, so that it can be
 * counted with, and differs from the instant by the zone's offset.
 */

const MINUTE_MS = 60_000;
/** No zone changes its offset twice within this time, and no offset is larger. */
const AROUND_MS = 36 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Names of zones come from callers, and there are about 600. */
const MAX_FORMATS = 64;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(timeZone, format);
  return format;
}

/** Local time at an instant, in whole seconds. */
export function localOf(instant: number, timeZone: string): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = formatOf(timeZone)
    .format(instant)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The instant of a local time in whole minutes. Of one that comes twice, since clocks are set back, it is the first; for
 * one that is skipped, since clocks are set ahead, it is the instant at which they are.
 */
export function instantOf(local: number, timeZone: string): number {
  const offsets = [local - AROUND_MS, local + AROUND_MS].map((instant) => localOf(instant, timeZone) - instant);
  const earliest = local - Math.max(...offsets);
  const latest = local - Math.min(...offsets);
  if (localOf(earliest, timeZone) === local || earliest === latest) return earliest;
  return localOf(latest, timeZone) === local ? latest : firstReaching(local, timeZone, earliest, latest);
}

/** The first minute from `low` to `high` at which local clocks show that time or a later one. */
function firstReaching(local: number, timeZone: string, low: number, high: number): number {
  let [before, reached] = [low, high];
  while (reached - before > MINUTE_MS) {
    const middle = before + Math.floor((reached - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (localOf(middle, timeZone) >= local) reached = middle;
    else before = middle;
  }
  return reached;
}
