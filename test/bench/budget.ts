// How well the hour is used: a client with 600 calls an hour copies 1,500 files in one job, then 750 in each of two jobs at
// once. The hour is scaled down to SLUICE_BENCH_HOUR seconds (30). Ends with code 1 after a 429, or when a full hour was used
// to less than 97 % of what jobs may use: the limit without the reserve for people.
import type { HourUsage } from '@sluice/procore-sandbox';
import { evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { addJob, addShare, runToEnd } from '../support/work.js';
import { printTable } from './table.js';

const HOUR_SECONDS = Number(process.env['SLUICE_BENCH_HOUR'] ?? 30);
const HOURLY_CALLS = 600;
const RESERVE_SHARE = 0.02;
const LEAST_USE = 0.97;

interface Hour extends HourUsage {
  scene: string;
  use: number;
}

/** Copies `files` files in each of `jobs` jobs at the same time; returns the full hours that it took. */
async function copy(scene: string, jobs: number, files: number): Promise<{ hours: Hour[]; refused: number }> {
  console.log(`… ${scene}`);
  const limits = { hourly: HOURLY_CALLS, spike: 400, hourSeconds: HOUR_SECONDS, spikeSeconds: 10 };
  const house = await House.open({ limits });
  try {
    const ids = await Promise.all(Array.from({ length: jobs }, (_, index) => prepare(house, index, files)));
    const runs = await Promise.all(ids.map((id) => runToEnd(house.client, id)));
    const unfinished = runs.find((run) => run.state !== 'SUCCEEDED');
    if (unfinished) throw new Error(`${scene} ended ${unfinished.state}: ${unfinished.stateReason?.message ?? ''}`);
    const { hours, refused429 } = house.sandbox.control.counters();
    const available = HOURLY_CALLS * (1 - RESERVE_SHARE);
    return { hours: hours.map((hour) => ({ ...hour, scene, use: hour.used / available })), refused: refused429 };
  } finally {
    await house.close();
  }
}

async function prepare(house: House, index: number, files: number): Promise<string> {
  const folder = await house.folder(`job-${index}`);
  await plant(folder, evenTree(files, 15));
  const share = await addShare(house.client, folder, `Share ${index}`);
  const destination = { connectionId: house.procoreId, path: `/Job ${index}` };
  return addJob(house.client, `Job ${index}`, { connectionId: share }, destination);
}

const scenes = [await copy('one job of 1,500 files', 1, 1500), await copy('two jobs of 750 files at once', 2, 750)];
const rows = scenes.flatMap(({ hours }) =>
  hours.map((hour, index) => [
    hour.scene,
    index + 1,
    hour.limit,
    hour.used,
    hour.refused,
    `${(hour.use * 100).toFixed(1)} %`,
  ]),
);
printTable([['scene', 'hour', 'limit', 'used', '429', 'of limit without reserve'], ...rows]);
const refused = scenes.reduce((sum, scene) => sum + scene.refused, 0);
const idle = scenes.flatMap(({ hours }) => hours).filter((hour) => hour.use < LEAST_USE);
console.log(`${refused} replies with status 429, ${idle.length} full hours below ${LEAST_USE * 100} %`);
if (refused > 0 || idle.length > 0) process.exitCode = 1;
