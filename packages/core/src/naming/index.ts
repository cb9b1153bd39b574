export * from './assign-names.js';
export * from './clean-name.js';
export * from './name-key.js';
