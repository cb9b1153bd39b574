/*
 * What has to be proved before anything is compared or removed. Pure: it is given what was found, and never removes.
 */
export * from './known-listing.js';
export * from './listing.js';
export * from './removals.js';
export * from './roots.js';
