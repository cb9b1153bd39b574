import { describe, expect, it } from 'vitest';
import { ITEM_CALLS, KINDS, Run, type JobFigures } from '../../testing/simulated-calls.js';
import { callsUntilDone, expectedCalls } from './call-forecast.js';

/** Whether everything is played, as by `npm run sim:budget`; the tests play a part of it. */
const IS_LONG = process.env['SLUICE_SIMULATION'] === 'long';
const HOURS = 24;
/** Shares of the jobs of two processes, and their items: the first job ends before the middle, all before the last hour. */
const SHARES = [
  [0.4, 0.1],
  [0.25, 0.2, 0.05],
] as const;
const ITEMS = [
  [1_300, 1_690],
  [1_500, 1_690, 380],
] as const;
const LOOKS = [2, 5, 8, 11, 14];
const TOLERANCE = 0.05;
const FORECAST_TOLERANCE = 0.03;

const SCENES = KINDS.flatMap((kind) => [[kind, 600, 25] as const, [kind, 3600, 100] as const]);

describe.each(IS_LONG ? SCENES : SCENES.slice(0, 1))(
  `${HOURS} hours of five jobs with different shares on one client, two processes, %s windows of %i an hour and %i in 10 s`,
  (kind, hourly, spike) => {
    let run: Run;
    const play = async () => {
      const items = ITEMS.map((each) => each.map((count) => (count * hourly) / 600));
      const jobs = { jobs: SHARES, items, retryShare: 0.1, workers: 4, looks: LOOKS };
      run ??= await new Run({ kind, hourly, spike, hours: HOURS, ...jobs }).finish();
      return run;
    };

    it('0 refused, at least 99 % used while there is work', async () => {
      const { host, jobs } = await play();
      expect(host.refused).toEqual([]);
      expect(run.hoursOfWork()).toBeGreaterThanOrEqual(HOURS - 2);
      expect(run.share(run.hoursOfWork())).toBeGreaterThanOrEqual(0.99);
      expect(jobs.every(({ itemsLeft }) => itemsLeft === 0)).toBe(true);
    }, 300_000);

    it('shares within 5 %, while all have work and after one has none', async () => {
      const { seen } = await play();
      const between = (from: number, to: number, counted: readonly number[]) => {
        const made = counted.map((job) => seen[to]!.jobs[job]!.made - (seen[from]?.jobs[job]!.made ?? 0));
        const parts = counted.map((job) => seen[0]!.jobs[job]!.share);
        const [allMade, allParts] = [made, parts].map((list) => list.reduce((sum, one) => sum + one, 0));
        for (const [index, calls] of made.entries())
          expect(Math.abs(calls / allMade! / (parts[index]! / allParts!) - 1)).toBeLessThanOrEqual(TOLERANCE);
      };
      between(-1, 3, [0, 1, 2, 3, 4]);
      between(3, 4, [1, 2, 3, 4]);
    }, 300_000);

    it('forecast of calls within 3 %, of each job and of the client until the job is done', async () => {
      const { seen, jobs } = await play();
      for (const { calls, jobs: then } of seen.slice(0, 3)) {
        const foreseen = (job: JobFigures) => job.itemsLeft * ITEM_CALLS;
        const done = then.map(({ itemsDone, made }) => ({ foreseen: itemsDone * ITEM_CALLS, made }));
        const needs = then.map((job) => ({ calls: expectedCalls(foreseen(job), ...done), share: job.share }));
        for (const [index, need] of needs.entries()) {
          const all = then[index]!.made + need.calls;
          expect(Math.abs(all / jobs[index]!.made - 1)).toBeLessThanOrEqual(FORECAST_TOLERANCE);
          const others = needs.filter((other) => other !== need);
          const until = calls + callsUntilDone(need, others);
          expect(Math.abs(until / jobs[index]!.endedAfter! - 1)).toBeLessThanOrEqual(FORECAST_TOLERANCE);
        }
      }
    }, 300_000);
  },
);
