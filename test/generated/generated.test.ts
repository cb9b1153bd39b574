import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SCHEMA = 'apps/api/schema.graphql';
const TYPES = 'packages/client/schema.d.ts';
const MIGRATIONS = ['apps/api/drizzle/sqlite', 'apps/api/drizzle/pg'];
const TIMEOUT_MS = 180_000;

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'sluice-generated-'));
  for (const path of [SCHEMA, TYPES, ...MIGRATIONS]) cpSync(join(root, path), join(copy, path), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What the check of generated files says about the copy. */
function check(): Promise<{ code: number; output: string }> {
  const args = ['scripts/generate.mjs', '--check', `--committed=${copy}`];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

/** Takes the last migration away, as if the tables had changed since. */
function forgetLastMigration(folder: string): void {
  const path = join(copy, folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number; tag: string }[] };
  const last = journal.entries.pop();
  if (!last) throw new Error('There is no migration.');
  writeFileSync(path, JSON.stringify(journal));
  rmSync(join(copy, folder, `${last.tag}.sql`));
  rmSync(join(copy, folder, `meta/${last.tag.slice(0, 4)}_snapshot.json`));
}

// That nothing is stale in what is committed is what `npm run check` itself says before the tests.
it(
  'names everything generated that is stale: schema, types of the web app, migrations',
  { timeout: TIMEOUT_MS },
  async () => {
    appendFileSync(join(copy, SCHEMA), '\ntype Stale {\n  id: ID!\n}\n');
    appendFileSync(join(copy, TYPES), '\nexport type Stale = true;\n');
    for (const folder of MIGRATIONS) forgetLastMigration(folder);
    const { code, output } = await check();
    expect(code).toBe(1);
    for (const path of [SCHEMA, TYPES, ...MIGRATIONS]) expect(output).toContain(path);
  },
);
