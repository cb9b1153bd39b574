// `npm test`: the checks, then every test; what follows `npm test --` goes to Vitest.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { inOrder, lint, others, types } from './checks.mjs';
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

/** The linter takes minutes on one core, and the tests wait for other processes now and then: both run at once. */
async function main() {
  await inOrder([types]);
  process.stdout.write('… Lint, which goes on beside the tests\n');
  const results = await Promise.allSettled([inOrder([{ ...lint, isSilent: true }]), inOrder(others).then(vitest)]);
  const failed = results.filter(({ status }) => status === 'rejected');
  if (failed.length > 0) stop(...failed.map(({ reason }) => reason));
}

await main().catch(stop);
