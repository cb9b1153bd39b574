export * from './carry-out.js';
export * from './context.js';
export * from './execute-run.js';
export * from './make-plan.js';
export * from './ports.js';
