import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../apps/admin/src/', import.meta.url));

/** Words that ask a server again and again, whether anything has happened or not. */
const POLLS = /\b(pollInterval|startPolling|refetchInterval|setInterval)\b/;

/** Files that may hold one of them, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  'features/overview/activity-charts.tsx': 'A window of 24 hours moves on with the time; no event tells of that.',
  'layout/server-notice.tsx': 'A worker that is down tells nobody.',
  'ui/clock.ts': 'It shows the time, and asks nobody.',
};

const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'));

it('what is shown follows events: no page asks again and again, but for those with a reason', () => {
  expect(sources.length).toBeGreaterThan(200);
  const polling = sources.filter((name) => POLLS.test(readFileSync(SOURCES + name, 'utf8')));
  expect(polling.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});
