/*
 * What two platforms can hold, set side by side, and what the engine does about what one of them lacks. Pure: the engine, the
 * check of a job, its plan and the public comparison all read these tables. `docs/platform-comparison.md` is printed from them.
 */
export * from './comparison.js';
export * from './features.js';
export * from './limits.js';
