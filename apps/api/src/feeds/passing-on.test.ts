import type { Schedule } from '@sluice/core/schedule';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../db/testing.js';
import { ScheduleScene } from '../runs/lifecycle/schedule.testing.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const NIGHTLY: Schedule = {
  cron: '0 2 * * *',
  intervalAfterEndMs: null,
  timeZone: 'UTC',
  windows: [],
  isEnabled: true,
};
const FOLLOWING: Schedule = { ...NIGHTLY, followsChanges: true };
const SOURCE = 'con_source';

async function openScene(db: ConstructorParameters<typeof ScheduleScene>[0]) {
  const scene = new ScheduleScene(db);
  const now = () => new Date(scene.clock.now());
  const none = { note: 'note', problem: null, leaseUntil: null, firstWordAt: null, dueAt: null };
  for (const connectionId of [SOURCE, 'con_other'])
    await scene.feeds.add({ ...none, connectionId, path: connectionId, secret: 'sealed', checkAt: now() });
  let count = 0;
  const hear = (id = `word ${++count}`, connectionId = SOURCE) => scene.feeds.hear(connectionId, id, now());
  const triggers = async (jobId = 'job_1') => (await scene.runsOf(jobId)).map(({ trigger }) => trigger);
  return { scene, hear, triggers };
}

describeOnBothDatabases('word of changes', (open) => {
  it('starts one run once it is quiet, and none before', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: FOLLOWING });
    await scene.addJob('job_2', { schedule: NIGHTLY });
    for (let words = 0; words < 20; words++) {
      await hear();
      await scene.clock.advance(SECOND_MS);
      await work();
    }
    await scene.clock.advance(9 * SECOND_MS - 1);
    await work();
    expect(await triggers()).toEqual([]);
    await scene.clock.advance(1);
    await work();
    await work();
    expect(await triggers()).toEqual(['CHANGE']);
    expect(await triggers('job_2')).toEqual([]);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-06T02:00:00.000Z');
  });

  it('starts a run a minute after the first word although it never becomes quiet', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: FOLLOWING });
    for (let words = 0; words < 30; words++) {
      await hear();
      await work();
      expect(await triggers()).toEqual([]);
      await scene.clock.advance(2 * SECOND_MS);
    }
    await work();
    expect(await triggers()).toEqual(['CHANGE']);
  });

  it('that comes twice, also from another process and after the run, is one', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: FOLLOWING });
    await hear('01K');
    await scene.clock.advance(10 * SECOND_MS);
    await work();
    await scene.settle('job_1');
    await Promise.all([hear('01K'), hear('01K')]);
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect(await triggers()).toEqual(['CHANGE']);
    await hear('01L');
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect(await triggers()).toEqual(['CHANGE', 'CHANGE']);
  });

  it('of another connection concerns a SYNC on either side, and no copy to it', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    const sides = { sourceConnectionId: SOURCE, destinationConnectionId: 'con_other', schedule: FOLLOWING };
    await scene.addJob('job_1', { ...sides, transferType: 'COPY' });
    await scene.addJob('job_2', { ...sides, transferType: 'SYNC' });
    await hear('01K', 'con_other');
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect([await triggers(), await triggers('job_2')]).toEqual([[], ['CHANGE']]);
  });

  it('is passed on once, however many processes try', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const processes = Array.from({ length: 4 }, () => scene.process());
    for (const number of [1, 2, 3]) await scene.addJob(`job_${number}`, { schedule: FOLLOWING });
    await hear();
    await scene.clock.advance(MINUTE_MS);
    await Promise.all(processes.map(({ work }) => work()));
    for (const number of [1, 2, 3]) expect(await triggers(`job_${number}`)).toEqual(['CHANGE']);
  });

  it('outlasts a process that dies over the start, and one that dies before it', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const dying = scene.process();
    await scene.addJob('job_1', { schedule: FOLLOWING });
    await hear();
    await scene.clock.advance(MINUTE_MS);
    const update = scene.jobs.store.update.bind(scene.jobs.store);
    scene.jobs.store.update = () => Promise.reject(new Error('The process was killed before its commit.'));
    await expect(dying.work()).rejects.toThrow('killed');
    scene.jobs.store.update = update;
    expect(await triggers()).toEqual([]);
    await scene.process().work();
    await scene.process().work();
    expect(await triggers()).toEqual(['CHANGE']);
  });

  it('during a run starts one more after it, also where the schedule counts from the end of each run', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: { ...FOLLOWING, cron: null, intervalAfterEndMs: 60 * MINUTE_MS } });
    await hear();
    await scene.clock.advance(MINUTE_MS);
    await work();
    await hear();
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect(await triggers()).toEqual(['CHANGE']);
    await scene.settle('job_1');
    await work();
    expect(await triggers()).toEqual(['CHANGE', 'CHANGE']);
    await scene.settle('job_1');
    await work();
    expect(await triggers()).toHaveLength(2);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T09:02:00.000Z');
  });

  it('starts nothing for a job that is suspended or switched off, nor once it is resumed', async () => {
    const { scene, hear, triggers } = await openScene(await open());
    const { work } = scene.process();
    await scene.addJob('job_1', { schedule: FOLLOWING, isSuspended: true });
    await scene.addJob('job_2', { schedule: { ...FOLLOWING, isEnabled: false } });
    await hear();
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect([await triggers(), await triggers('job_2')]).toEqual([[], []]);
    expect((await scene.jobs.store.byId('job_1'))?.changesDueAt).toBeNull();
  });

  it('works outside of no window of the job', async () => {
    const { scene, hear } = await openScene(await open());
    const { work } = scene.process();
    const windows = [{ days: ['MONDAY' as const], from: '10:30', to: '12:00' }];
    await scene.addJob('job_1', { schedule: { ...FOLLOWING, windows } });
    await hear();
    await scene.clock.advance(MINUTE_MS);
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{ trigger: 'CHANGE', windows: { timeZone: 'UTC', windows } }]);
  });

  it('is forgotten after a day', async () => {
    const { scene, hear } = await openScene(await open());
    await hear('old');
    await scene.clock.advance(25 * 60 * MINUTE_MS);
    await hear('new');
    await scene.feeds.forget(new Date(scene.clock.now()));
    const words = await scene.db.reader.select().from(scene.db.tables.feedWords);
    expect(words.map(({ wordId }) => wordId)).toEqual(['new']);
  });
});
