/*
 * What a transfer does about an item: one short file per type of transfer, a table over the states of both sides. Pure,
 * and whole by its types. `docs/transfer-types.md` is printed from it.
 */
export * from './copy.js';
export * from './migrate.js';
export * from './mirrored-copy.js';
export * from './swapped-table.js';
export * from './move.js';
export * from './publish.js';
export * from './states.js';
export * from './structure.js';
export * from './sync.js';
export * from './table.js';
export * from './table-of.js';
export * from './undo.js';
export * from './verdicts.js';
