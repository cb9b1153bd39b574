/*
 * Mappings: what the names, tags and metadata of a source become at a destination. Pure: told the sets of a job, both directories
 * and an item, it says what the item is to have there and what could not be mapped.
 */
export type { MappableItem } from './item-values.js';
export { Mapping, mappedText, type Directories, type Mapped } from './mapping.js';
export * from './mapping-set.js';
export type { MappedName } from './name-mapper.js';
export type { MappingProblem, Outcome } from './outcome.js';
export * from './set-problems.js';
export { suggestions, type Suggestion } from './suggestions.js';
export * from './tally.js';
