// The long forms of the tests beside it. Without an argument: SIGKILL of the worker, of the API and of both at SLUICE_CRASHES
// random moments (300) of runs in both directions, and every phase of a run × each process × SIGTERM and SIGKILL;
// SLUICE_TEST_SEED repeats a failure. With `effects`: a crash before and after every effect of a reference run in every
// direction. Ends with code 1 when a file is missing, there twice, of other bytes or under a temporary name.
import { crashAtEveryEffect } from './effects.js';
import { crashProcesses } from './process-hits.js';

const wrong = await (process.argv.includes('effects') ? crashAtEveryEffect() : crashProcesses());
console.log(wrong.length === 0 ? 'every file once' : `${wrong.length} faults`);
for (const fault of wrong) console.log(fault);
if (wrong.length > 0) process.exitCode = 1;
