/*
 * What a job does about each item: the policies, the words for actions, outcomes and reasons, what a verdict means under
 * the policies, and the step that carries a decision. Pure: it sees values and returns values.
 */
export * from './decision.js';
export * from './swap.js';
export * from './locks.js';
export * from './path-key.js';
export * from './policies.js';
export * from './settle.js';
export * from './step.js';
export * from './time-given.js';
export * from './version-files.js';
export * from './versions.js';
export * from './vocabulary.js';
export { heldByOthers, obstacleTo } from './obstacles.js';
