import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './causes.js';
import { fileTrouble } from './file-trouble.js';
import { StartError } from './start-error.js';

/** Modes of the data folder and its files: no rights for the group and for others. */
export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

/**
 * Makes the data folder unless it is there, and closes it and what lies in it to other accounts of this machine. Throws
 * a `StartError` when it cannot be written.
 */
export function makeDataFolder(folder: string): void {
  explained(`The data folder ${folder}`, () => {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    closeToOthers(folder, FOLDER_MODE);
    for (const name of readdirSync(folder)) {
      const isFile = statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() ?? false;
      if (isFile) closeToOthers(join(folder, name), FILE_MODE);
    }
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  });
}

/** Makes an empty file that only this account reads and writes, unless there is one; SQLite's companions of it inherit that. */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', FILE_MODE));
  closeToOthers(file, FILE_MODE);
}

/** Closes one file to other accounts. A file that belongs to another account keeps its mode. */
function closeToOthers(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Runs the work so that trouble with the file or folder becomes a `StartError` that names it. */
export function explained<T>(subject: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const sentence = error instanceof StartError ? null : fileTrouble(subject, error);
    if (sentence === null) throw error;
    throw new StartError(sentence, { cause: error });
  }
}
