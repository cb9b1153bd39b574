import { describe, expect, it } from 'vitest';
import { LineWriter, type Cell } from './lines.js';

const columns = ['one', 'two'];
const csv = new LineWriter({ columns, format: 'CSV', timeZone: 'UTC' });
const json = new LineWriter({ columns, format: 'JSONL', timeZone: 'UTC' });

/** Reads one line of RFC 4180. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  for (let rest = line.slice(0, -2); ;) {
    const [whole = '', quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^",]*))/.exec(rest) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (whole.length === rest.length) return cells;
    rest = rest.slice(whole.length + 1);
  }
}

describe('lines of a report', () => {
  it('in CSV have names of the columns before them, in JSON they are objects', () => {
    expect(csv.head()).toBe('one,two\r\n');
    expect(json.head()).toBe('');
    expect(json.line(['a', null])).toBe('{"one":"a","two":null}\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['a=1', 'a=1'],
  ])('in CSV %j is no formula', (text, shown) => {
    expect(csv.line([text, -5])).toBe(`${shown},-5\r\n`);
  });

  const SIGNS = ['=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', 'a', 'é', '\u{1f600}', ''];
  /** Every text of up to three of the signs. */
  const texts = SIGNS.flatMap((one) => SIGNS.flatMap((two) => SIGNS.map((three) => one + two + three)));

  it('in CSV keep any text, and none begins as a formula', () => {
    for (const text of texts) {
      const [one, two] = readLine(csv.line([text, 'next']));
      expect([one, two]).toEqual([/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text, 'next']);
      expect(one).not.toMatch(/^[=+\-@\t\r]/);
    }
  });

  it('in JSON keep any text as it is, in one line', () => {
    for (const text of texts) {
      expect(JSON.parse(json.line([text, 1]))).toEqual({ one: text, two: 1 });
      expect(json.line([text, 1]).trimEnd()).not.toContain('\n');
    }
  });

  it.each<[string, Cell]>([
    ['UTC', '2026-03-29T00:30:00.120Z'],
    ['Europe/Berlin', '2026-03-29T01:30:00.120+01:00'],
    ['America/St_Johns', '2026-03-28T22:00:00.120-02:30'],
    ['Asia/Kathmandu', '2026-03-29T06:15:00.120+05:45'],
  ])('show times in %s', (timeZone, shown) => {
    const writer = new LineWriter({ columns, format: 'JSONL', timeZone });
    expect(JSON.parse(writer.line([new Date('2026-03-29T00:30:00.120Z'), null]))).toEqual({ one: shown, two: null });
  });
});
