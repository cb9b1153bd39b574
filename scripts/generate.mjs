// Writes what is generated from other files: the public schema, the types of it for web app and programs, the migrations.
// `--check` writes nothing and fails when any of it is stale; `--committed=DIR` then compares with copies below DIR.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { step, StepFailed, stop, tool } from './steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything generated, in the order of dependence; `write` is the command that writes it to another path. */
const GENERATED = [
  {
    label: 'Public schema',
    path: 'apps/api/schema.graphql',
    write: (out) => ({ command: process.execPath, args: ['apps/api/dist/graphql/print.js', out] }),
  },
  {
    label: 'Types of the schema for web app and programs',
    path: 'packages/client/schema.d.ts',
    write: (out) => tool('gql.tada/bin/cli.js', ['generate-output', '-c', 'packages/client/tsconfig.json', '-o', out]),
  },
  { label: 'Migrations of SQLite', path: 'apps/api/drizzle/sqlite', write: migrations('sqlite', 'sqlite') },
  { label: 'Migrations of PostgreSQL', path: 'apps/api/drizzle/pg', write: migrations('postgresql', 'pg') },
];

function migrations(dialect, name) {
  // drizzle-kit takes only relative paths.
  const fixed = ['generate', '--casing', 'snake_case', '--dialect', dialect];
  const schema = `./apps/api/drizzle/tables.${name}.cjs`;
  // Where it would have to ask whether a column was renamed, it writes nothing and exits with 0.
  const isDone = (output) => /No schema changes|Your SQL migration/.test(output);
  return (out) => ({
    ...tool('drizzle-kit/bin.cjs', [...fixed, '--schema', schema, '--out', relative('.', out)]),
    isDone,
  });
}

/** Names of the files below a path with their content; of a file just its content. */
function contentOf(path) {
  if (!existsSync(path)) return '';
  if (statSync(path).isFile()) return readFileSync(path, 'utf8');
  const files = readdirSync(path, { recursive: true }).filter((name) => statSync(join(path, name)).isFile());
  return files
    .sort()
    .map((name) => `${name}\n${readFileSync(join(path, name), 'utf8')}`)
    .join('\n');
}

async function generate({ label, write }, out) {
  mkdirSync(dirname(out), { recursive: true });
  await step({ label, ...write(out), failure: `${label} could not be generated.`, quietMs: 2_000 });
}

/** Whether generating it again, over a copy, yields something else than what is committed, or only does so after a question. */
async function isStale(generated, committed) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-generate-'));
  const copy = join(folder, generated.path);
  try {
    if (existsSync(committed)) cpSync(committed, copy, { recursive: true });
    await generate(generated, copy);
    return contentOf(copy) !== contentOf(committed);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`\n${error.message}\n${error.output}\n`);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(committed) {
  const stale = [];
  for (const each of GENERATED) if (await isStale(each, join(committed, each.path))) stale.push(each.path);
  if (stale.length > 0)
    throw new StepFailed(`Not what the code says any more; npm run generate writes it:\n  ${stale.join('\n  ')}`);
}

async function main() {
  const options = { check: { type: 'boolean' }, committed: { type: 'string', default: root } };
  const { values } = parseArgs({ options });
  const committed = resolve(values.committed);
  process.chdir(root);
  await step({
    label: 'Types',
    ...tool('@typescript/native/bin/tsc', ['-b', 'apps/api']),
    failure: 'The types do not fit.',
    quietMs: 2_000,
  });
  if (values.check) await check(committed);
  else for (const each of GENERATED) await generate(each, each.path);
}

await main().catch(stop);
