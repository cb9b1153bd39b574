/*
 * Makes one triple of each item from the listings and the ledger, and tells the states of its sides. Pure: what is done
 * about a triple is decided in `decide`.
 */
export * from './contents.js';
export * from './listed-contents.js';
export * from './pair.js';
export * from './place-owner.js';
export * from './resting-folder.js';
export * from './settled-folder.js';
export * from './triple-state.js';
export * from './triple.js';
