// Asks of rooms, one after the other, which breaks their tests do not notice: `npm run mutation -- pair budget`, or
// without a name all rooms that only decide. What comes after the names goes to Stryker, such as `--mutate FILE`.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DECIDING_ROOMS, MUTATION_ROOMS } from './mutation-rooms.mjs';
import { tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const named = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const unknown = named.find((room) => !(room in MUTATION_ROOMS));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no room of mutation testing; there are ${Object.keys(MUTATION_ROOMS).join(', ')}.`);
  process.exit(2);
}

const below = [];
for (const room of named.length > 0 ? named : DECIDING_ROOMS) {
  const startedAt = performance.now();
  const { command, args } = tool('@stryker-mutator/core/bin/stryker.js', ['run', 'stryker.config.mjs', ...options]);
  const env = { ...process.env, SLUICE_MUTATION_ROOM: room };
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  console.log(`${room}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  if (status !== 0) below.push(room);
}
if (below.length > 0) {
  console.error(`Too many breaks go unnoticed, or the tests fail, in: ${below.join(', ')}.`);
  process.exitCode = 1;
}
