/*
 * The states of jobs, plans and runs, which may follow which, and what a person may do in each. Pure: it decides, and
 * stores ask it before they write a state.
 */
export * from './job-state.js';
export { IllegalMoveError } from './moves.js';
export * from './plan-state.js';
export * from './run-state.js';
export * from './stop-policy.js';
