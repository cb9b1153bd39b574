// The long forms of the tests beside it. Without an argument: SIGKILL of the worker, of the API and of both at SLUICE_CRASHES
// random moments (300) of runs in both directions, and every phase of a run × each process × SIGTERM and SIGKILL;
// SLUICE_TEST_SEED repeats a failure. With a portion such as `1/6`: a part of that, for a machine that has other things to do.
// With `effects`: a crash before and after every effect of a reference run in every direction. Ends with code 1 when a file is
// missing, there twice, of other bytes or under a temporary name.
import { readPortion } from '../support/portion.js';
import { crashAtEveryEffect } from './effects.js';
import { crashProcesses } from './process-hits.js';

const [what = '1/1'] = process.argv.slice(2);
const portion = readPortion(what);
if (what !== 'effects' && portion === null) {
  console.error(`"${what}" is neither "effects" nor a portion such as "1/6".`);
  process.exit(2);
}
const wrong = await (portion === null ? crashAtEveryEffect() : crashProcesses(portion));
console.log(wrong.length === 0 ? 'every file once' : `${wrong.length} faults`);
for (const fault of wrong) console.log(fault);
if (wrong.length > 0) process.exitCode = 1;
