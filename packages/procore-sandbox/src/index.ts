/*
 * A Procore on this machine: `oauth/` signs people and apps in, `rest/` is the API, `storage/` takes and gives the bytes,
 * `model/` is what all of them know of companies, projects and documents, `pages/` shows and changes the sandbox itself.
 * `options.ts` and `switches.ts` say how it answers, `faults.ts` what goes wrong. It imports nothing of Sluice.
 */
export { startSandbox, type Sandbox } from './sandbox.js';
export type { SandboxControl, ItemPath, SeedEntry, TreeEntry } from './control.js';
export type { CounterValues } from './counters.js';
export { limitPresets, type LimitPreset } from './defaults.js';
export type { FaultKind, FaultRule, OriginName } from './faults.js';
export type { HourUsage } from './limiter.js';
export { switches, type Switch, type SwitchName, type Switches } from './switches.js';
export type * from './options.js';
export { seeded } from './seed-data.js';
