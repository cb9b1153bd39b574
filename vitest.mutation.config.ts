import { existsSync } from 'node:fs';
import process from 'node:process';
import { MUTATION_ROOMS } from './scripts/mutation-rooms.mjs';
import config from './vitest.config.js';

type Room = keyof typeof MUTATION_ROOMS;

/** Slow ones, which would make each break wait: those have to be noticed by the tables of examples. */
const LEFT_OUT = ['properties', 'linear-work', '*.simulation'];

const room = MUTATION_ROOMS[(process.env['SLUICE_MUTATION_ROOM'] ?? 'decide') as Room];
const file = process.env['SLUICE_MUTATION_FILE']?.replace(/\.ts$/, '');
const also = Object.entries<readonly string[]>('also' in room ? room.also : {});
const named = also.flatMap(([start, tests]) => (file?.startsWith(start) ? tests : []));
const beside = file !== undefined && existsSync(`${file}.test.ts`) ? [`${file}.test.ts`] : [];
/** A room of slow tests asks those beside a file where there are some, and those that are named for it. */
const own = 'isSlow' in room && beside.length > 0 ? [...beside, ...named] : [];

/** The tests of one room, for the breaks that `npm run mutation` makes in it. */
export default {
  ...config,
  test: {
    ...config.test,
    // The hooks that switch a break on are set up anew for each file.
    isolate: true,
    // None of these tests starts the program.
    globalSetup: [],
    include: own.length > 0 ? own : room.tests,
    exclude: [...config.test.exclude, ...LEFT_OUT.map((name) => `**/${name}.test.ts`)],
  },
};
