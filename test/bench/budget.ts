// How well the hour is used: a client with 600 calls an hour copies 1,500 files in one job, then 750 in each of two jobs at
// once, then works for two hours on jobs of two worker processes, on SQLite and on PostgreSQL where it is installed. The hour
// is scaled down to SLUICE_BENCH_HOUR seconds (30). Ends with code 1 after a 429, or when a full hour was used to less than
// 97 % of what jobs may use (the limit without the reserve for people), with two processes to less than 99 %.
import { findPostgres } from '@sluice/api/db/postgres.testing.js';
import type { HourUsage } from '@sluice/procore-sandbox';
import { evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { SharedClient, type DatabaseName } from '../support/shared-client.js';
import { addJob, addShare, runToEnd } from '../support/work.js';
import { printTable } from './table.js';

const HOUR_SECONDS = Number(process.env['SLUICE_BENCH_HOUR'] ?? 30);
const HOURLY_CALLS = 600;
const RESERVE_SHARE = 0.02;
const LEAST_USE = 0.97;
const LEAST_SHARED_USE = 0.99;
const LIMITS = { hourly: HOURLY_CALLS, spike: 400, hourSeconds: HOUR_SECONDS, spikeSeconds: 10 };
/** More jobs than one worker takes at once. */
const SHARED_JOBS = 12;

interface Hour extends HourUsage {
  scene: string;
  use: number;
  leastUse: number;
}

interface Scene {
  hours: Hour[];
  refused: number;
}

/** Copies `files` files in each of `jobs` jobs at the same time; returns the full hours that it took. */
async function copy(scene: string, jobs: number, files: number): Promise<Scene> {
  console.log(`… ${scene}`);
  const house = await House.open({ limits: LIMITS });
  try {
    const ids = await Promise.all(Array.from({ length: jobs }, (_, index) => prepare(house, index, files)));
    const runs = await Promise.all(ids.map((id) => runToEnd(house.client, id)));
    const unfinished = runs.find((run) => run.state !== 'SUCCEEDED');
    if (unfinished) throw new Error(`${scene} ended ${unfinished.state}: ${unfinished.stateReason?.message ?? ''}`);
    const { hours, refused429 } = house.sandbox.control.counters();
    return { hours: hours.map((hour) => used(scene, hour, LEAST_USE)), refused: refused429 };
  } finally {
    await house.close();
  }
}

function used(scene: string, hour: HourUsage, leastUse: number): Hour {
  return { ...hour, scene, use: hour.used / (HOURLY_CALLS * (1 - RESERVE_SHARE)), leastUse };
}

/** The hours that begin once both worker processes are at work; the copies are not finished. */
async function share(database: DatabaseName): Promise<Scene> {
  const scene = `two worker processes, on ${database}`;
  console.log(`… ${scene}`);
  const shared = await SharedClient.open(database, LIMITS);
  try {
    await shared.begin(SHARED_JOBS, 150);
    const { hours, refused } = await shared.hoursOfBoth(({ length }) => length >= 2);
    return { hours: hours.map((hour) => used(scene, hour, LEAST_SHARED_USE)), refused };
  } finally {
    await shared.close();
  }
}

async function prepare(house: House, index: number, files: number): Promise<string> {
  const folder = await house.folder(`job-${index}`);
  await plant(folder, evenTree(files, 15));
  const share = await addShare(house.client, folder, `Share ${index}`);
  const destination = { connectionId: house.procoreId, path: `/Job ${index}` };
  return addJob(house.client, `Job ${index}`, { connectionId: share }, destination);
}

const scenes = [
  await copy('one job of 1,500 files', 1, 1500),
  await copy('two jobs of 750 files at once', 2, 750),
  await share('SQLite'),
];
if (findPostgres() === null)
  console.log('PostgreSQL is not installed; two worker processes were measured on SQLite only.');
else scenes.push(await share('PostgreSQL'));
const rows = scenes.flatMap(({ hours }) =>
  hours.map((hour, index) => [
    hour.scene,
    index + 1,
    hour.limit,
    hour.used,
    hour.refused,
    `${(hour.use * 100).toFixed(1)} %`,
    `${hour.leastUse * 100} %`,
  ]),
);
printTable([['scene', 'hour', 'limit', 'used', '429', 'of limit without reserve', 'at least'], ...rows]);
const refused = scenes.reduce((sum, scene) => sum + scene.refused, 0);
const idle = scenes.flatMap(({ hours }) => hours).filter((hour) => hour.use < hour.leastUse);
console.log(`${refused} replies with status 429, ${idle.length} full hours below what they have to reach`);
// The PostgreSQL server of the tests lives as long as this process, which would wait for it.
process.exit(refused > 0 || idle.length > 0 ? 1 : 0);
