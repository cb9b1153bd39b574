import { seeded as sandboxIds } from '@sluice/procore-sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { crash, SEED, SLOW } from '../support/crash.js';
import { checksums, differences, evenTree } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf } from '../support/sandbox.js';
import { addJob, addShare, startRun } from '../support/work.js';

/** Each costs a start of the server; `campaign.ts` is the long form. */
const CRASHES = 6;
const files = evenTree(700, 20);
let house: House;
beforeAll(async () => {
  house = await House.open();
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }));
  await house.sandbox.control.seed(sandboxIds.projectId, entries);
});
afterAll(() => house?.close());

it(`has every file in a folder after ${CRASHES} crashes, none under a temporary name (seed ${SEED})`, async () => {
  const target = await house.folder('target');
  const share = { connectionId: await addShare(house.client, target) };
  const job = await addJob(house.client, 'Back', { connectionId: house.procoreId }, share);
  house.sandbox.control.setFaults(SLOW);
  const run = await crash(house, await startRun(house.client, job), CRASHES, 1000);
  expect(run).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
  expect(differences(await checksums(target), checksumsOf(files))).toEqual([]);
});
