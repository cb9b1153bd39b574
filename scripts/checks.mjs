// What can be said about the code without running it, as steps of `npm run check` and `npm test`.
import process from 'node:process';
import { step, tool } from './steps.mjs';

const types = {
  label: 'Types',
  ...tool('@typescript/native/bin/tsc', ['-b']),
  failure: 'The types do not fit.',
};
const lint = {
  label: 'Lint',
  ...tool('oxlint/bin/oxlint', ['.']),
  failure: 'The linter found something.',
};
const format = {
  label: 'Format',
  ...tool('oxfmt/bin/oxfmt', ['--check']),
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

const rest = [lint, format, imports, generated, changes];

async function inOrder(steps, options = {}) {
  for (const each of steps) await step({ lineCount: 200, ...options, ...each });
}

/** The types, which everything else needs to fit. */
export const checkTypes = () => inOrder([types]);

/** All that comes after the types, while another program prints. */
export const checkRestBeside = () => inOrder(rest, { isBeside: true });

/** Everything, in order. */
export const check = () => inOrder([types, ...rest]);
