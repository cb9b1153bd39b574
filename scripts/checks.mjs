// What can be said about the code without running it, as steps of `npm run check` and `npm test`.
import process from 'node:process';
import { step, tool } from './steps.mjs';

const cache = 'node_modules/.cache';

export const types = {
  label: 'Types',
  ...tool('@typescript/native/bin/tsc', ['-b']),
  failure: 'The types do not fit.',
};
export const lint = {
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

/** What needs the types to fit, but for the linter. */
export const others = [format, imports, generated, changes];

export async function inOrder(steps) {
  for (const each of steps) await step({ lineCount: 200, ...each });
}
