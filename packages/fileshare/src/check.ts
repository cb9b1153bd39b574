import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Check, CheckStep } from '@sluice/core/platform';
import { platformError } from './errors.js';
import { pathOf } from './paths.js';
import type { Share } from './share.js';

const GENERAL_REMEDY =
  'Check that the folder exists on the server, is mounted, and that the server’s account may use it.';

type Probe = { step: CheckStep; run: (() => Promise<void>) | null };

/** Goes through the steps in order; after the first that fails the others are skipped. */
export async function checkShare(
  share: Share,
  suffix: () => string,
  call: Call,
  writeProbeIn?: Address,
): Promise<Check[]> {
  // What stands there now is what the person who asks has in view, also after the folder was put there anew.
  share.forget();
  const folder = writeProbeIn && pathOf(writeProbeIn);
  const probes: Probe[] = [
    { step: 'REACH_HOST', run: () => share.work([], call, async () => {}) },
    { step: 'LIST_ROOT', run: () => share.work([], call, (facts, lane) => lane.call('listSome', facts)) },
    { step: 'WRITE_PROBE', run: folder ? () => probe(share, folder, suffix(), call) : null },
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

async function probe(share: Share, folder: readonly string[], suffix: string, call: Call): Promise<void> {
  await share.work(folder, call, (facts, lane) => lane.call('probeWriting', facts, folder, suffix));
}

async function outcomeOf(step: CheckStep, run: () => Promise<void>): Promise<Check> {
  try {
    await run();
    return { step, outcome: 'PASSED', message: null, remedy: null };
  } catch (cause) {
    const { kind, message, remedy }: PlatformError = platformError(cause, []);
    if (kind === 'ABORTED') throw cause;
    return { step, outcome: 'FAILED', message, remedy: remedy ?? GENERAL_REMEDY };
  }
}
