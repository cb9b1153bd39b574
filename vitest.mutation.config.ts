import { existsSync } from 'node:fs';
import process from 'node:process';
import { MUTATION_ROOMS } from './scripts/mutation-rooms.mjs';
import config from './vitest.config.js';

type Room = keyof typeof MUTATION_ROOMS;

/** Slow ones, which would make each break wait: those have to be noticed by the tables of examples. */
const LEFT_OUT = ['properties', 'linear-work', '*.simulation'];

const room = MUTATION_ROOMS[(process.env['SLUICE_MUTATION_ROOM'] ?? 'decide') as Room];
const beside = process.env['SLUICE_MUTATION_FILE']?.replace(/\.ts$/, '.test.ts');
/** A room of slow tests asks those beside a file where there are some. */
const isAskedAlone = 'isSlow' in room && beside !== undefined && existsSync(beside);

/** The tests of one room, for the breaks that `npm run mutation` makes in it. */
export default {
  ...config,
  test: {
    ...config.test,
    // The hooks that switch a break on are set up anew for each file.
    isolate: true,
    // None of these tests starts the program.
    globalSetup: [],
    include: isAskedAlone ? [beside] : room.tests,
    exclude: [...config.test.exclude, ...LEFT_OUT.map((name) => `**/${name}.test.ts`)],
  },
};
