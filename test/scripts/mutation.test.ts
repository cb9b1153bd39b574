import { expect, it } from 'vitest';
import { ROOT, runScript } from '../support/script.js';

interface Score {
  noticed: number;
  breaks: number;
}
type Scores = { path: string; score: Score | null }[];
interface Module {
  roomReport: (room: string, least: number, scores: Scores, fileCount: number) => { isEnough: boolean; text: string };
}
const { roomReport } = (await import(`${ROOT}scripts/mutation-score.mjs`)) as Module;

const scoreOf = (path: string, noticed: number, breaks: number) => ({ path, score: { noticed, breaks } });

it.each([
  [['nowhere'], '"nowhere" is no room of mutation testing; there are decide, prove, pair'],
  [['pair', '--minutes', '0'], '--minutes takes a number above 0'],
  [['pair', '--minutes', 'soon'], '--minutes takes a number above 0'],
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
