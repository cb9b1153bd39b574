/*
 * The connector for folders that the server can reach: a local disk or a mounted network share, as source and as
 * destination. Folders are held open while they are worked in, so that a swapped link leads nowhere else.
 */
export { createFilesharePlatform, fileshareDescription } from './platform.js';
export type { FileshareOptions } from './platform.js';
export { DURABILITIES } from './durability.js';
export type { Durability } from './durability.js';
