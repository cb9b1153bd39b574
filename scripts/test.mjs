// `npm test`: the checks, then every test; what follows `npm test --` goes to Vitest.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { check } from './checks.mjs';
import { stop, StepFailed, tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const reporters = ['--reporter=default', '--reporter=./scripts/closing-line.mjs'];

function vitest() {
  const { command, args } = tool('vitest/vitest.mjs', ['run', ...reporters, ...process.argv.slice(2)]);
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'inherit' })
      .on('error', reject)
      .on('close', (code) => (code === 0 ? resolve() : reject(new StepFailed('Not every test passed.'))));
  });
}

await check().then(vitest).catch(stop);
