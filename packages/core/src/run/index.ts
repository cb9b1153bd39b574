/*
 * The engine: it lists both sides into the store, makes the plan, carries its steps out and verifies what arrived. It is
 * the only room of core that waits; store, clock, report and control are ports that the server gives.
 */
export * from './carry-out.js';
export * from './context.js';
export * from './execute-run.js';
export { PlaceListing, type PlacePart } from './list-place.js';
export { executeScan } from './execute-scan.js';
export type { ScanContext } from './scan-context.js';
export { ListedChildren } from './listed-children.js';
export * from './losses.js';
export * from './make-plan.js';
export * from './ports/index.js';
export * from './scan-ports.js';
export { Throttle } from './throttle.js';
export { Question } from './question.js';
export { AFTER_UNDO } from './make-undo-plan.js';
export * from './undo-records.js';
