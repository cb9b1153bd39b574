import { describe, expect, it } from 'vitest';
import { HOUR_MS, KINDS, ROUNDINGS, Run, type Simulation } from '../../testing/simulated-calls.js';

/** Whether everything is played, as by `npm run sim:budget`; the tests play a part of it. */
const IS_LONG = process.env['SLUICE_SIMULATION'] === 'long';

/** What is simulated with windows of some kind, and in the long form with other figures. */
type Scene = Omit<Simulation, 'kind' | 'rounding'> & {
  name: string;
  long?: Partial<Simulation>;
  short?: Simulation['kind'];
};

let turn = 0;

/** Each scene with each kind of windows and each rounding of their resets; in the short form with one of them: `short`, or in turn. */
function played(...scenes: Scene[]): [string, Simulation][] {
  return scenes.flatMap(({ name, long, short, ...scene }) => {
    const kinds = KINDS.flatMap((kind) => ROUNDINGS.map((rounding) => ({ kind, rounding })));
    const number = turn++;
    const chosen = { kind: short ?? KINDS[number % 3]!, rounding: ROUNDINGS[(number + Math.floor(number / 3)) % 3]! };
    return (IS_LONG ? kinds : [chosen]).map((windows): [string, Simulation] => [
      `${windows.kind} windows whose resets are rounded by ${windows.rounding}: ${name}`,
      { ...scene, ...(IS_LONG ? long : {}), ...windows },
    ]);
  });
}

/** Refusals from which the length of a scaled rolling window is learned, as resets tell it in whole seconds only. */
const learning = ({ kind, hourMs = HOUR_MS }: Simulation) => (kind === 'rolling' && hourMs < HOUR_MS ? 5 : 0);
const usual = { hourly: 600, spike: 25, hours: 2 };
const scaled = { hourly: 600, spike: 400, hourMs: 20_000, hours: 4, latency: 60 };

describe('no call is refused, and the hour is used, with', () => {
  it.each(
    played(
      { ...usual, short: 'rolling', name: '600 an hour and 25 in 10 s', long: { hours: 4 } },
      {
        hourly: 3600,
        spike: 100,
        hours: 1.05,
        short: 'first-call',
        name: '3,600 an hour and 100 in 10 s',
        long: { hours: 2 },
      },
      {
        hourly: 3600,
        spike: 25,
        hours: 1.05,
        short: 'aligned',
        name: '3,600 an hour and 25 in 10 s',
        long: { hours: 2 },
      },
      { ...scaled, name: '600 in 20 s', long: { hours: 12 } },
      { ...scaled, hourMs: 60_000, latency: 500, name: '600 in 60 s', long: { hours: 8 } },
    ),
  )('%s', async (_, scene) => {
    const run = await new Run(scene).finish();
    expect(run.host.refused.length).toBeLessThanOrEqual(learning(scene));
    expect(run.share()).toBeGreaterThanOrEqual(learning(scene) ? 0.95 : 0.99);
  });

  it.each(
    played(
      {
        ...usual,
        short: 'rolling',
        rollingReset: 'length',
        name: 'a rolling window whose reset is a full length away',
      },
      { ...usual, lossRate: 0.05, name: '5 % of replies lost', long: { hourly: 3600 } },
      { ...usual, latency: 8_000, workers: 40, name: 'slow replies out of order', long: { hourly: 3600 } },
      {
        ...usual,
        aheadMs: 90_000,
        hasDate: true,
        name: 'a clock that is 90 s behind the host',
        long: { hourly: 3600 },
      },
      { ...usual, aheadMs: -1_700, hasDate: true, name: 'a clock that is 1.7 s ahead of the host' },
      { ...usual, aheadMs: 2 * HOUR_MS, hasDate: true, name: 'a clock that is 2 hours behind the host' },
      { ...usual, aheadMs: -2 * HOUR_MS, hasDate: true, name: 'a clock that is 2 hours ahead of the host' },
    ),
  )('%s', async (_, scene) => {
    const run = await new Run(scene).finish();
    expect(run.host.refused).toHaveLength(0);
    expect(run.share()).toBeGreaterThanOrEqual(0.97);
  });

  it.each(
    played(
      { hourly: 100, spike: 100, hours: 3, latency: 60, name: 'an hour and a spike window of 100 calls each' },
      { hourly: 400, spike: 400, hourMs: 30_000, hours: 3, latency: 60, name: '400 in 30 s and in 10 s' },
      { hourly: 400, spike: 400, hourMs: 60_000, hours: 3, latency: 60, name: '400 in 60 s and in 10 s' },
    ).filter(([, { kind, hourMs }]) => kind !== 'rolling' || hourMs !== 60_000),
  )('%s', async (_, scene) => {
    const run = await new Run(scene).finish();
    expect(run.host.refused).toEqual([]);
    expect(run.share()).toBeGreaterThanOrEqual(scene.kind === 'rolling' ? 0.6 : 0.99);
  });

  const two = { jobs: [[1], [1]], workers: 8 };
  it.each(
    played(
      { ...usual, ...two, name: 'two processes', long: { hourly: 3600 } },
      { ...usual, ...two, jobs: [[1], [1], [1]], name: 'three processes', long: { hourly: 3600 } },
      { ...usual, ...two, killEvery: 100_000, name: 'two processes of which each is killed now and then' },
      { ...usual, ...two, latency: 1, name: 'two processes without latency', long: { hourly: 3600 } },
    ),
  )(
    '%s, at least 99 per cent of it, and each process has its part',
    async (_, scene) => {
      const run = await new Run(scene).finish();
      expect(run.host.refused).toHaveLength(0);
      expect(run.share()).toBeGreaterThanOrEqual(0.99);
      const calls = [...run.callsOf.values()];
      expect(calls).toHaveLength(scene.jobs!.length);
      expect(Math.min(...calls)).toBeGreaterThanOrEqual(0.6 * Math.max(...calls));
    },
    120_000,
  );
});

describe('hardly any call is refused', () => {
  it.each(
    played(
      {
        ...usual,
        hourly: 3600,
        hours: 1.05,
        foreignEvery: 20_000,
        name: 'another user calls every 20 s',
        long: { hours: 3 },
      },
      {
        ...usual,
        hourly: 3600,
        hours: 1.05,
        foreignEvery: 3_000,
        name: 'another user calls every 3 s',
        long: { hours: 3 },
      },
    ),
  )('%s', async (_, scene) => {
    for (const seed of IS_LONG ? [1, 2] : [1]) {
      const run = await new Run({ ...scene, seed }).finish();
      const most = scene.kind === 'rolling' ? 0.002 : 0.001;
      expect(run.host.refused.length / run.host.taken.length).toBeLessThanOrEqual(most);
      if (scene.kind !== 'rolling') expect(run.share()).toBeGreaterThanOrEqual(0.97);
    }
  });

  it.each(
    played(
      { ...usual, killEvery: 400_000, name: 'after a kill', long: { hours: 4 } },
      { ...usual, killEvery: 15_000, name: 'after frequent kills', long: { hourly: 3600, spike: 100 } },
      { ...scaled, killEvery: 20_000, name: 'after kills with 600 in 20 s', long: { hours: 15 } },
    ),
  )('%s', async (_, scene) => {
    const run = await new Run(scene).finish();
    expect(run.host.refused.length / run.host.taken.length).toBeLessThanOrEqual(learning(scene) && 0.001);
  });
});

it.each(played({ ...usual, hasDate: true, workers: 4, name: 'a time of day that jumps' }))(
  '%s, ahead or back, in whatever state the budget is, changes no call',
  async (_, still) => {
    const undisturbed = await new Run(still).finish();
    const moments = [0, 30_000, 1_500_000, 3_000_000, HOUR_MS - 1_000, HOUR_MS + 2_000];
    const jumps = moments.map((at, index) => ({ at, by: (index % 2 === 0 ? -5 : 9) * HOUR_MS }));
    const disturbed = await new Run({ ...still, jumps }).finish();
    expect(disturbed.host.taken).toEqual(undisturbed.host.taken);
    expect(disturbed.host.refused).toEqual([]);
  },
);
