// Asks of rooms, file by file, which breaks their tests do not notice: `npm run mutation -- pair budget`, or without a
// name all rooms that only decide. `--file TEXT` asks about the files whose path holds the text, `--minutes N` begins no
// further file after that time; other options go to Stryker. What is known of a file that did not change is used again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DECIDING_ROOMS, filesOf, MUTATION_ROOMS } from './mutation-rooms.mjs';
import { readScore, roomReport } from './mutation-score.mjs';
import { tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const MINUTE_MS = 60_000;
/** Of this process alone, so that rooms may be asked about beside each other. */
const SANDBOX = `node_modules/.cache/stryker-${process.pid}`;
const { names, file, minutes, options } = readArguments(process.argv.slice(2));
const unknown = names.find((room) => !(room in MUTATION_ROOMS));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no room of mutation testing; there are ${Object.keys(MUTATION_ROOMS).join(', ')}.`);
  process.exit(2);
}

const rooms = names.length > 0 ? names : DECIDING_ROOMS;
if (file !== '' && !rooms.some((room) => filesOf(MUTATION_ROOMS[room]).some((path) => path.includes(file)))) {
  console.error(`--file ${file}: no file of the rooms that are named, such as pair, has this in its path.`);
  process.exit(2);
}

const reports = [];
for (const room of rooms) reports.push(askRoom(room));
console.log(reports.map(({ text }) => text).join('\n\n'));
if (reports.some(({ isEnough }) => !isEnough)) process.exitCode = 1;

function readArguments(given) {
  const firstOption = given.findIndex((argument) => argument.startsWith('-'));
  const read = { names: firstOption < 0 ? given : given.slice(0, firstOption), file: '', minutes: null, options: [] };
  const rest = firstOption < 0 ? [] : given.slice(firstOption);
  while (rest.length > 0) {
    const option = rest.shift();
    if (option === '--file') read.file = rest.shift() ?? '';
    else if (option === '--minutes') read.minutes = Number(rest.shift());
    else read.options.push(option);
  }
  if (read.minutes !== null && !(read.minutes > 0)) {
    console.error('--minutes takes a number above 0, such as --minutes 30.');
    process.exit(2);
  }
  return read;
}

function askRoom(room) {
  const settings = MUTATION_ROOMS[room];
  const end = performance.now() + (minutes ?? settings.minutes) * MINUTE_MS;
  const all = filesOf(settings);
  const files = all.filter((path) => path.includes(file));
  const scores = [];
  for (const path of files) {
    if (performance.now() >= end) break;
    scores.push({ path, score: askFile(room, path, Math.ceil(end - performance.now())) });
  }
  return roomReport(room, settings.least, scores, all.length);
}

/** The score of a file; null when its tests fail, or time is up before the end. */
function askFile(room, path, timeout) {
  const results = `node_modules/.cache/mutation/${room}/${path.replaceAll('/', '_')}.json`;
  mkdirSync(dirname(results), { recursive: true });
  const env = {
    ...process.env,
    SLUICE_MUTATION_ROOM: room,
    SLUICE_MUTATION_FILE: path,
    SLUICE_MUTATION_RESULTS: results,
    SLUICE_MUTATION_SANDBOX: SANDBOX,
  };
  const { command, args } = tool('@stryker-mutator/core/bin/stryker.js', ['run', 'stryker.config.mjs', ...options]);
  console.log(`… ${path}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env, timeout });
  // Processes of Stryker that are about to end may still write there.
  rmSync(SANDBOX, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  return status === 0 && existsSync(results) ? readScore(results) : null;
}
