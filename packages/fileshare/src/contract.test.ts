import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { describePlatform } from '@sluice/core/testing';
import type { PlatformHarness } from '@sluice/core/testing';

import { createFilesharePlatform } from './index.js';
import { sharedLane } from './testing/shared-lane.js';
import { ThreadLane } from './thread-lane.js';

const clock = { now: () => Date.now() };
/** The threads of one share serve all: to start them for each would take longer than the tests. */
const lane = new ThreadLane();
const shared = sharedLane(lane);
afterAll(() => lane.close());

async function harness(): Promise<PlatformHarness> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-share-'));
  return {
    platform: await createFilesharePlatform({ root, clock, random: Math.random, durability: 'NEVER', lane: shared }),
    samples: { fields: { 'xattr:user.stage': 'as built', mode: '0600' }, tags: ['roof', 'plan'] },
    call: () => ({ signal: new AbortController().signal, priority: 'JOB', owner: 'test' }),
    seed: async (entries) => {
      for (const { path, bytes } of entries) {
        await mkdir(bytes === undefined ? join(root, path) : dirname(join(root, path)), { recursive: true });
        if (bytes !== undefined) await writeFile(join(root, path), bytes);
      }
    },
    dispose: () => rm(root, { recursive: true }),
  };
}

describePlatform('The file share', async () => ({ ...(await harness()), other: await harness() }));
