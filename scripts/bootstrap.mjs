// Makes a fresh clone ready to run: the locked dependencies, then the build. Quick when there is nothing to do.
// Uses Node's built-ins only, because it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { keepCompiledAddon } from './compiled-addon.mjs';
import { npm, step, stop, StepFailed, tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const STAMP = 'node_modules/.sluice-installed';
const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new StepFailed(`Sluice needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** What an installation depends on: the lock, and the binary interface that addons are compiled for. */
function installationKey() {
  return createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');
}

async function install() {
  const key = installationKey();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === key) return;
  await step({
    label: 'Installing the locked dependencies',
    hint: 'about a minute, a few where the SQLite driver has to be compiled',
    ...npm(['ci', '--no-fund', '--no-audit', '--loglevel=error']),
    failure: 'The dependencies could not be installed; the lines above are what npm said.',
  });
  keepCompiledAddon('better-sqlite3');
  writeFileSync(STAMP, key);
}

async function build() {
  await step({
    label: 'Building',
    hint: 'about a minute the first time',
    ...tool('turbo/bin/turbo', ['run', 'build', '--output-logs=errors-only']),
    env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    failure: 'The build failed; the lines above say where.',
    quietMs: 3000,
  });
}

try {
  checkNode();
  await install();
  await build();
} catch (error) {
  stop(error);
}
