import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as codes from './step-codes.js';

const migration = readFileSync(
  fileURLToPath(new URL('../../../drizzle/sqlite/0021_lean-steps.sql', import.meta.url)),
  'utf8',
);

type Numbers = Readonly<Record<string, number>>;

/** Numbers of columns that no former release had as words. */
const OF_LATER_COLUMNS: Readonly<Record<string, Numbers>> = {
  REVISION_CODES: { CHARACTERS: 0, CONFLICT: 1, LENGTH: 2, TAKEN: 3 },
};

describe.each(Object.entries<Numbers>(codes))('%s', (name, numbers) => {
  it('gives each word a number of its own', () => {
    expect(new Set(Object.values(numbers)).size).toBe(Object.keys(numbers).length);
  });

  it('keeps the numbers that databases hold already', () => {
    const later = OF_LATER_COLUMNS[name];
    if (later !== undefined) return expect(numbers).toMatchObject(later);
    const written = Object.keys(numbers).filter((word) => migration.includes(`WHEN '${word}' THEN `));
    expect(written.length).toBeGreaterThan(1);
    for (const word of written) expect(migration).toContain(`WHEN '${word}' THEN ${numbers[word]} `);
  });
});
