/*
 * Names at the destination: what a platform cannot hold is replaced, encoded, cut or refused, and the items of one folder
 * get different names. Pure: the same folder gives the same names.
 */
export * from './clean-name.js';
export * from './exceeded-limits.js';
export * from './folder-names.js';
export * from './name-key.js';
export * from './name-length.js';
export * from './name-revision.js';
