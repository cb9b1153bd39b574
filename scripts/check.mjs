// Everything that can be said about the code without running it; `npm run check`.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { step, stop, tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const cache = 'node_modules/.cache';

const types = {
  label: 'Types',
  ...tool('typescript/bin/tsc', ['-b']),
  failure: 'The types do not fit.',
};
const lint = {
  label: 'Lint',
  ...tool('eslint/bin/eslint.js', ['.', '--max-warnings=0', '--cache', `--cache-location=${cache}/eslint/`]),
  failure: 'The linter found something.',
};
const format = {
  label: 'Format',
  ...tool('prettier/bin/prettier.cjs', ['.', '--check', '--cache', `--cache-location=${cache}/prettier.json`]),
  failure: 'Some files are not formatted; npm run format mends them.',
};
const imports = {
  label: 'Import rules',
  ...tool('dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.mjs',
    'packages',
    'apps',
    'test',
  ]),
  failure: 'An import crosses a line of the architecture; the rule above gives the reason.',
};
const generated = {
  label: 'Generated files',
  command: process.execPath,
  args: ['scripts/generate.mjs', '--check'],
  failure: 'Something generated is stale; npm run generate writes it.',
};
const changes = {
  label: 'Files of changes',
  command: process.execPath,
  args: ['scripts/changelog.mjs', '--check'],
  failure: 'A file in changes/ is malformed; the line above says what is right.',
};

async function inOrder(steps) {
  for (const each of steps) await step({ lineCount: 200, ...each });
}

// The linter takes as long as all others together, and uses one core.
await inOrder([types])
  .then(() => Promise.all([inOrder([lint]), inOrder([format, imports, generated, changes])]))
  .catch(stop);
