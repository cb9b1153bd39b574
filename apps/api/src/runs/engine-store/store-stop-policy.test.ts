import type { Policies } from '@sluice/core/plan';
import type { RunState } from '@sluice/core/job';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../db/testing.js';
import { ScheduleScene } from '../lifecycle/schedule.testing.js';
import { emptyCounters } from './counters.js';

const HOUR_MS = 3_600_000;
const HOURLY = { cron: '0 * * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const NEVER = '9999-12-31T00:00:00.000Z';

async function jobWith(scene: ScheduleScene, policies: Partial<Policies>) {
  await scene.addJob('job_1', { schedule: HOURLY });
  await scene.db.transact((tx) => scene.jobs.store.update(tx, 'job_1', { policies }));
  return scene.process();
}

/** The schedule's next run, which ends like this. */
async function runs(
  scene: ScheduleScene,
  { work }: ReturnType<ScheduleScene['process']>,
  state: RunState,
  created = 0,
) {
  await scene.clock.advance(HOUR_MS);
  await work();
  const run = (await scene.runsOf('job_1')).at(-1);
  const counters = { ...emptyCounters(), outcomes: { CREATED: { items: created, bytes: created } } };
  await scene.db.transact((tx) => scene.runs.update(tx, run!.id, { counters }));
  await scene.settle('job_1', { state });
}

const stateOf = async (scene: ScheduleScene) => {
  const job = (await scene.jobs.store.byId('job_1'))!;
  return [scene.jobs.stateOf(job), job.stopReason, job.nextStartAt.toISOString()];
};

describeOnBothDatabases('the stop policy of a job', (open) => {
  it('stopAfterUnchangedRuns: ends it after so many runs in a row without a change; it does not start by itself then', async () => {
    const scene = new ScheduleScene(await open());
    const process = await jobWith(scene, { stopAfterUnchangedRuns: 2 });
    await runs(scene, process, 'SUCCEEDED');
    await runs(scene, process, 'SUCCEEDED', 1);
    await runs(scene, process, 'SUCCEEDED');
    expect((await stateOf(scene))[0]).toBe('READY');
    await runs(scene, process, 'SUCCEEDED_WITH_ISSUES');
    expect(await stateOf(scene)).toEqual(['STOPPED', 'It ends after 2 runs in a row that changed nothing.', NEVER]);
    await scene.clock.advance(2 * HOUR_MS);
    await process.work();
    expect(await scene.runsOf('job_1')).toHaveLength(4);
    const start = scene.db.transact((tx) => process.runs.start(tx, 'job_1', {}, 'usr_1'));
    await expect(start).rejects.toMatchObject({
      problems: [
        { code: 'INVALID_STATE', message: expect.stringContaining('changed nothing. Resume it first.') as string },
      ],
    });
  });

  it('stopAfterRuns, stopAfterFailedRuns: end it after so many runs; the last run tells so', async () => {
    const scene = new ScheduleScene(await open());
    const process = await jobWith(scene, { stopAfterRuns: 3, stopAfterFailedRuns: 2 });
    await runs(scene, process, 'FAILED');
    await runs(scene, process, 'CANCELED');
    await runs(scene, process, 'SUCCEEDED', 1);
    await runs(scene, process, 'FAILED');
    expect(await stateOf(scene)).toEqual(['STOPPED', 'It ends after 2 failed runs.', NEVER]);
    const { runEvents } = scene.db.tables;
    const logs = (await scene.db.reader.select().from(runEvents)).filter(({ kind }) => kind === 'LOG');
    expect(logs).toMatchObject([
      { runId: (await scene.runsOf('job_1')).at(-1)?.id, message: expect.stringContaining('2 failed runs.') as string },
    ]);
  });

  it('of a suspended job: its last run is counted, and resuming it begins to count anew', async () => {
    const scene = new ScheduleScene(await open());
    const process = await jobWith(scene, { stopAfterRuns: 1 });
    await scene.clock.advance(HOUR_MS);
    await process.work();
    await scene.jobs.suspend('job_1', 'usr_1');
    await scene.settle('job_1');
    expect((await stateOf(scene)).slice(0, 2)).toEqual(['SUSPENDED', 'It ends after 1 run.']);
  });
});
