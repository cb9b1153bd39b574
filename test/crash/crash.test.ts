import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums, differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { seeded } from '../support/random.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, follow, hasEnded, readRun, startRun, type RunView } from '../support/work.js';

const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? 2291);

/** Slows every call a little, so that the copy is still going on at the last crash. */
const SLOW = [
  { kind: 'slow', ms: 60, match: { method: 'POST' } },
  { kind: 'slow', ms: 60, match: { origin: 'storage' } },
] as const;

describe(`a server that is killed again and again (SLUICE_TEST_SEED=${SEED})`, () => {
  const roll = seeded(SEED);
  const files = evenTree(700, 20);
  let house: House;
  beforeAll(async () => {
    house = await House.open();
    house.sandbox.control.setFaults(SLOW);
  });
  afterAll(() => house?.close());

  /**
   * Kills and restarts the server at random moments of a run, then lets the run end. Most moments are early ones, in
   * which the steps in doubt are looked up; some are late enough for new steps to be under way.
   */
  async function crash(runId: string, times: number, longest: number): Promise<RunView> {
    for (let kill = 0; kill < times; kill++) {
      const run = await readRun(house.client, runId);
      if (hasEnded(run)) throw new Error(`The run ended ${run.state} before crash ${kill + 1}: ${JSON.stringify(run)}`);
      await new Promise((resolve) => setTimeout(resolve, roll() ** 2 * longest));
      await house.server.kill9();
      await house.server.run();
    }
    house.sandbox.control.setFaults([]);
    for await (const _event of follow(house.client, runId));
    return readRun(house.client, runId);
  }

  it('has every file in Procore once after 50 crashes, as one version', { timeout: 400_000 }, async () => {
    const origin = await house.folder('origin');
    await plant(origin, files);
    const job = await addJob(
      house.client,
      'There',
      { connectionId: await addShare(house.client, origin) },
      { connectionId: house.procoreId },
    );
    const run = await crash(await startRun(house.client, job), 50, 5000);
    const content = await contentOf(house.sandbox);
    expect(run).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
    expect(differences(content.files, checksumsOf(files))).toEqual([]);
    expect(Object.entries(content.versions).filter(([, versions]) => versions !== 1)).toEqual([]);
  });

  it('has every file in a folder after 10 crashes, and none under a temporary name', { timeout: 120_000 }, async () => {
    const target = await house.folder('target');
    const job = await addJob(
      house.client,
      'Back',
      { connectionId: house.procoreId },
      { connectionId: await addShare(house.client, target) },
    );
    house.sandbox.control.setFaults(SLOW);
    const run = await crash(await startRun(house.client, job), 10, 1000);
    expect(run).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
    expect(differences(await checksums(target), checksumsOf(files))).toEqual([]);
  });
});
