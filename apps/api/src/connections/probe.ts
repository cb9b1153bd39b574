import { CHECK_STEPS, PlatformError, type Address, type Call, type Check, type CheckStep } from '@sluice/core/platform';
import type { ConnectionRow } from '../db/row-types.js';
import type { PlatformPool } from './platforms.js';

/** Tests a connection step by step; an error becomes a failed step with a remedy. */
export async function probe(
  platforms: PlatformPool,
  row: ConnectionRow,
  call: Call,
  writeProbeIn: Address | undefined,
): Promise<Check[]> {
  try {
    const platform = await platforms.openRow(row);
    return await platform.check(call, writeProbeIn);
  } catch (error) {
    if (error instanceof PlatformError) return failed(error);
    throw error;
  }
}

function failed(error: PlatformError): Check[] {
  const isLate = error.kind === 'ABORTED';
  const step: CheckStep = error.concernsAccount ? 'SIGN_IN' : 'REACH_HOST';
  const message = isLate ? 'The platform did not answer in time.' : error.message;
  const remedy = error.remedy ?? 'Check the address and the network, then test again.';
  return CHECK_STEPS.map((each) => {
    if (each === step) return { step, outcome: 'FAILED', message, remedy };
    return { step: each, outcome: 'SKIPPED', message: null, remedy: null };
  });
}
