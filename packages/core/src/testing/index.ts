/*
 * For tests only: the contract suites that every connector and every store has to pass, a platform and a store in memory,
 * and a clock that a test moves on.
 */
export { describePlatform } from './describe-platform.js';
export type { PlatformHarness } from './contract/harness.js';
export { MEMORY_SAMPLES } from './memory-directory.js';
export { createMemoryPlatform } from './memory-platform.js';
export type { MemoryPlatform, MemoryPlatformOptions, MemoryRole } from './memory-platform.js';
export type { MemoryEvent, MemoryHook, MemoryOperation } from './memory-faults.js';
export type { Seed } from './seed.js';
export { describeEngineStore } from './describe-engine-store.js';
export type { EngineStoreHarness } from './store-contract/bench.js';
export { folderStep, item, ledgerEntry, outcome, settledStep, step } from './store-contract/samples.js';
export * from './cpu-time.js';
export * from './fake-clock.js';
export * from './lone-budget.js';
export * from './memory-budget-store.js';
export { MemoryEngineStore } from './memory-engine-store.js';
export { MemoryJob } from './memory-store/job.js';
export * from './quiet-run.js';
export * from './simulated-host.js';
export * from './undone-run.js';
export { MemoryScanStore } from './memory-scan-store.js';
export { describeScanStore } from './describe-scan-store.js';
export type { ScanStoreHarness } from './describe-scan-store.js';
