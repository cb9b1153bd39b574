import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFilesharePlatform } from '../index.js';
import { ThreadLane } from '../thread-lane.js';

/** The field of the system's table of a thread, counted from its state on. */
const NICENESS = 16;

const nicenesses = () =>
  readdirSync('/proc/self/task').map((thread) => {
    const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return Number(fields.split(' ')[NICENESS]);
  });

it.runIf(process.platform === 'linux')(
  'the threads of a share give way to the main thread of their process',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'sluice-nice-'));
    const own = Math.min(...nicenesses());
    const lane = new ThreadLane();
    const platform = await createFilesharePlatform({ root, clock: { now: () => 0 }, random: Math.random, lane });
    try {
      await platform.check?.({ signal: new AbortController().signal, priority: 'JOB', owner: 'test' });
      expect(nicenesses()).toContain(Math.min(19, own + 9));
      expect(Math.min(...nicenesses())).toBe(own);
    } finally {
      await platform.close();
      rmSync(root, { recursive: true });
    }
  },
);
