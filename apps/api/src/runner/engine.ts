import { executeRun, executeScan, makePlan, type RunContext } from '@sluice/core/run';

/** The functions of the engine that the runner calls; tests replace them. */
export interface Engine {
  executeRun: typeof executeRun;
  executeScan: typeof executeScan;
  makePlan(context: RunContext): Promise<unknown>;
}

export const coreEngine: Engine = { executeRun, executeScan, makePlan };
