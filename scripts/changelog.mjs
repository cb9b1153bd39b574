// `npm run changelog -- VERSION` folds the files of changes/ into CHANGELOG.md; `-- --check` only reads them.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { chapterOf, readChanges } from './changes.mjs';
import { stop, StepFailed } from './steps.mjs';

const FILE = 'CHANGELOG.md';
const TITLE = '# Changes\n';
const VERSION = /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/;

function fold(version) {
  if (version === undefined || !VERSION.test(version)) {
    throw new StepFailed('Say which version the changes belong to, such as: npm run changelog -- 0.2.0');
  }
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : TITLE;
  if (before.includes(`\n## ${version} `)) throw new StepFailed(`${FILE} has a version ${version} already.`);
  const changes = readChanges();
  if (changes.length === 0) throw new StepFailed('No change waits in changes/.');
  const chapter = chapterOf(version, new Date().toISOString().slice(0, 10), changes);
  writeFileSync(FILE, before.replace(TITLE, `${TITLE}\n${chapter}`));
  for (const { path } of changes) rmSync(path);
  process.stdout.write(`${changes.length} changes stand in ${FILE} under ${version} now.\n`);
}

try {
  if (process.argv[2] === '--check') readChanges();
  else fold(process.argv[2]);
} catch (error) {
  stop(error);
}
