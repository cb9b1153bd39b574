import { expect, it } from 'vitest';
import { workerOptions } from './worker-process.js';

it('bounds the heap of a worker, gives it room for what lives a moment, and leaves out what only one process may have', () => {
  expect(workerOptions(['--inspect=0', '--enable-source-maps'], '')).toEqual([
    '--enable-source-maps',
    '--max-old-space-size=1024',
    '--min-semi-space-size=16',
  ]);
});

const YOUNG = '--min-semi-space-size=16';
const HEAP = '--max-old-space-size=1024';

it.each([
  [['--max-old-space-size=4096'], '', [YOUNG]],
  [['--max_old_space_size=4096'], '', [YOUNG]],
  [[], '--enable-source-maps --max-old-space-size=4096', [YOUNG]],
  [['--min-semi-space-size=4'], '', [HEAP]],
  [[], '--max_semi_space_size=8', [HEAP]],
])('leaves a bound that people set: %j %j', (given, nodeOptions, added) => {
  expect(workerOptions(given, nodeOptions)).toEqual([...given, ...added]);
});
