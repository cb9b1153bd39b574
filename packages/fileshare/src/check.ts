import { PlatformError } from '@sluice/core/platform';
import type { Address, Check, CheckStep } from '@sluice/core/platform';
import type { ShareClient } from './client.js';
import { platformError } from './errors.js';
import { pathOf } from './paths.js';
import { TemporaryFile } from './temporary.js';

const GENERAL_REMEDY =
  'Check that the folder exists on the server, is mounted, and that the server’s account may use it.';

type Probe = { step: CheckStep; run: (() => Promise<void>) | null };

/** Goes through the steps in order; after the first that fails the others are skipped. */
export async function checkShare(client: ShareClient, random: () => number, writeProbeIn?: Address): Promise<Check[]> {
  const probes: Probe[] = [
    { step: 'REACH_HOST', run: async () => void (await client.realRoot()) },
    { step: 'LIST_ROOT', run: () => listSome(client) },
    { step: 'WRITE_PROBE', run: writeProbeIn ? () => writeAndRemove(client, random, pathOf(writeProbeIn)) : null },
  ];
  const checks: Check[] = [];
  for (const { step, run } of probes) {
    const isOver = checks.some((check) => check.outcome === 'FAILED');
    checks.push(
      run && !isOver ? await outcomeOf(step, run) : { step, outcome: 'SKIPPED', message: null, remedy: null },
    );
  }
  return checks;
}

async function outcomeOf(step: CheckStep, run: () => Promise<void>): Promise<Check> {
  try {
    await run();
    return { step, outcome: 'PASSED', message: null, remedy: null };
  } catch (cause) {
    const { message, remedy }: PlatformError = platformError(cause, []);
    return { step, outcome: 'FAILED', message, remedy: remedy ?? GENERAL_REMEDY };
  }
}

async function listSome(client: ShareClient): Promise<void> {
  await client.within([], async (folder) => {
    for await (const _ of folder.batches()) return;
  });
}

async function writeAndRemove(client: ShareClient, random: () => number, path: readonly string[]): Promise<void> {
  await client.within(path, async (folder) => {
    const file = await TemporaryFile.create(folder, random);
    try {
      await file.handle.write('probe');
    } finally {
      await file.discard();
    }
  });
}
