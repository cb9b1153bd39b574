export * from './copy.js';
export * from './path-key.js';
export * from './policies.js';
export * from './step.js';
export * from './vocabulary.js';
