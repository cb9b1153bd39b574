import { expect, it } from 'vitest';
import { ROOT, runScript } from '../support/script.js';

interface Score {
  noticed: number;
  breaks: number;
  late?: number;
}
type Scores = { path: string; score: Score | null }[];
interface Module {
  roomReport: (room: string, least: number, scores: Scores, fileCount: number) => Report;
  sampleReport: (room: string, least: number, scores: Scores | null, lines: { lines: number; all: number }) => Report;
}
interface Report {
  isEnough: boolean;
  text: string;
}
interface Sampling {
  linesOf: (
    files: readonly string[],
    count: number,
    seed: string,
    read: (path: string) => string,
  ) => { lines: string[]; all: number };
}
const { roomReport, sampleReport } = (await import(`${ROOT}scripts/mutation-score.mjs`)) as Module;
const { linesOf } = (await import(`${ROOT}scripts/mutation-sample.mjs`)) as Sampling;

const scoreOf = (path: string, noticed: number, breaks: number) => ({ path, score: { noticed, breaks } });

it.each([
  [['nowhere'], '"nowhere" is no room of mutation testing; there are decide, prove, pair'],
  [['pair', '--minutes', '0'], '--minutes takes a number above 0'],
  [['pair', '--minutes', 'soon'], '--minutes takes a number above 0'],
  [['pair', '--lines', '0'], '--lines takes a whole number above 0'],
  [['pair', '--lines', '1.5'], '--lines takes a whole number above 0'],
  [['pair', '--file', 'no-such-file'], 'no file of the rooms that are named'],
])('mutation testing refuses %j', async (args, expected) => {
  const { code, output } = await runScript('mutation', args);
  expect(code).toBe(2);
  expect(output).toContain(expected);
});

it('the share of a room counts the breaks of all its files, and each file is told', () => {
  const { isEnough, text } = roomReport('pair', 85, [scoreOf('a.ts', 9, 10), scoreOf('b.ts', 70, 90)], 2);
  expect(isEnough).toBe(false);
  expect(text.split('\n')).toEqual([
    '   90.0 % of    10 breaks  a.ts',
    '   77.8 % of    90 breaks  b.ts',
    'pair: 79.0 % of 100 breaks noticed in all 2 files; 85 % are asked for: NOT HELD.',
  ]);
  expect(roomReport('pair', 79, [scoreOf('a.ts', 79, 100)], 1).isEnough).toBe(true);
});

it('a room of which not all files were asked about is told as a sample with its number', () => {
  const { isEnough, text } = roomReport('run', 70, [scoreOf('a.ts', 8, 10)], 52);
  expect(isEnough).toBe(true);
  expect(text).toContain('80.0 % of 10 breaks noticed in a sample, 1 of 52 files');
});

it('a file whose tests fail, or that was cut off, lets its room fail', () => {
  const { isEnough, text } = roomReport('run', 70, [scoreOf('a.ts', 8, 8), { path: 'b.ts', score: null }], 2);
  expect(isEnough).toBe(false);
  expect(text).toContain('b.ts (its tests fail, or the time was up)');
  expect(roomReport('run', 70, [{ path: 'b.ts', score: null }], 2).text).toContain('no break noticed');
  expect(roomReport('run', 70, [], 2).isEnough).toBe(false);
});

const SOURCE = `// What it is for.
import { a } from './a.js';
export * from './b.js';

/**
 * A sum.
 */
export function sum(one, other) {
  return one + other;
}
`;

it('a sample takes lines that can be broken, and the same ones for the same seed', () => {
  const sampled = (count: number, seed: string) => linesOf(['a.ts', 'b.ts'], count, seed, () => SOURCE);
  expect(sampled(10, '1').lines.toSorted()).toEqual(['a.ts:8-8', 'a.ts:9-9', 'b.ts:8-8', 'b.ts:9-9']);
  expect(sampled(2, '1').lines).toEqual(sampled(10, '1').lines.slice(0, 2));
  expect(sampled(2, '1').all).toBe(4);
  const orders = ['1', '2', '3', '4', '5', '6'].map((seed) => sampled(10, seed).lines.join(' '));
  expect(new Set(orders).size).toBeGreaterThan(1);
});

it('the share of a sample is told with the bounds of the whole room', () => {
  const scores = [{ path: 'a.ts', score: { noticed: 80, breaks: 100, late: 7 } }];
  const { isEnough, text } = sampleReport('run', 70, scores, { lines: 90, all: 6_000 });
  expect(isEnough).toBe(true);
  expect(text).toContain(
    '80.0 % of 100 breaks noticed (7 by running out of time) in 90 of 6000 lines, picked at random',
  );
  expect(text).toContain('the room is between 71.1 and 86.7 %');
  expect(sampleReport('run', 81, [scoreOf('a.ts', 80, 100)], { lines: 90, all: 6_000 }).isEnough).toBe(false);
  expect(sampleReport('run', 70, [scoreOf('a.ts', 0, 0)], { lines: 1, all: 6_000 }).isEnough).toBe(false);
  expect(sampleReport('run', 70, null, { lines: 90, all: 6_000 })).toMatchObject({ isEnough: false });
});
