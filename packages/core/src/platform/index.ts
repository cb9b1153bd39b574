export * from './error.js';
export * from './facts.js';
export * from './form.js';
export * from './item.js';
export * from './platform.js';
export * from './time.js';
