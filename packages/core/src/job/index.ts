export * from './job-state.js';
export * from './run-state.js';
