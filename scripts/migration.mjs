// `npm run migration -- NAME`: what the tables of the code have changed since the last migration, for both databases.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { step, stop, StepFailed, tool } from './steps.mjs';

const NAME = /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/;
const [name] = process.argv.slice(2);

function generate(database, config) {
  const args = ['generate', '--config', config, '--name', name];
  return {
    label: `Migration for ${database}`,
    command: process.execPath,
    args: ['../../node_modules/drizzle-kit/bin.cjs', ...args],
    failure: `No migration for ${database} was made; remove what stands in apps/api/drizzle for the other database, too.`,
  };
}

async function main() {
  if (name === undefined || !NAME.test(name)) {
    throw new StepFailed('Say what the migration does, such as: npm run migration -- job-labels');
  }
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  await step({
    label: 'Types',
    ...tool('@typescript/native/bin/tsc', ['-b', 'apps/api']),
    failure: 'The types do not fit.',
  });
  process.chdir('apps/api');
  await step(generate('SQLite', 'drizzle.sqlite.config.ts'));
  await step(generate('PostgreSQL', 'drizzle.pg.config.ts'));
  process.stdout.write('Look at what was written in apps/api/drizzle, and commit it with the change of the tables.\n');
}

await main().catch(stop);
