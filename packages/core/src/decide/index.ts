/*
 * What a transfer does about an item: one short file per type of transfer, a table over the states of both sides. Pure,
 * and whole by its types. `docs/decisions/transfer-types.md` is printed from it.
 */
export * from './copy.js';
export * from './mirrored-copy.js';
export * from './states.js';
export * from './table.js';
export * from './verdicts.js';
