// Asks of rooms, file by file, which breaks their tests do not notice: `npm run mutation -- pair budget`, or without a
// name all rooms that only decide. `--file TEXT` asks about the files whose path holds the text, `--minutes N` begins no
// further file after that time; other options go to Stryker. What is known of a file that did not change is used again.
// `--lines N` asks about N lines of each room instead, picked at random by `--seed TEXT`, with all tests of the room.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DECIDING_ROOMS, filesOf, MUTATION_ROOMS } from './mutation-rooms.mjs';
import { linesOf } from './mutation-sample.mjs';
import { readScore, readScores, roomReport, sampleReport } from './mutation-score.mjs';
import { tool } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const MINUTE_MS = 60_000;
/** Of this process alone, so that rooms may be asked about beside each other. */
const SANDBOX = `node_modules/.cache/stryker-${process.pid}`;
const { names, file, minutes, lines, seed, options } = readArguments(process.argv.slice(2));
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
for (const room of rooms) reports.push(lines === null ? askRoom(room) : askSample(room));
console.log(reports.map(({ text }) => text).join('\n\n'));
if (reports.some(({ isEnough }) => !isEnough)) process.exitCode = 1;

function readArguments(given) {
  const firstOption = given.findIndex((argument) => argument.startsWith('-'));
  const own = { file: '', minutes: null, lines: null, seed: '1', options: [] };
  const read = { names: firstOption < 0 ? given : given.slice(0, firstOption), ...own };
  const rest = firstOption < 0 ? [] : given.slice(firstOption);
  while (rest.length > 0) {
    const option = rest.shift();
    if (option === '--file') read.file = rest.shift() ?? '';
    else if (option === '--minutes') read.minutes = Number(rest.shift());
    else if (option === '--lines') read.lines = Number(rest.shift());
    else if (option === '--seed') read.seed = rest.shift() ?? '';
    else read.options.push(option);
  }
  if (read.minutes !== null && !(read.minutes > 0)) {
    console.error('--minutes takes a number above 0, such as --minutes 30.');
    process.exit(2);
  }
  if (read.lines !== null && !(Number.isInteger(read.lines) && read.lines > 0)) {
    console.error('--lines takes a whole number above 0, such as --lines 500.');
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
  console.log(`… ${path}`);
  const results = `node_modules/.cache/mutation/${room}/${path.replaceAll('/', '_')}.json`;
  return ask(room, { results, timeout, mutated: [path], env: { SLUICE_MUTATION_FILE: path } }) && readScore(results);
}

/** Lines anywhere in the room, judged by all its tests. */
function askSample(room) {
  const settings = MUTATION_ROOMS[room];
  const files = filesOf(settings).filter((path) => path.includes(file));
  const { lines: mutated, all } = linesOf(files, lines, seed);
  console.log(`… ${mutated.length} of ${all} lines of ${room}, by the seed ${seed}`);
  const results = `node_modules/.cache/mutation/${room}/lines.json`;
  const timeout = (minutes ?? settings.minutes) * MINUTE_MS;
  const scores = ask(room, { results, timeout, mutated, env: {} }) ? readScores(results) : null;
  return sampleReport(room, settings.least, scores, { lines: mutated.length, all });
}

/** Whether all breaks were asked about and the results are written. */
function ask(room, { results, timeout, mutated, env: own }) {
  mkdirSync(dirname(results), { recursive: true });
  const env = {
    ...process.env,
    ...own,
    SLUICE_MUTATION_ROOM: room,
    SLUICE_MUTATED: JSON.stringify(mutated),
    SLUICE_MUTATION_RESULTS: results,
    SLUICE_MUTATION_SANDBOX: SANDBOX,
  };
  const { command, args } = tool('@stryker-mutator/core/bin/stryker.js', ['run', 'stryker.config.mjs', ...options]);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env, timeout });
  // Processes of Stryker that are about to end may still write there.
  rmSync(SANDBOX, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  return status === 0 && existsSync(results);
}
