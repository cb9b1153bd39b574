import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROOT, runScript } from '../support/script.js';

const written = () => readdirSync(`${ROOT}apps/api/drizzle`, { recursive: true }).sort();

it.each([[[]], [['Two Words']], [['../up']]])('a migration wants a name that is one: %o', async (args) => {
  const { code, output } = await runScript('migration', args);
  expect(code).toBe(1);
  expect(output).toContain('Say what the migration does');
});

it('a migration of tables that did not change is none, on either database', async () => {
  const before = written();
  const { code, output } = await runScript('migration', ['nothing-new']);
  expect(output).toContain('Migration for PostgreSQL');
  expect(code).toBe(0);
  expect(written()).toEqual(before);
}, 300_000);
