import { expect, it } from 'vitest';
import type { RunContext } from '@sluice/core/run';
import { coreEngine } from './engine.js';
import { openShareApp, QUICK_WORK } from './testing.js';

const LISTINGS = 'query ($id: ID!) { run(id: $id) { plan { listings { side kind reason } } } }';

it('a run is told whether fullListing asks for a full listing, and shows how each side was listed and why', async () => {
  const given: RunContext['listing'][] = [];
  const executeRun: typeof coreEngine.executeRun = (context, approve) => {
    given.push(context.listing);
    return coreEngine.executeRun(context, approve);
  };
  await using app = await openShareApp({}, { work: { ...QUICK_WORK, engine: { ...coreEngine, executeRun } } });
  app.put('a.txt', 'a');
  const jobId = await app.createJob();
  await app.runToEnd(jobId);
  await app.runToEnd(jobId, { fullListing: false });
  const { id } = await app.runToEnd(jobId, { fullListing: true });
  expect(given.map((listing) => listing?.isFull)).toEqual([false, false, true]);
  expect(given[0]?.settings).toEqual(given[2]?.settings);
  expect(given[0]?.settings.SOURCE).not.toBe(given[0]?.settings.DESTINATION);
  const { run } = await app.ask<{ run: { plan: { listings: object[] } } }>(LISTINGS, { id });
  const reason = 'The platform does not tell what changed since the last listing.';
  expect(run.plan.listings).toEqual([
    { side: 'SOURCE', kind: 'FULL', reason },
    { side: 'DESTINATION', kind: 'FULL', reason },
  ]);
});
