/** The channel that is woken when a run or plan is queued, or when someone wishes a run to stop. */
export const WORK_CHANNEL = 'work';

/** The channel that is woken when a run has durable events or new figures. */
export const eventChannel = (runId: string): string => `run:${runId}`;
