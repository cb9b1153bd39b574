// Before any test: the program that tests start is put together again where the compiler wrote something since.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { step, tool } from './steps.mjs';

const api = fileURLToPath(new URL('../apps/api/', import.meta.url));
const packages = fileURLToPath(new URL('../packages/', import.meta.url));

/** Milliseconds of the epoch at which a file was written; 0 where there is none. */
const writtenAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestIn(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.js'));
  return Math.max(...files.filter((file) => !file.startsWith('program')).map((file) => writtenAt(`${folder}/${file}`)));
}

export async function setup() {
  const folders = [`${api}dist`, ...readdirSync(packages).map((name) => `${packages}${name}/dist`)];
  if (folders.every((folder) => newestIn(folder) < writtenAt(`${api}dist/program/main.js`))) return;
  await step({
    label: 'Putting the program together',
    ...tool('rolldown/bin/cli.mjs', ['--config', `${api}rolldown.config.mjs`]),
    failure: 'The program could not be put together; the lines above say why.',
  });
}
