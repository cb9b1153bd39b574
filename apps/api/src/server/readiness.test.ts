import { expect, it } from 'vitest';
import type { WorkerState } from '../processes/supervisor.js';
import { readinessOf, type ReadinessParts } from './readiness.js';

const parts = (state: WorkerState = 'RUNNING', isStoreFull = false): ReadinessParts => ({
  isClosing: false,
  db: { ping: () => Promise.resolve(), isFull: false },
  supervisor: { status: { state, since: new Date(), restartCount: 0, message: null }, isStoreFull },
});

it.each<[WorkerState]>([['STARTING'], ['RUNNING'], ['RESTARTING']])(
  'a worker that is %s keeps nobody away',
  async (state) => {
    expect(await readinessOf(parts(state))).toEqual([]);
  },
);

it('tells a worker that is down, a full store of either process, a store that is down, and the end', async () => {
  expect(await readinessOf(parts('DOWN'))).toEqual(['WORKER_DOWN']);
  expect(await readinessOf(parts('RUNNING', true))).toEqual(['STORE_FULL']);
  const full = { ping: () => Promise.resolve(), isFull: true };
  expect(await readinessOf({ ...parts(), db: full })).toEqual(['STORE_FULL']);
  const broken = { ping: () => Promise.reject(new Error('gone')), isFull: false };
  expect(await readinessOf({ ...parts('DOWN'), db: broken })).toEqual(['STORE_DOWN', 'WORKER_DOWN']);
  expect(await readinessOf({ ...parts(), isClosing: true })).toEqual(['CLOSING']);
});

it('asks about no worker where workers are started separately', async () => {
  expect(await readinessOf({ ...parts(), supervisor: null })).toEqual([]);
});
