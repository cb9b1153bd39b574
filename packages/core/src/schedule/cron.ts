import { Cron } from 'croner';
import { instantOf, localOf } from './zone-time.js';

const MAX_CRON_CHARACTERS = 200;
const FIELDS = 'Write five fields such as 0 2 * * 1-5: minute, hour, day of the month, month, day of the week';

/** The expression over local times: zones are our own matter, see `instantOf`. Throws for one that cannot be read. */
const overLocalTimes = (cron: string) => new Cron(cron, { utcOffset: 0, mode: '5-part' });

/** What is wrong with a cron expression, and what would be right; null when nothing is. `now` is in epoch ms. */
export function cronProblem(cron: string, now: number): string | null {
  if (cron.length > MAX_CRON_CHARACTERS) return `A cron expression has at most ${MAX_CRON_CHARACTERS} characters.`;
  if (cron.trim().split(/\s+/).length !== 5) return `A cron expression has exactly five fields. ${FIELDS}.`;
  if (cron.includes('?')) return 'A question mark would stand for the time of saving; write * for any value.';
  try {
    if (overLocalTimes(cron).nextRun(new Date(now)) !== null) return null;
    return 'This time never comes; choose a day that the month has.';
  } catch (error) {
    return `The cron expression cannot be read: ${detailOf(error)} ${FIELDS}.`;
  }
}

/** The sentence of the library, without the name of its class and with a full stop. */
function detailOf(error: unknown): string {
  const detail = (error instanceof Error ? error.message : '').replace(/^CronPattern: /, '').replace(/\.?$/, '.');
  return detail.charAt(0).toLowerCase() + detail.slice(1);
}

/**
 * The starts after an instant, in epoch ms, in order. A local time that is skipped moves to the next minute that there is;
 * one that comes twice counts once.
 */
export function* cronStarts(cron: string, timeZone: string, after: number): Generator<number> {
  const times = overLocalTimes(cron);
  let last = after;
  let local = times.nextRun(new Date(localOf(after, timeZone)));
  while (local !== null) {
    const start = instantOf(local.getTime(), timeZone);
    if (start > last) yield (last = start);
    local = times.nextRun(local);
  }
}
