/*
 * What a listing of one place shows: counts, classes, and what other platforms could not hold. Pure: the same items give the
 * same figures.
 */
export * from './buckets.js';
export { EMPTY_FILES } from './classes.js';
export { MAX_EXAMPLES, type NameProblem } from './name-findings.js';
export * from './scan-tally.js';
