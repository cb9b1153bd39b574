/** Woken when a run or plan is queued, or when someone wants a run to stop. */
export const WORK_CHANNEL = 'work';

/** Woken when a run has durable events or new figures. */
export const eventChannel = (runId: string): string => `run:${runId}`;
