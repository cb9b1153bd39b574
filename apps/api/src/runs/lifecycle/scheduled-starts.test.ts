import type { Schedule } from '@sluice/core/schedule';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../db/testing.js';
import { NEVER } from '../../schedules/next-start.js';
import { ScheduleScene } from './schedule.testing.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURLY: Schedule = { cron: '0 * * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const RESTING: Schedule = { ...HOURLY, cron: null, intervalAfterEndMs: 15 * MINUTE_MS };

describeOnBothDatabases('schedules', (open) => {
  it('start a job at its time and not before', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY });
    await scene.clock.advance(HOUR_MS - 1);
    await work();
    expect(await scene.runsOf('job_1')).toEqual([]);
    await scene.clock.advance(1);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([
      {
        number: 1,
        trigger: 'SCHEDULE',
        startedById: null,
        state: 'QUEUED',
        queuedAt: new Date('2026-01-05T09:00:00Z'),
      },
    ]);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T10:00:00.000Z');
  });

  it('never run a start twice, however many processes try to take it', async () => {
    const scene = new ScheduleScene(await open());
    const processes = Array.from({ length: 4 }, () => scene.process());
    for (const number of [1, 2, 3, 4, 5]) await scene.addJob(`job_${number}`, { schedule: HOURLY });
    await scene.clock.advance(HOUR_MS);
    await Promise.all(processes.map(({ work }) => work()));
    for (const number of [1, 2, 3, 4, 5]) expect(await scene.runsOf(`job_${number}`)).toHaveLength(1);
  });

  it('leave a start due whose process died over it, for another one to take', async () => {
    const scene = new ScheduleScene(await open());
    const dying = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY });
    await scene.clock.advance(HOUR_MS);
    const update = scene.jobs.store.update.bind(scene.jobs.store);
    scene.jobs.store.update = () => Promise.reject(new Error('The process was killed before its commit.'));
    await expect(dying.work()).rejects.toThrow('killed');
    scene.jobs.store.update = update;
    expect(await scene.runsOf('job_1')).toEqual([]);
    await scene.process().work();
    await scene.process().work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
  });

  it('make up starts that were missed once', async () => {
    const scene = new ScheduleScene(await open());
    await scene.addJob('job_1', { schedule: HOURLY });
    await scene.clock.advance(10 * HOUR_MS + MINUTE_MS);
    const { work } = scene.process();
    await work();
    await scene.settle('job_1');
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T19:00:00.000Z');
  });

  it('never let runs overlap: a start that comes during a run is made up once after its end', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY });
    for (let hours = 0; hours < 3; hours++) {
      await scene.clock.advance(HOUR_MS);
      await work();
    }
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    await scene.settle('job_1');
    await work();
    await work();
    expect((await scene.runsOf('job_1')).map(({ state }) => state)).toEqual(['SUCCEEDED', 'QUEUED']);
    await scene.settle('job_1');
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(2);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T12:00:00.000Z');
  });

  it.each([-25 * HOUR_MS, -2 * HOUR_MS, -MINUTE_MS])(
    'never run a start again when the time of day is set by %i ms after it',
    async (jump) => {
      const scene = new ScheduleScene(await open());
      const { work } = scene.process();
      await scene.addJob('job_1', { schedule: HOURLY });
      await scene.clock.advance(HOUR_MS + 5_000);
      await work();
      await scene.settle('job_1');
      scene.clock.jump(jump);
      await work();
      await scene.clock.advance(-jump + MINUTE_MS);
      await work();
      expect(await scene.runsOf('job_1')).toHaveLength(1);
    },
  );

  it('run once what a jump of the time of day has skipped, and nothing again after it was set right', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY });
    scene.clock.jump(5 * HOUR_MS + MINUTE_MS);
    await work();
    await scene.settle('job_1');
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    scene.clock.jump(-5 * HOUR_MS);
    await scene.clock.advance(4 * HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    await scene.clock.advance(2 * HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(2);
  });

  it('begin an interval at the end of each run, whoever started it', async () => {
    const scene = new ScheduleScene(await open());
    const { work, runs } = scene.process();
    await scene.addJob('job_1', { schedule: RESTING });
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T08:15:00.000Z');
    await scene.clock.advance(10 * MINUTE_MS);
    await scene.db.transact((tx) => runs.start(tx, 'job_1', {}, 'usr_1'));
    await scene.clock.advance(30 * MINUTE_MS);
    await work();
    await scene.settle('job_1');
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{ trigger: 'MANUAL' }]);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T08:55:00.000Z');
    await scene.clock.advance(15 * MINUTE_MS);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{}, { trigger: 'SCHEDULE' }]);
    expect(await scene.nextStartOf('job_1')).toBe(NEVER.toISOString());
    await scene.settle('job_1', { state: 'FAILED' });
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T09:10:00.000Z');
  });

  it('do not start suspended jobs, nor make up what came while they were', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY, isSuspended: true });
    await scene.addJob('job_2', { schedule: { ...HOURLY, isEnabled: false } });
    await scene.clock.advance(3 * HOUR_MS);
    await work();
    expect([...(await scene.runsOf('job_1')), ...(await scene.runsOf('job_2'))]).toEqual([]);
    expect(await scene.nextStartOf('job_1')).toBe(NEVER.toISOString());
  });

  it('keep a start that cannot be made now, and make it up once the job can run', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: HOURLY });
    await scene.addJob('job_2', { schedule: HOURLY });
    scene.status = 'NEEDS_SIGN_IN';
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toEqual([]);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T09:00:00.000Z');
    scene.status = 'HEALTHY';
    await scene.clock.advance(30_000);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    expect(await scene.runsOf('job_2')).toHaveLength(1);
  });

  it('let a run that waits for a window go on when it opens', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = scene.process();
    const windows = [{ days: ['MONDAY' as const], from: '10:30', to: '12:00' }];
    await scene.addJob('job_1', { schedule: { ...HOURLY, windows } });
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{ windows: { timeZone: 'UTC', windows } }]);
    await scene.settle('job_1', { state: 'AWAITING_WINDOW', waitingUntil: new Date('2026-01-05T10:30:00Z') });
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{ state: 'AWAITING_WINDOW' }]);
    await scene.clock.advance(HOUR_MS / 2);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{ state: 'QUEUED', waitingUntil: null }]);
  });
});
