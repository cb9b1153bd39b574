import { it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform } from '@sluice/core/testing';
import { describeOnBothDatabases } from '../db/testing.js';
import { systemClock } from '../clock.js';
import { createRunStore } from './store.js';
import { seedJob, seedRun } from './testing.js';
import { Steering } from '../runner/steering.js';
import { writeFileSync } from 'node:fs';
const out: string[] = [];
describeOnBothDatabases('bench', (open) => {
  it('runs', async () => {
    const db = await open();
    const jobId = await seedJob(db);
    const source = createMemoryPlatform();
    const N = 5000;
    source.seed(Array.from({ length: N }, (_, i) => ({ path: `f${i % 100}/file ${i}.txt`, bytes: 'x' })));
    const destination = createMemoryPlatform();
    for (let n = 1; n <= 2; n++) {
      const scope = { jobId, ...(await seedRun(db, jobId, n)), lease: null, planValidity: 1e6, now: () => new Date(), changes: { record: async () => undefined }, onEvents: () => undefined };
      const store = createRunStore(db, scope);
      let t = Date.now();
      const mark = (what: string) => { out.push(`${db.dialect} run ${n} ${what} ${Date.now() - t} ms`); t = Date.now(); };
      const timed = { ...store, enter: async (p: never) => { mark(String(p)); return store.enter(p); } };
      const end = await executeRun({ source, destination, sourceRoot: [], destinationRoot: [], policies: defaultPolicies('COPY'), store: timed, clock: systemClock, report: { progress() {}, inFlight() {}, waiting() {}, called() {}, discovered() {} } as never, control: new Steering(), owner: 'x', only: null });
      mark(JSON.stringify(end));
    }
    writeFileSync('/tmp/bench.txt', out.join('\n'));
  }, 300000);
});
