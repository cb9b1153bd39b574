import { expect, it } from 'vitest';
import { readRows } from './csv-rows.js';

const read = (text: string) => readRows(text, ['a', 'b']);
const cells = (text: string) => read(text).rows.map((row) => [row.line, row.cells['a'], row.cells['b']]);
const errors = (text: string) => read(text).errors.map(({ line, column }) => [line, column]);

it.each<[string, string, [number, string, string][]]>([
  [
    'plain rows',
    'a,b\r\n1,2\r\n3,4\r\n',
    [
      [2, '1', '2'],
      [3, '3', '4'],
    ],
  ],
  ['line ends of Unix, and none at the end', 'a,b\n1,2', [[2, '1', '2']]],
  ['a mark of byte order', '\ufeffa,b\n1,2', [[2, '1', '2']]],
  ['columns in another order', 'b,a\n1,2', [[2, '2', '1']]],
  ['quotes, commas and quoted quotes', 'a,b\n"x,y","say ""no"""', [[2, 'x,y', 'say "no"']]],
  ['empty lines, which count as lines', 'a,b\n\n1,2\n\n', [[3, '1', '2']]],
  ['empty values', 'a,b\n,""', [[2, '', '']]],
  ['only a header', 'a,b', []],
  [
    'line ends of both kinds',
    'a,b\r\n1,2\n3,4\r5,6',
    [
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
    ],
  ],
  [
    'apostrophes of an export',
    "a,b\n'=1+1,''@x\n'x,'",
    [
      [2, '=1+1', "'@x"],
      [3, "'x", "'"],
    ],
  ],
  ['Unicode in one form', 'a,b\ne\u0301,x', [[2, '\u00e9', 'x']]],
])('reads %s', (_, text, expected) => {
  expect(read(text).errors).toEqual([]);
  expect(cells(text)).toEqual(expected);
});

it.each<[string, string, [number, string | null][]]>([
  ['no header', '1,2', [[1, null]]],
  ['nothing', '', [[1, null]]],
  ['a column too many', 'a,b,c\n1,2,3', [[1, null]]],
  ['a column twice', 'a,a\n1,2', [[1, null]]],
  [
    'rows of another length, each by itself',
    'a,b\n1\n1,2\n1,2,3',
    [
      [2, null],
      [4, null],
    ],
  ],
  ['a quote that never ends', 'a,b\n1,2\n"3,4', [[3, null]]],
  ['a quote within a text', 'a,b\n1,2"3', [[2, null]]],
  [
    'a line break in a value',
    'a,b\n"1\n2",3\n\u0007,4',
    [
      [2, 'a'],
      [4, 'a'],
    ],
  ],
  ['half a character', 'a,b\n1,\ud800', [[2, null]]],
])('tells of %s', (_, text, expected) => {
  expect(errors(text)).toEqual(expected);
});
