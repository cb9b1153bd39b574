import { expect, it } from 'vitest';
import { step } from '../testing/index.js';
import { StepWriter } from './step-writer.js';

it('lets others have their turn while the steps of one very wide folder are written, though the store waits for nothing', async () => {
  const waits: number[] = [];
  const clock = { sleep: async (milliseconds: number) => void waits.push(milliseconds) };
  const writer = new StepWriter({ appendSteps: async () => {}, countUnchanged: async () => {} }, clock);
  for (let file = 0; file < 2_000; file++) await writer.add(step(`wide/${file}`));
  expect(waits).toEqual(Array(10).fill(0));
});
