import { expect, it } from 'vitest';
import { openShareApp } from '../runner/testing.js';

const JOBS = '{ jobs(first: 50) { nodes { issues { code message } } } }';

it('the issues of 50 jobs are looked for without a warning of too many listeners', async () => {
  await using app = await openShareApp();
  for (let index = 1; index <= 50; index++) {
    app.put(`from ${index}/file`, '');
    const source = { connectionId: app.connections.source, at: { path: `/from ${index}` } };
    await app.createJob({ name: `Job ${index}`, source });
  }
  const { db } = app.app.base;
  // As after a sign-in: what was found before is not taken for granted.
  await db.transact(async (tx) => void (await tx.update(db.tables.connections).set({ version: 9 })));
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  try {
    const { jobs } = await app.ask<{ jobs: { nodes: unknown[] } }>(JOBS);
    expect(jobs.nodes).toHaveLength(50);
    // A warning comes in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('warning', note);
  }
  expect(warnings).toEqual([]);
});
