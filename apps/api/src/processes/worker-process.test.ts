import { expect, it } from 'vitest';
import { workerOptions } from './worker-process.js';

it('bounds the heap of a worker, and leaves out what only one process may have', () => {
  expect(workerOptions(['--inspect=0', '--enable-source-maps'], '')).toEqual([
    '--enable-source-maps',
    '--max-old-space-size=1024',
  ]);
});

it.each([
  [['--max-old-space-size=4096'], ''],
  [['--max_old_space_size=4096'], ''],
  [[], '--enable-source-maps --max-old-space-size=4096'],
])('leaves a bound that people set: %j %j', (given, nodeOptions) => {
  expect(workerOptions(given, nodeOptions)).toEqual(given);
});
