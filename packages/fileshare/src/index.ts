export { createFilesharePlatform, fileshareDescription } from './platform.js';
export type { FileshareOptions } from './platform.js';
export type { SyncPolicy } from './destination.js';
