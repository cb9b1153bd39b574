import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as codes from './step-codes.js';

const migration = readFileSync(
  fileURLToPath(new URL('../../../drizzle/sqlite/0021_lean-steps.sql', import.meta.url)),
  'utf8',
);

describe.each(Object.entries<Readonly<Record<string, number>>>(codes))('%s', (_, numbers) => {
  it('gives each word a number of its own', () => {
    expect(new Set(Object.values(numbers)).size).toBe(Object.keys(numbers).length);
  });

  it('keeps the numbers that databases hold already', () => {
    const written = Object.keys(numbers).filter((word) => migration.includes(`WHEN '${word}' THEN `));
    expect(written.length).toBeGreaterThan(1);
    for (const word of written) expect(migration).toContain(`WHEN '${word}' THEN ${numbers[word]} `);
  });
});
