import { executeRun, makePlan, type RunContext } from '@sluice/core/run';

/** The engine as the runner calls it; tests put another one in its place. */
export interface Engine {
  executeRun: typeof executeRun;
  makePlan(context: RunContext): Promise<unknown>;
}

export const coreEngine: Engine = { executeRun, makePlan };
