// `npm test`: the types, then every test and beside them the other checks; what follows `npm test --` goes to Vitest.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { checkRestBeside, checkTypes } from './checks.mjs';
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

/** Tests wait much of their time, in which a processor is free for the checks; what fails on either side is told at the end. */
async function testAndCheck() {
  await checkTypes();
  const ended = await Promise.allSettled([vitest(), checkRestBeside()]);
  const failures = ended.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  if (failures.length > 0) stop(...failures);
}

await testAndCheck().catch(stop);
