import type { Disk } from './disk.js';

const MOUNTS = '/proc/self/mountinfo';
/** Place of the folder in a line of the table. */
const FOLDER = 4;

/** Folders below a folder in which another file system is mounted; none where the system has no table of them. */
export function mountsIn(disk: Disk, folder: string): string[] {
  const above = `${folder.replace(/\/$/, '')}/`;
  return tableOf(disk)
    .split('\n')
    .map((line) => unescaped(line.split(' ')[FOLDER] ?? ''))
    .filter((mounted) => mounted.startsWith(above) && mounted !== above);
}

function tableOf(disk: Disk): string {
  try {
    return disk.readFile(MOUNTS);
  } catch {
    return '';
  }
}

/** Blanks and the like stand there as three octal digits. */
const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
