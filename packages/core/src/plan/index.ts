/*
 * What a job does about each item: the policies, the words for actions, outcomes and reasons, the step that carries a
 * decision, and the rules of a copy. Pure: it sees values and returns values.
 */
export * from './copy.js';
export * from './path-key.js';
export * from './policies.js';
export * from './step.js';
export * from './vocabulary.js';
