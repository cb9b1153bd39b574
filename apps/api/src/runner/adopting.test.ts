import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openShareApp } from './testing.js';

const FILES = 1_000;
const FOLDERS = 10;
/** A few transactions of outcomes; a run that leaves no turn to requests does all files at once. */
const MOST_AT_ONCE = 400;

// T28: adopting a copy that another tool made held up every request until its end.
it('requests have their turn after every few files that are found to be equal', async () => {
  await using app = await openShareApp();
  const { source, destination } = app.folders;
  for (let folder = 0; folder < FOLDERS; folder++) mkdirSync(join(source, `folder ${folder}`));
  for (let n = 0; n < FILES; n++) writeFileSync(join(source, `folder ${n % FOLDERS}`, `${n}.jpg`), `photo ${n}`);
  cpSync(source, destination, { recursive: true, preserveTimestamps: true });
  const jobId = await app.createJob({ source: { connectionId: app.connections.source } });

  const { db } = app.app.base;
  const { runs } = db.tables;
  const done = [0];
  let isOver = false;
  const look = async () => {
    const [run] = await db.reader.select().from(runs).where(eq(runs.jobId, jobId));
    done.push(run?.counters.itemsDone ?? 0);
  };
  const looking = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      await look();
    }
  })();
  const { state } = await app.runToEnd(jobId);
  isOver = true;
  await looking;
  await look();

  expect([state, done.at(-1)]).toEqual(['SUCCEEDED', FILES + FOLDERS]);
  const steps = done.slice(1).map((count, index) => count - (done[index] ?? 0));
  expect(Math.max(...steps)).toBeLessThan(MOST_AT_ONCE);
});
