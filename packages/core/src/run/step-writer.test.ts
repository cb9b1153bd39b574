import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { step } from '../testing/index.js';
import { StepWriter } from './step-writer.js';

it('lets others have their turn while the steps of one very wide folder are written, though the store waits for nothing', async () => {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (; !isOver; turns++) await setImmediate();
  })();
  const writer = new StepWriter({ appendSteps: async () => {}, countUnchanged: async () => {} });
  for (let file = 0; file < 2_000; file++) await writer.add(step(`wide/${file}`));
  isOver = true;
  await others;
  expect(turns).toBeGreaterThanOrEqual(9);
});
