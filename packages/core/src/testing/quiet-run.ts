import type { RunContext } from '../run/index.js';

const silent = () => {};

/** What a copy of everything is given that nobody watches, and that only `signal` stops. */
export function quietRun(
  signal: AbortSignal = new AbortController().signal,
): Pick<RunContext, 'report' | 'control' | 'owner' | 'only' | 'transferType'> {
  return {
    report: { progress: silent, inFlight: silent, waiting: silent, called: silent, discovered: silent },
    control: { signal, isStopping: false, onStopping: silent },
    owner: 'run',
    only: null,
    transferType: 'COPY',
  };
}
