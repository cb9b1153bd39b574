/* For tests of other rooms that need a share on a disk of their own making, such as one whose power can be cut. */
export { realDisk } from '../disk/disk.js';
export type { Disk } from '../disk/disk.js';
export { inlineLane } from './inline-lane.js';
