import { afterAll, beforeAll, expect, it } from 'vitest';
import { crash, SEED, SLOW } from '../support/crash.js';
import { differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, startRun } from '../support/work.js';

/** Each costs a start of the server, which is most of the time here; `campaign.ts` is the long form. */
const CRASHES = 6;
const files = evenTree(700, 20);
let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house?.close());

it(
  `has every file in Procore once after ${CRASHES} crashes, as one version (seed ${SEED})`,
  { timeout: 400_000 },
  async () => {
    const origin = await house.folder('origin');
    await plant(origin, files);
    const share = { connectionId: await addShare(house.client, origin) };
    const job = await addJob(house.client, 'There', share, { connectionId: house.procoreId });
    house.sandbox.control.setFaults(SLOW);
    const run = await crash(house, await startRun(house.client, job), CRASHES, 4500);
    const content = await contentOf(house.sandbox);
    expect(run).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
    expect(differences(content.files, checksumsOf(files))).toEqual([]);
    expect(Object.entries(content.versions).filter(([, versions]) => versions !== 1)).toEqual([]);
  },
);
