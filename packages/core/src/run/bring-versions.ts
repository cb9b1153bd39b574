import type { Item } from '../platform/index.js';
import type { Transfer } from '../plan/index.js';
import { callTo } from './context.js';
import type { FileTransfer } from './file-transfer.js';
import { finished, type Claimed, type FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';
import { afterVersion, chainBegin, openVersions, wholeOutcome } from './version-chain.js';

type Write = (claimed: Claimed<Transfer>) => FileTransfer;

/**
 * Brings over a file, its former versions first. Each version is an effect of its own: before it, the step says which one is
 * about to stand there, and after it the ledger knows it, so that no crash brings one twice or leaves one out.
 */
export async function bringVersions(given: Claimed<Transfer>, write: Write, tools: StepTools): Promise<FinishedStep> {
  const { open, leftOut } = await openVersions(
    given.step,
    tools.context,
    callTo('SOURCE', tools.context, tools.signal),
  );
  if (open.length === 0) return wholeOutcome(given.step, heldAlready(given), leftOut);
  if (open.length === 1 && !given.step.chain)
    return wholeOutcome(given.step, await write(given).carryOut(tools), leftOut);
  const there = given.step.chain ? null : await write(given).foundThere(tools);
  if (there) return there;
  let claimed = given;
  for (const version of open) {
    claimed = await about(claimed, version, tools);
    const part = await write(claimed).carryOut(tools);
    const next = afterVersion(claimed.step, part);
    if (version === open.at(-1)) return wholeOutcome(claimed.step, part, leftOut);
    await tools.arrived(next, part);
    // What is known of the former version's transfer says nothing of the next one.
    claimed = { ...claimed, step: next, inDoubtSince: null, checkpoint: null };
  }
  throw new Error('A file without versions was brought over.');
}

/** The step says which version is about to stand there. */
async function about(claimed: Claimed<Transfer>, version: Item, tools: StepTools): Promise<Claimed<Transfer>> {
  const { step } = claimed;
  const next: Transfer = { ...step, source: version, chain: step.chain ?? chainBegin(step) };
  await tools.revise(next);
  return { ...claimed, step: next };
}

/** Its last version had arrived before the process ended. */
function heldAlready(claimed: Claimed<Transfer>): FinishedStep {
  const { existing, knownSha256 } = claimed.step;
  const held = { outcome: 'UNCHANGED', item: existing!, sha256: knownSha256, verifiedBy: 'SIZE', bytes: 0 } as const;
  return finished(claimed, held);
}
