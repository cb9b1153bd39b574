/*
 * Filters of a job: what is in and what is left out. Pure: told what a listing shows, and the time from which ages count.
 */
export { METADATA_KEYS, type Judged } from './conditions.js';
export { ItemFilter, TreeFilter, type Verdict } from './item-filter.js';
export * from './ready-made.js';
export * from './rule-problems.js';
