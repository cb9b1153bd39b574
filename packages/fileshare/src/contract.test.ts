import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describePlatform } from '@sluice/core/testing';
import type { PlatformHarness } from '@sluice/core/testing';
import { createFilesharePlatform } from './index.js';

const clock = { now: () => Date.now() };

async function harness(): Promise<PlatformHarness> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-share-'));
  return {
    platform: await createFilesharePlatform({ root, clock, random: Math.random, durability: 'NEVER' }),
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
