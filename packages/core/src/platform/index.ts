/*
 * The contract between the engine and a connector: what a platform is and can hold, what an item is, how a request is
 * made and stopped, and the one error that a connector throws. It imports nothing.
 */
export * from './call.js';
export * from './change-feed.js';
export * from './directory.js';
export * from './error.js';
export * from './facts.js';
export * from './form.js';
export * from './group-by.js';
export * from './item.js';
export * from './item-rule.js';
export * from './packed.js';
export * from './platform.js';
export * from './time.js';
export * from './value-list.js';
