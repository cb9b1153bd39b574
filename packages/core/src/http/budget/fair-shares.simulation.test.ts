import { expect, it } from 'vitest';
import { KINDS, Run } from '../../testing/simulated-calls.js';

/** Whether everything is played, as by `npm run sim:budget`; the tests play a part of it. */
const IS_LONG = process.env['SLUICE_SIMULATION'] === 'long';

/** Of the jobs of two processes. */
const SHARES = [
  [0.4, 0.1],
  [0.25, 0.2, 0.05],
] as const;
const HOURS = 24;

it.each(
  IS_LONG
    ? KINDS.flatMap((kind) => [[kind, 600, 25] as const, [kind, 3600, 100] as const])
    : [['first-call', 600, 25] as const],
)(
  `${HOURS} hours of five jobs with different shares in two processes, %s windows of %i an hour and %i in 10 s: none refused, at least 99 per cent used, shares within 5 per cent`,
  async (kind, hourly, spike) => {
    const run = await new Run({ kind, hourly, spike, hours: HOURS, workers: 4, jobs: SHARES }).finish();
    expect(run.host.refused).toEqual([]);
    expect(run.share()).toBeGreaterThanOrEqual(0.99);
    const all = [...run.calls.values()].reduce((sum, calls) => sum + calls, 0);
    for (const [process, shares] of SHARES.entries())
      for (const [job, share] of shares.entries()) {
        const part = run.calls.get(`run ${process}.${job}`)! / all;
        expect(Math.abs(part / share - 1), `${share} of the calls`).toBeLessThanOrEqual(0.05);
      }
  },
  300_000,
);
