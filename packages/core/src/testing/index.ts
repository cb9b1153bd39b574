export { describePlatform } from './describe-platform.js';
export type { PlatformHarness } from './contract/harness.js';
export { createMemoryPlatform } from './memory-platform.js';
export type { MemoryPlatform, MemoryPlatformOptions, MemoryRole } from './memory-platform.js';
export type { MemoryEvent, MemoryHook, MemoryOperation } from './memory-faults.js';
export type { Seed } from './seed.js';
export * from './describe-engine-store.js';
export * from './fake-clock.js';
export * from './memory-engine-store.js';
