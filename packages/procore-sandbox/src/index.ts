export { startSandbox, type Sandbox } from './sandbox.js';
export type { SandboxControl, ItemPath, SeedEntry, TreeEntry } from './control.js';
export type { CounterValues } from './counters.js';
export { limitPresets, type LimitPreset } from './defaults.js';
export type { FaultKind, FaultRule, OriginName } from './faults.js';
export type { HourUsage } from './limiter.js';
export { switches, type Switch, type SwitchName, type Switches } from './switches.js';
export type * from './options.js';
export { seeded } from './seed-data.js';
