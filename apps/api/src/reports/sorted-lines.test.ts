import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { SortedLines } from './sorted-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

async function sorted(lines: readonly string[], portion: number): Promise<{ read: string[]; files: number }> {
  const place = join(folder, String((made += 1)));
  const sorting = new SortedLines(place, 'lines', portion);
  for (const line of lines) await sorting.add(line);
  const read: string[] = [];
  for await (const line of sorting.read()) read.push(line);
  return { read, files: existsSync(place) ? readdirSync(place).length : 0 };
}

/** Names as platforms have them: with line separators of Unicode, and halves of characters only within JSON. */
const line = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(`${text}\u2028`));

it('gives back every line in order, whatever the portions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), async (lines, portion) => {
      expect((await sorted(lines, portion)).read).toEqual(lines.slice().sort());
    }),
    { numRuns: 60 },
  );
});

it('holds few lines in memory and few files open, however many lines there are', async () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => `line ${(index * 617) % 1_000}`);
  const { read, files } = await sorted(lines, 40);
  expect(read).toEqual(lines.slice().sort());
  expect(files).toBeLessThan(64);
});

it('writes nothing for what fits into one portion', async () => {
  expect(await sorted(['b', 'a'], 1_000)).toEqual({ read: ['a', 'b'], files: 0 });
});
