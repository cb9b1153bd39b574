import { listQueries } from '@sluice/api/reads/lists.testing.js';
import type { Figure } from '../engine/figure.js';
import { openFilledApp } from './filled-app.js';

/** Statements of every list of the schema at page size 1 and at page size 50; those that grow are named. */
export async function measureStatements(): Promise<Figure[]> {
  await using filled = await openFilledApp();
  const { test, counter, clock } = filled;
  // A long operation makes way for others by the clock, which would part its statements, and a session keeps once a minute
  // that it is in use: time stands still here.
  const start = performance.now();
  Object.defineProperty(performance, 'now', { configurable: true, value: () => start });
  clock.stop();
  let grown = 0;
  for (const { path, at } of listQueries(test.app.schema)) {
    const one = (await counter.of(() => test.send(at(1)))).length;
    const many = (await counter.of(() => test.send(at(50)))).length;
    if (one === many) continue;
    grown++;
    console.log(`${path}: ${one} statements for 1 entry, ${many} for 50`);
  }
  Reflect.deleteProperty(performance, 'now');
  clock.goOn();
  return [{ name: 'lists whose statements grow with the page', found: grown, unit: '', atMost: 0 }];
}
