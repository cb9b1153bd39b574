/*
 * What the engine asks of those who run it: what it needs remembered, each subject in a file of its own, and how it tells where
 * it stands and is stopped.
 */
import type { Observations } from './observations.js';
import type { Pairs } from './pairs.js';
import type { PlanStore } from './plan.js';
import type { WorkStore } from './work.js';

export * from './observations.js';
export * from './pairs.js';
export * from './plan.js';
export * from './run-signs.js';
export * from './work.js';

/**
 * What the engine needs remembered about one plan and the run that carries it out. One instance per (job, plan, run).
 * Every method is one transaction: after it resolves its effect survives `kill -9`, before that it has none.
 * `describeEngineStore` is its contract suite; memory, SQLite and Postgres pass it.
 */
export interface EngineStore extends Observations, Pairs, PlanStore, WorkStore {}
